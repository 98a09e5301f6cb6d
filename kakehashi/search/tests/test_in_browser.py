"""The palette in a real browser: by keyboard alone, by mouse, on a phone, without script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kakehashi.people.models import Person
from tests.browser import problems, sign_in, sticks_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESK = {"viewport": {"width": 1440, "height": 900}}
OF_LOOKS = ("color-contrast", "link-in-text-block", "scrollable-region-focusable")
FOR_AXE = {"bypass_csp": True}
INPUT = "#palette [role=combobox]"
ABORTED = "Failed to load resource: net::ERR_FAILED"  # by a test that plays a dead server
CHOSEN = "#palette [aria-selected=true]"


@pytest.fixture
def open_as(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """open_as(aki) is a page of the product, signed in; what its console says fails the test."""
    contexts, said = [], []

    def opened(who: Person, path: str = "/accounts/", language: str = "en", **context: Any) -> Page:
        Person.objects.filter(pk=who.pk).update(language=language)
        contexts.append(browser.new_context(base_url=live_server.url, **context))
        page = contexts[-1].new_page()
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        sign_in(contexts[-1], live_server.url, who.login_row)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [text for text in said if text != ABORTED] == []


def chosen(page: Page) -> str:
    return page.text_content(f"{CHOSEN} .palette-title").strip()


def options(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("#palette .palette-title").all_text_contents()]


def wait_for(page: Page, text: str) -> None:
    page.wait_for_selector(f"#palette [role=option] >> text={text}")


def test_the_keyboard_alone_finds_chooses_and_goes(open_as, cast: Cast):
    page = open_as(cast.aki)

    page.keyboard.press("Control+k")
    page.keyboard.type("sora")
    wait_for(page, "Sora Tea")
    assert chosen(page).startswith("Sora ")
    page.evaluate(  # while characters are composed, Enter is the composer's
        """document.querySelector('#palette [role=combobox]').dispatchEvent(new KeyboardEvent(
           'keydown', {key: 'Enter', bubbles: true, isComposing: true, cancelable: true}))"""
    )
    page.keyboard.press("ArrowDown")
    assert chosen(page).startswith("Sora Tea")
    assert page.get_attribute(INPUT, "aria-activedescendant") == page.get_attribute(CHOSEN, "id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert chosen(page) == "All results: 3"
    assert page.text_content("#palette [role=status]") == "3 found"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=sora")

    page.keyboard.press("/")
    page.keyboard.type("sora tea")
    page.keyboard.press("Enter")  # before the answer: it waits
    page.wait_for_url(f"**/accounts/{cast.sora_tea.pk}/")


def test_it_opens_and_closes_where_one_was(open_as, cast: Cast):
    page = open_as(cast.aki)
    page.focus(".nav-list a >> nth=1")
    page.keyboard.press("/")
    assert page.is_visible(INPUT)
    page.keyboard.press("Escape")
    assert not page.is_visible("#palette")
    assert page.evaluate("document.activeElement.matches('.nav-list a')")
    assert page.url.endswith("/accounts/")

    page.click("[data-find]")
    page.keyboard.type("ben")
    wait_for(page, "Ben")
    page.click("#palette [role=option] >> text=Ben")
    page.wait_for_url(f"**/people/{cast.ben.pk}/")

    page.goto("/accounts/")
    page.focus("#field-q")
    page.keyboard.type("a/b")
    assert page.input_value("#field-q") == "a/b"
    assert not page.is_visible("#palette")


def test_what_was_opened_stands_there_before_a_word_is_typed(open_as, cast: Cast):
    page = open_as(cast.aki)
    with page.expect_response("**/search/opened/"):
        page.goto(f"/accounts/{cast.sora.pk}/")
    page.keyboard.press("/")

    wait_for(page, "Sora")

    assert "Opened last" in page.text_content("#palette-found")

    page.keyboard.type("qqqqq")
    page.wait_for_selector("#palette >> text=Nothing is called so")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=qqqqq")


def test_p_pins_what_the_page_is_about_and_the_navigation_shows_it(open_as, cast: Cast):
    page = open_as(cast.aki, **DESK, **FOR_AXE)
    page.goto(f"/accounts/{cast.sora.pk}/")
    kept = page.locator("[data-kept]")

    page.keyboard.press("p")
    kept.get_by_role("link", name="Account Sora", exact=True).wait_for()
    assert problems(page) == []
    kept.locator("summary").click()
    page.wait_for_function("document.cookie.includes('kept=closed')")
    page.goto(f"/people/{cast.ben.pk}/")
    assert kept.get_attribute("open") is None  # folded, it stays so
    kept.locator("summary").click()
    kept.get_by_role("link", name="Account Sora", exact=True).click()
    page.wait_for_url(f"**/accounts/{cast.sora.pk}/")
    page.keyboard.press("p")
    page.locator(".page-actions").get_by_role("button", name="Pin", exact=True).wait_for()
    page.locator(".toast-undo button").click()

    page.locator(".page-actions").get_by_role("button", name="Unpin").wait_for()


def test_when_the_server_fails_it_says_so_and_enter_tries_again(open_as, cast: Cast):
    page = open_as(cast.aki)
    page.route("**/search/palette/**", lambda route: route.abort(), times=2)
    page.keyboard.press("/")
    page.keyboard.type("sora")
    page.wait_for_selector("#palette >> text=Nothing was heard from the server")

    page.unroute("**/search/palette/**")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/accounts/{cast.sora.pk}/")


def test_axe_finds_nothing_and_nothing_sticks_out(open_as, cast):
    page = open_as(cast.aki, language="ja", **DESK, **FOR_AXE)
    page.click("[data-find]")
    page.fill(INPUT, "sora")
    wait_for(page, "Sora Tea")
    assert problems(page) == []
    assert not sticks_out(page)
    page.set_viewport_size(PHONE["viewport"])
    page.emulate_media(color_scheme="dark")
    assert problems(page, *OF_LOOKS) == []
    assert not sticks_out(page)

    page.fill(INPUT, "sroa")
    page.wait_for_selector("#palette .palette-group")
    assert problems(page) == []
    page.goto("/search/?q=sora")
    assert problems(page) == []
    assert not sticks_out(page)


def test_a_clients_contact_finds_on_a_phone(open_as, cast: Cast):
    page = open_as(cast.ken, language="ja", **PHONE, **FOR_AXE)
    page.click("[data-find]")
    page.fill(INPUT, "aki")
    wait_for(page, "Aki")
    assert problems(page) == []
    assert not sticks_out(page)

    page.click("#palette [role=option] >> text=Aki")

    page.wait_for_url(f"**/accounts/{cast.sora.pk}/")
    assert not sticks_out(page)


def test_without_script_one_finds_all_the_same(open_as, cast: Cast):
    page = open_as(cast.aki, java_script_enabled=False)
    page.fill("[data-find]", "sora tea")
    page.press("[data-find]", "Enter")
    page.wait_for_url("**/search/?q=sora+tea")

    page.click(".found a >> text=Sora Tea")

    page.wait_for_url(f"**/accounts/{cast.sora_tea.pk}/")
