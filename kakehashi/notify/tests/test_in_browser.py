"""The bell in a real browser: what is new arrives by itself, and one tab asks for all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils.timezone import now
from playwright.sync_api import expect

from kakehashi.notify import actions
from kakehashi.notify.models import Notification
from kakehashi.notify.tests.conftest import LETTER, english
from tests.browser import problems, sticks_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from kakehashi.people.models import Person
    from tests.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PHONE = {"viewport": {"width": 390, "height": 844}}
NEWS = re.compile(r"^[^?]*/notices/news/$")


@pytest.fixture
def window(
    browser: Browser, live_server: LiveServer, settings: Any
) -> Iterator[Callable[..., Any]]:
    """window(aki) is a browser in which Aki is signed in and that asks every half second."""
    settings.NEWS_SECONDS = 0.5
    opened: list[BrowserContext] = []

    def signed_in(person: Person, **context: Any) -> BrowserContext:
        client = Client()
        client.force_login(english(person).login_row)
        opened.append(browser.new_context(base_url=live_server.url, **context))
        session = client.cookies["sessionid"].value
        opened[-1].add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return opened[-1]

    yield signed_in
    for context in opened:
        context.close()


def at(context: BrowserContext, path: str = "/people/me/") -> Page:
    page = context.new_page()
    page.goto(path)
    return page


def asked(page: Page) -> list[str]:
    """A list that grows with every question this tab asks."""
    questions: list[str] = []
    page.on("request", lambda r: questions.append(r.url) if NEWS.search(r.url) else None)
    return questions


def test_what_is_new_arrives_without_reloading(cast: Cast, window: Any, tell: Any) -> None:
    page = at(window(cast.aki))
    expect(page.locator(".bell-number")).to_be_hidden()
    page.evaluate(
        "document.body.addEventListener('kakehashi:news', (e) => { window.told = e.detail.unseen })"
    )

    tell(cast.aki, of="Autumn plans")

    expect(page.locator(".bell-number")).to_have_text("1")
    expect(page.locator(".toast a")).to_have_text("Autumn plans")
    expect(page.locator("a.bell")).to_have_attribute("aria-label", "Notices: 1 new")
    assert page.evaluate("window.told") == "1"


def test_the_toast_leads_to_what_it_tells_of(cast: Cast, window: Any, tell: Any) -> None:
    page = at(window(cast.aki))
    about = tell(cast.aki)
    page.locator(".toast a").click()

    page.wait_for_url(f"**/letters/{about}/")
    assert Notification.objects.get().seen_at is not None


def test_it_is_told_once_and_then_the_server_is_asked_for_nothing(
    cast: Cast, window: Any, tell: Any
) -> None:
    page = at(window(cast.aki))
    statuses: list[int] = []
    page.on("response", lambda r: statuses.append(r.status) if NEWS.search(r.url) else None)
    tell(cast.aki)
    page.wait_for_timeout(2500)

    assert statuses.count(200) == 1
    assert set(statuses) == {200, 304}
    assert page.locator(".toast").count() == 1


def test_the_list_shows_it_by_itself_and_seeing_it_empties_the_bell(
    cast: Cast, window: Any, tell: Any
) -> None:
    page = at(window(cast.aki), "/notices/")
    expect(page.get_by_text("Nothing new")).to_be_visible()

    tell(cast.aki, of="Autumn plans")
    line = page.locator(".notice")
    expect(line).to_contain_text("Autumn plans")
    line.get_by_role("button", name="Seen").click()

    expect(page.get_by_text("Nothing new")).to_be_visible()
    expect(page.locator(".bell-number")).to_be_hidden()


def test_of_two_tabs_one_asks_and_both_know(cast: Cast, window: Any, tell: Any) -> None:
    context = window(cast.aki)
    tabs = [at(context), at(context)]
    questions = [asked(tab) for tab in tabs]
    tabs[0].wait_for_timeout(2500)
    assert sorted(bool(found) for found in questions) == [False, True]

    tell(cast.aki)

    for tab in tabs:
        expect(tab.locator(".bell-number")).to_have_text("1")


def test_when_the_tab_that_asks_is_closed_another_goes_on(
    cast: Cast, window: Any, tell: Any
) -> None:
    context = window(cast.aki)
    first, second = at(context), at(context)
    questions = asked(second)
    second.wait_for_timeout(1500)
    leads = first if not questions else second

    leads.close()
    tell(cast.aki)

    left = second if leads is first else first
    expect(left.locator(".bell-number")).to_have_text("1")


def test_it_asks_less_and_less_of_a_server_that_fails(cast: Cast, window: Any) -> None:
    context = window(cast.aki)
    context.route(NEWS, lambda route: route.fulfill(status=503))
    page = at(context)
    questions = asked(page)

    page.wait_for_timeout(6000)

    assert 2 <= len(questions) <= 4  # 0.5, 1, 2, 4 seconds


def test_it_stops_asking_when_the_session_has_ended(cast: Cast, window: Any) -> None:
    context = window(cast.aki)
    page = at(context)
    questions = asked(page)
    context.clear_cookies()

    page.wait_for_timeout(3000)

    assert len(questions) == 1


def test_without_script_the_list_works_as_a_page(cast: Cast, window: Any, tell: Any) -> None:
    tell(cast.aki, of="Autumn plans")
    page = at(window(cast.aki, java_script_enabled=False))
    expect(page.locator(".bell-number")).to_have_text("1")

    page.locator("a.bell").click()
    page.get_by_role("button", name="I have seen all of these").click()

    expect(page.get_by_text("You have seen everything.")).to_be_visible()
    expect(page.locator(".bell-number")).to_be_hidden()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", ["/notices/", "/people/me/notices/", "/mail/"])
def test_the_pages_fit_a_phone_and_axe_finds_nothing(
    cast: Cast, window: Any, tell: Any, path: str, language: str
) -> None:
    from kakehashi.notify.models import Bounce, Mail

    for number in range(3):
        tell(
            cast.hana,
            of=f"秋冬キャンペーンの媒体プランについてのご相談 {number}",
            account=cast.sora,
        )
    Bounce.objects.create(
        address=cast.hana.email, person=cast.hana, reason="550 5.1.1 no such user", at=now()
    )
    Mail.objects.create(
        person=cast.hana, to=cast.hana.email, written_at=now(), stuck_at=now(), problem="554 no"
    )
    context = window(cast.hana, bypass_csp=True, **PHONE)
    type(cast.hana).objects.filter(pk=cast.hana.pk).update(language=language)
    page = at(context, path)

    assert problems(page) == []
    assert not sticks_out(page)


def test_the_page_of_a_mail_fits_a_phone(cast: Cast, browser: Browser, live_server: Any) -> None:
    from kakehashi.notify import links

    there = links.unsubscribing(cast.aki, [LETTER]).removeprefix("http://localhost:8000")
    context = browser.new_context(base_url=live_server.url, bypass_csp=True, **PHONE)
    page = at(context, there)

    assert problems(page) == []
    assert not sticks_out(page)
    page.get_by_role("button", name="この種類のメールを停止する").click()
    expect(page.get_by_text("保存しました")).to_be_visible()
    context.close()


def test_seeing_it_elsewhere_empties_the_bell_here(cast: Cast, window: Any, tell: Any) -> None:
    tell(cast.aki)
    page = at(window(cast.aki))
    expect(page.locator(".bell-number")).to_have_text("1")

    actions._see(cast.aki, now())

    expect(page.locator(".bell-number")).to_be_hidden()
    assert page.locator(".toast").count() == 0
