"""Browsers, and the agencies they look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.live_server_helper import LiveServer

from config.db import POOLED
from kakehashi.house.home import Home
from kakehashi.people.models import Login
from tests import stage
from tests.browser import sign_in
from tests.house import House, free_port
from tests.stories import first_day
from tests.stories.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.plugin import DjangoDbBlocker

Come = Callable[..., Visitor]


@pytest.fixture
def come(browser: Browser) -> Iterator[Come]:
    """Somebody comes to the server at an address; consoles that complain fail the story."""
    visitors: list[Visitor] = []

    def arrives(at: str, language: str = "en", **context: Any) -> Visitor:
        context = {"base_url": at, "bypass_csp": True, "locale": language, **context}
        page = browser.new_context(**context).new_page()
        visitors.append(Visitor(page, at, language))
        return visitors[-1]

    yield arrives
    for visitor in visitors:
        visitor.page.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest.fixture(scope="session")
def new_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A real `kakehashi up` with a head office, its administrator, and nothing else."""
    home, port = Home(tmp_path_factory.mktemp("house")), free_port()
    house = House(home, port, more={"KAKEHASHI_SHOW_OUTBOX": "1"})
    house.start()
    try:
        first_day.found(home)
        yield house
    finally:
        assert house.stop() == 0


@pytest.fixture
def newcomer(new_house: House, come: Come) -> Come:
    """Somebody comes to the new house, where the administrator reads Japanese."""

    def arrives(language: str = "ja", **context: Any) -> Visitor:
        return come(f"http://localhost:{new_house.port}", language, **context)

    return arrives


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[LiveServer]:
    """One web server for the worker; which database it works on, the stage says."""
    serving = LiveServer("localhost")
    yield serving
    serving.stop()


@pytest.fixture
def agency(demo: None, server: LiveServer, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A fresh copy of the demo agency; where it is served."""
    with django_db_blocker.unblock(), stage.copy_of_demo(POOLED):
        yield server.url


@pytest.fixture
def visitor(agency: str, come: Come) -> Come:
    """Somebody comes to the demo agency, and signs in if they have a login."""

    def arrives(login: str = "", **context: Any) -> Visitor:
        who = come(agency, **context)
        if login:
            sign_in(who.page.context, agency, Login.objects.get(username=login))
            who.opens("/")
        return who

    return arrives
