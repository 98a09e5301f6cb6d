"""What every page's shell needs, said once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakehashi.ui import assets
from kakehashi.ui.formats import reader_name
from kakehashi.ui.sections import Section, is_routed, sections

if TYPE_CHECKING:
    from django.http import HttpRequest

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
KEPT_COOKIE = "kept"  # closed where somebody folded away what they pinned (#ui/kept)
OWN_PAGE = "/people/me/"


class Shell:
    """The frame around a page, computed when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def theme(self) -> str:
        chosen = self.request.COOKIES.get(THEME_COOKIE, "auto")
        return chosen if chosen in THEMES else "auto"

    @property
    def frame(self) -> str:
        """The template around a page that both sides open: ours, or the portal."""
        return "ui/base.html" if self.request.person.is_ours else "ui/portal.html"  # type: ignore[attr-defined]

    @property
    def keeps_open(self) -> bool:
        return self.request.COOKIES.get(KEPT_COOKIE) != "closed"

    @property
    def reader(self) -> str:
        """Who reads: by name where the person is known, by login on the sign-in pages."""
        person = getattr(self.request, "person", None)
        return reader_name(person) if person else self.request.user.get_username()

    @property
    def profile(self) -> str:
        """The reader's own page, once it is routed."""
        return OWN_PAGE if is_routed(OWN_PAGE) else ""

    @property
    def sections(self) -> list[tuple[Section, bool]]:
        return [(section, section.holds(self.request.path)) for section in sections()]

    @property
    def is_at(self) -> dict[str, bool]:
        """Which of the sign-in pages this is, by address name and by package."""
        match = self.request.resolver_match
        name = (match and match.url_name) or ""
        return {name: True, name.partition("_")[0]: True}

    @property
    def import_map(self) -> str:
        return assets.import_map()

    @property
    def here(self) -> str:
        """Where to come back to after a choice of language or theme."""
        if self.request.method in ("GET", "HEAD"):
            return self.request.get_full_path()
        return self.request.path


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request)}
