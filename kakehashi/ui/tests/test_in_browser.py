"""The gallery in a real browser: what its scripts do. How pages look is told by a story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from kakehashi.people.models import Person
    from tests.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

Open = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """A page in a fresh context; whatever the console says against it fails the test."""
    contexts, said = [], []

    def opened(path: str, who: Person, **context: Any) -> Page:
        contexts.append(browser.new_context(base_url=live_server.url, **context))
        sign_in(contexts[-1], live_server.url, who.login_row)
        page = contexts[-1].new_page()
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture
def gallery(open_page: Open, cast: Cast) -> Open:
    """The gallery, opened by Aki."""

    def signed_in(**context: Any) -> Page:
        return open_page("/ui/", cast.aki, **context)

    return signed_in


def test_dark_is_chosen_at_once_and_stays(gallery: Open) -> None:
    page = gallery(color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    day = page.evaluate(paper)

    page.click(".user-button")
    with page.expect_response("**/ui/theme/"):
        page.click("button[value=dark]")
    night = page.evaluate(paper)
    page.reload()

    assert day != night
    assert page.evaluate(paper) == night


def test_the_keys_list_themselves_find_and_walk(gallery: Open) -> None:
    page = gallery()
    rows = page.locator("table[data-row-keys] tbody tr")

    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog#keys").is_visible()
    rows.nth(0).focus()
    page.keyboard.press("ArrowDown")
    assert rows.nth(1).evaluate("row => row === document.activeElement")
    page.keyboard.press("/")
    page.keyboard.type("ga")
    assert page.input_value("#palette [name=q]") == "ga"


def test_a_dialog_opens_and_closes_without_script(gallery: Open, browser: Browser) -> None:
    page = gallery()
    context = browser.new_context(
        storage_state=page.context.storage_state(), java_script_enabled=False
    )
    bare = context.new_page()
    bare.goto(page.url)

    bare.click("button[commandfor=sample]")
    assert bare.locator("dialog#sample").is_visible()
    bare.click("dialog#sample form[method=dialog] button")
    assert not bare.locator("dialog#sample").is_visible()
    context.close()


def test_a_dropped_file_is_chosen_and_leaving_with_changes_asks_first(gallery: Open) -> None:
    page = gallery()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    data = page.evaluate_handle(
        "() => { const d = new DataTransfer(); d.items.add(new File(['a'], 'a.csv')); return d; }"
    )

    page.locator("[data-file-drop]").first.dispatch_event("drop", {"dataTransfer": data})
    chosen = page.locator("[data-file-drop] input").first
    assert chosen.evaluate("input => input.files[0].name") == "a.csv"

    page.fill("form[data-guard] textarea", "changed")
    page.goto("/auth/sessions/")
    assert asked == ["beforeunload"]
