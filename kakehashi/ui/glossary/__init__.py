"""The product's glossary: terms of the trade and of the product, in both languages.

A term is explained where it is used (`{% ui_term "hhi" %}`) and on the page of all terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kakehashi.base.text import nfkc, sort_key
from kakehashi.ui.formats import language
from kakehashi.ui.glossary.terms import TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Term:
    """One term: what it is called in both languages, how it is read, what it means."""

    key: str
    group: str
    ja: str
    kana: str
    en: str
    meaning_ja: str
    meaning_en: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return self.ja if language() == "ja" else self.en

    @property
    def other(self) -> str:
        """In the other language."""
        return self.en if language() == "ja" else self.ja

    @property
    def other_language(self) -> str:
        return "en" if language() == "ja" else "ja"

    @property
    def meaning(self) -> str:
        return self.meaning_ja if language() == "ja" else self.meaning_en

    @property
    def order(self) -> str:
        """Japanese by reading, English by letters."""
        return sort_key(self.ja, self.kana) if language() == "ja" else self.en.casefold()

    def is_like(self, q: str) -> bool:
        wanted = nfkc(q).casefold()
        return any(wanted in nfkc(text).casefold() for text in (self.ja, self.kana, self.en))


_by_key = {row[0]: Term(*row) for row in TERMS}


def term(key: str) -> Term:
    """A term by its key. Raises KeyError for one that is not explained."""
    return _by_key[key]


def terms(q: str = "") -> list[Term]:
    """All terms, or those called like `q`, in the reader's order."""
    found: Iterable[Term] = _by_key.values()
    if q.strip():
        found = (one for one in found if one.is_like(q.strip()))
    return sorted(found, key=lambda one: (one.order, one.key))
