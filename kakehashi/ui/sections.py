"""The sections of the product, in the order of the navigation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.urls import get_urlconf, is_valid_path
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True)
class Section:
    """One entry of the navigation; `key` is also the letter pressed after g."""

    path: str
    label: str | Promise
    icon: str
    key: str

    def holds(self, path: str) -> bool:
        """Whether a page at `path` belongs to this section."""
        return path == self.path if self.path == "/" else path.startswith(self.path)


SECTIONS = (
    Section("/", pgettext_lazy("section", "Home"), "home", "h"),
    Section("/accounts/", pgettext_lazy("section", "Accounts"), "briefcase", "a"),
    Section("/jobs/", pgettext_lazy("section", "Jobs"), "clipboard", "j"),
    Section("/requests/", pgettext_lazy("section", "Requests"), "inbox", "r"),
    Section("/briefs/", pgettext_lazy("section", "Briefs"), "notes", "b"),
    Section("/approvals/", pgettext_lazy("section", "Approvals"), "user-check", "v"),
    Section("/companies/", pgettext_lazy("section", "Companies"), "building", "c"),
    Section("/people/", pgettext_lazy("section", "People"), "users", "p"),
    Section("/handovers/", pgettext_lazy("section", "Handovers"), "arrows-exchange", "o"),
    Section("/portfolio/", pgettext_lazy("section", "Portfolio"), "chart-pie", "f"),
    Section("/imports/", pgettext_lazy("section", "Import"), "upload", "i"),
)


def sections() -> list[Section]:
    """Only what exists: a section is shown when its page is routed."""
    return [section for section in SECTIONS if is_routed(section.path)]


def is_routed(path: str) -> bool:
    """Whether some page answers at `path`; asked of the routes once, as every page asks it."""
    return _is_routed(path, get_urlconf())


@cache
def _is_routed(path: str, urlconf: str | None) -> bool:
    return bool(is_valid_path(path, urlconf))
