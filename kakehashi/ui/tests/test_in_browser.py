"""The gallery and the door in a real browser: nothing sticks out, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import problems, sticks_out
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

Open = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """A page in a fresh context; whatever the console says against it fails the test."""
    contexts, said = [], []

    def opened(path: str, **context: Any) -> Page:
        contexts.append(browser.new_context(base_url=live_server.url, **context))
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
    """The gallery, opened by Aki through the door."""

    def signed_in(**context: Any) -> Page:
        page = open_page("/auth/login/?next=/ui/", **context)
        page.fill("[name=login]", cast.aki.handle)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/ui/")
        return page

    return signed_in


PHONE = {"viewport": {"width": 390, "height": 844}}
DESK = {"viewport": {"width": 1440, "height": 900}}
FOR_AXE = {"bypass_csp": True}  # axe measures with inline styles of its own
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])


@SIZES
@THEMES
def test_the_door_fits_and_axe_finds_nothing(
    open_page: Open, size: dict[str, Any], theme: str
) -> None:
    page = open_page("/auth/login/", color_scheme=theme, locale="ja", **size, **FOR_AXE)

    assert problems(page) == []
    assert not sticks_out(page)


@SIZES
@THEMES
def test_the_gallery_fits_and_axe_finds_nothing(
    gallery: Open, size: dict[str, Any], theme: str
) -> None:
    page = gallery(color_scheme=theme, **size, **FOR_AXE)

    assert problems(page) == []
    assert not sticks_out(page)


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


def test_the_keys_find_list_and_go(gallery: Open) -> None:
    page = gallery()

    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog#keys").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("ga")

    assert page.input_value("#palette [name=q]") == "ga"


def test_arrows_walk_down_a_list(gallery: Open) -> None:
    page = gallery()
    rows = page.locator("table[data-row-keys] tbody tr")

    rows.nth(0).focus()
    page.keyboard.press("ArrowDown")

    assert rows.nth(1).evaluate("row => row === document.activeElement")


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


def test_a_file_dropped_on_its_row_is_chosen(gallery: Open) -> None:
    page = gallery()
    data = page.evaluate_handle(
        "() => { const d = new DataTransfer(); d.items.add(new File(['a'], 'a.csv')); return d; }"
    )

    page.locator("[data-file-drop]").first.dispatch_event("drop", {"dataTransfer": data})

    chosen = page.locator("[data-file-drop] input").first
    assert chosen.evaluate("input => input.files[0].name") == "a.csv"


def test_leaving_a_guarded_form_with_changes_asks_first(gallery: Open) -> None:
    page = gallery()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.fill("form[data-guard] textarea", "changed")
    page.goto("/auth/sessions/")

    assert asked == ["beforeunload"]
