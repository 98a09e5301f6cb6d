"""Coming in: a forgotten password, wrong ones, where one is signed in; language and appearance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.stories.first_day import opens_mail

if TYPE_CHECKING:
    from tests.stories.visitor import Visitor

pytestmark = pytest.mark.slow

LOGIN, ADDRESS = "kei", "kei@hajime.example"
CHOSEN = "chosen-by-kei-herself"
TRIES = 5  # within five minutes, then the door stays shut for a while


def test_a_password_is_chosen_by_mail_and_guessing_it_is_stopped(newcomer):
    kei = newcomer("en")

    # She has none yet and asks for a link; the page tells nobody whether the address is known.
    kei.opens("/auth/login/")
    kei.follows("Forgot your password?")
    kei.types("Email", ADDRESS)
    kei.presses("Send the link")
    kei.sees("Look in your mail", "If the address is known here")
    opens_mail(kei, ADDRESS)
    kei.page.locator("main a[href*='/password/reset/']").click()
    kei.page.fill("[name=password1]", CHOSEN)
    kei.page.fill("[name=password2]", CHOSEN)
    kei.main.locator("form [data-kind=primary]").click()
    kei.signs_in(LOGIN, CHOSEN)
    kei.sees("No task waits for you.")

    # Somebody guesses. After five tries not even the right one is looked at.
    stranger = newcomer("en")
    stranger.opens("/auth/login/")
    for number in range(TRIES):
        stranger.tries(LOGIN, f"guess-number-{number}")
        stranger.sees("not correct")
    stranger.tries(LOGIN, CHOSEN)
    stranger.sees("Too many failed login attempts.")
    assert not stranger.can_open("/people/me/")


def test_one_sees_where_one_is_signed_in_and_ends_it(visitor):
    at_the_desk, on_the_train = visitor(language="ja"), visitor()
    for browser in (at_the_desk, on_the_train):
        browser.signs_in("ninomiya")
    assert on_the_train.can_open("/people/me/")

    at_the_desk.opens("/auth/sessions/")
    at_the_desk.sees("Where I am signed in", "This browser")
    assert at_the_desk.main.locator("tbody tr").count() == 2
    at_the_desk.presses("Sign out everywhere else")
    expect(at_the_desk.main.locator("tbody tr")).to_have_count(1)

    on_the_train.opens("/")
    on_the_train.page.wait_for_url("**/auth/login/**")
    at_the_desk.signs_out()
    assert not at_the_desk.can_open("/people/me/")


def test_language_and_appearance_are_chosen_and_stay(visitor):
    priya = visitor("priya", color_scheme="light")
    priya.sees("You serve")
    paper = paper_of(priya)

    chooses(priya, "language=ja")
    expect(priya.page.locator("html")).to_have_attribute("lang", "ja")
    priya.language = "ja"
    priya.sees("My accounts")
    priya.page.locator(".user-button").click()
    with priya.page.expect_response("**/ui/theme/"):
        priya.page.locator(".user button[name=theme][value=dark]").click()
    assert paper_of(priya) != paper
    priya.page.reload()
    assert paper_of(priya) != paper

    # At the door, which knows nobody, and after the next sign-in they are as she left them.
    priya.signs_out()
    expect(priya.page.locator("html")).to_have_attribute("lang", "ja")
    expect(priya.page.locator("html")).to_have_attribute("data-theme", "dark")
    priya.signs_in("priya")
    priya.sees("My accounts")
    assert paper_of(priya) != paper


def test_the_keys_find_list_go_and_walk(visitor):
    kujo = visitor("kujo", language="ja")

    kujo.page.keyboard.press("?")
    help_page = kujo.page.locator("dialog#keys")
    expect(help_page).to_be_visible()
    expect(help_page).to_contain_text(kujo.words("Move in a list, open a row"))
    kujo.page.keyboard.press("Escape")
    expect(help_page).not_to_be_visible()

    kujo.page.keyboard.press("g")
    kujo.page.keyboard.press("a")
    kujo.page.wait_for_url("**/accounts/")
    focused = kujo.page.locator("tr:focus")
    rows = kujo.main.locator("table[data-row-keys] tbody tr")
    for key, row in (("j", 0), ("j", 1), ("ArrowDown", 2), ("k", 1)):
        kujo.page.keyboard.press(key)
        expect(focused).to_have_text(rows.nth(row).inner_text(), use_inner_text=True)
    name = rows.nth(1).locator("a").first.inner_text()
    kujo.page.keyboard.press("Enter")
    expect(kujo.main.locator("h1")).to_have_text(name)
    kujo.page.wait_for_load_state()  # its scripts listen

    kujo.page.keyboard.press("g")
    kujo.page.keyboard.press("h")
    kujo.page.wait_for_url(f"{kujo.server}/")
    kujo.page.keyboard.press("/")
    kujo.page.keyboard.type("月影")
    kujo.page.keyboard.press("Enter")
    kujo.sees("月影モータース 日本")


def chooses(who: Visitor, choice: str) -> None:
    """In the menu under one's name."""
    name, _, value = choice.partition("=")
    who.page.locator(".user-button").click()
    who.page.locator(f".user button[name={name}][value={value}]").click()


def paper_of(who: Visitor) -> str:
    return who.page.evaluate("getComputedStyle(document.body).backgroundColor")
