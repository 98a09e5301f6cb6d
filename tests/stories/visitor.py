"""Somebody at a browser: what they do, in words, and what the browser holds against the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import expect

from kakehashi.demo.signin import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Locator, Page

OK = 200


@dataclass
class Visitor:
    """One person in one browser; a story names things in English, they read their language."""

    page: Page
    server: str
    language: str = "en"
    complaints: list[str] = field(default_factory=list)
    _refused: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and message.location["url"] not in self._refused:
            self.complaints.append(f"{message.text} ({message.location['url']})")

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def opens(self, path: str, *, status: int = OK) -> None:
        """Go to an address; one that is refused must be expected."""
        if status != OK:
            self._refused.add(self.server + path)
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"

    def expects_refusal(self) -> None:
        """A form on this page will be refused: the browser complains of that, rightly."""
        self._refused.add(self.page.url)

    def signs_in(self, login: str, password: str = PASSWORD) -> None:
        """Through the door, to the first page."""
        self.opens("/auth/login/")
        self.tries(login, password)
        self.page.wait_for_url(lambda url: "/auth/" not in url)

    def tries(self, login: str, password: str) -> None:
        """Fill in the form of the door."""
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", password)
        self.page.locator("main form [data-kind=primary]").click()

    def signs_out(self) -> None:
        self.page.locator(".user-button").click()
        self.page.locator("form[action$='/logout/'] button").click()
        self.page.wait_for_url("**/auth/login/")

    def words(self, english: str) -> str:
        """What stands on the page for these words in the reader's language."""
        with translation.override(self.language):
            return gettext(english)

    def follows(self, name: str) -> None:
        self.main.get_by_role("link", name=self.words(name), exact=True).first.click()

    def presses(self, name: str) -> None:
        self.main.get_by_role("button", name=self.words(name), exact=True).first.click()

    def types(self, label: str, value: str) -> None:
        self.main.get_by_label(self.words(label)).first.fill(value)

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).to_contain_text(self.words(text))

    def does_not_see(self, *texts: str) -> None:
        """Once the page stands: ask for something it has first."""
        for text in texts:
            expect(self.main).not_to_contain_text(self.words(text))

    def reads(self) -> str:
        """The text of the page."""
        return self.main.inner_text()

    def can_open(self, path: str) -> bool:
        """Ask for an address without leaving the page."""
        return self.page.request.get(path, max_redirects=0).status == OK
