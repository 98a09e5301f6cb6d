"""The bell in a real browser: what is new arrives by itself, and one tab asks for all."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from kakehashi.notify import actions, links
from kakehashi.notify.models import Notification
from kakehashi.notify.tests.conftest import LETTER, english
from tests.browser import problems, sign_in, sticks_out, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from kakehashi.people.models import Person
    from tests.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

NEWS = re.compile(r"^[^?]*/notices/news/$")
PAUSE = 0.2  # seconds between two questions
# By the page's own clock, which a busy machine does not make late.
NOTES_WHEN_IT_ASKS = """window.asked = []; const ask = window.fetch;
window.fetch = (address, ...more) => {
  if (String(address).includes("/notices/news/")) window.asked.push(Date.now());
  return ask(address, ...more);
}"""


@pytest.fixture
def window(
    browser: Browser, live_server: LiveServer, settings: Any
) -> Iterator[Callable[..., Any]]:
    """window(aki) is a browser in which Aki is signed in and that asks all the time."""
    settings.NEWS_SECONDS = PAUSE
    opened: list[BrowserContext] = []

    def signed_in(person: Person, **context: Any) -> BrowserContext:
        opened.append(browser.new_context(base_url=live_server.url, **context))
        sign_in(opened[-1], live_server.url, english(person).login_row)
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


def test_what_is_new_arrives_once_without_reloading_and_leads_to_its_thing(
    cast: Cast, window: Any, tell: Any
) -> None:
    page = at(window(cast.aki))
    statuses: list[int] = []
    page.on("response", lambda r: statuses.append(r.status) if NEWS.search(r.url) else None)
    expect(page.locator(".bell-number")).to_be_hidden()
    page.evaluate(
        "document.body.addEventListener('kakehashi:news', (e) => { window.told = e.detail.unseen })"
    )

    about = tell(cast.aki, of="Autumn plans")

    expect(page.locator(".bell-number")).to_have_text("1")
    expect(page.locator(".toast a")).to_have_text("Autumn plans")
    expect(page.locator("a.bell")).to_have_attribute("aria-label", "Notices: 1 new")
    assert page.evaluate("window.told") == "1"
    told = len(statuses)
    until(page, lambda: len(statuses) >= told + 3)  # the server is asked on, and sends nothing
    assert statuses.count(200) == 1
    assert set(statuses) == {200, 304}
    expect(page.locator(".toast")).to_have_count(1)

    page.locator(".toast a").click()

    page.wait_for_url(f"**/letters/{about}/")
    assert Notification.objects.get().seen_at is not None


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

    tell(cast.aki, of="Winter plans")
    expect(page.locator(".bell-number")).to_have_text("1")
    actions._see(cast.aki, now())  # elsewhere

    expect(page.locator(".bell-number")).to_be_hidden()


def test_of_two_tabs_one_asks_and_both_know_and_closed_the_other_goes_on(
    cast: Cast, window: Any, tell: Any
) -> None:
    context = window(cast.aki)
    tabs = [at(context), at(context)]
    questions = [asked(tab) for tab in tabs]
    until(tabs[0], lambda: sum(map(len, questions)) >= 4)
    assert sorted(bool(found) for found in questions) == [False, True]

    tell(cast.aki)
    for tab in tabs:
        expect(tab.locator(".bell-number")).to_have_text("1")

    leads, other = tabs if questions[0] else reversed(tabs)
    leads.close()
    tell(cast.aki, of="Another letter")
    expect(other.locator(".bell-number")).to_have_text("2")


def test_it_asks_less_and_less_of_a_server_that_fails(cast: Cast, window: Any) -> None:
    context = window(cast.aki)
    context.route(NEWS, lambda route: route.fulfill(status=503))
    context.add_init_script(NOTES_WHEN_IT_ASKS)
    page = context.new_page()
    page.clock.install(time=0)
    page.goto("/people/me/")
    page.clock.pause_at(60_000)
    times: list[float] = []
    while len(times) < 6:
        page.clock.run_for(PAUSE * 500)
        times = page.evaluate("window.asked")

    pauses = [after - before for before, after in pairwise(times)][1:]
    at_least = [0.8 * PAUSE * 1000 * 2**failures for failures in range(1, 5)]
    assert all(pause >= least for pause, least in zip(pauses, at_least, strict=True)), pauses


def test_it_stops_asking_when_the_session_has_ended(cast: Cast, window: Any) -> None:
    context = window(cast.aki)
    page = at(context)
    with page.expect_response(NEWS):
        pass
    context.clear_cookies()
    with page.expect_response(lambda r: NEWS.search(r.url) and r.status not in {200, 304}):
        pass
    questions = asked(page)

    page.wait_for_timeout(5 * PAUSE * 1000)

    assert questions == []


def test_without_script_the_list_works_as_a_page(cast: Cast, window: Any, tell: Any) -> None:
    tell(cast.aki, of="Autumn plans")
    page = at(window(cast.aki, java_script_enabled=False))
    expect(page.locator(".bell-number")).to_have_text("1")

    page.locator("a.bell").click()
    page.get_by_role("button", name="I have seen all of these").click()

    expect(page.get_by_text("You have seen everything.")).to_be_visible()
    expect(page.locator(".bell-number")).to_be_hidden()


def test_the_page_of_a_mail_fits_a_phone(cast: Cast, browser: Browser, live_server: Any) -> None:
    there = links.unsubscribing(cast.aki, [LETTER]).removeprefix("http://localhost:8000")
    phone = {"width": 390, "height": 844}
    context = browser.new_context(base_url=live_server.url, bypass_csp=True, viewport=phone)
    page = at(context, there)

    assert problems(page) == []
    assert not sticks_out(page)
    page.get_by_role("button", name="この種類のメールを停止する").click()
    expect(page.get_by_text("保存しました")).to_be_visible()
    context.close()
