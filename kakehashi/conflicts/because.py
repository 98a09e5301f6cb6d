"""The sentences of a check, spoken in the reader's language.

A sentence is kept as a code and what is filled in, so that a hit found for one reader is read by
another in theirs. What is filled in is told apart by its name.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from kakehashi.conflicts.terms import Level, Mode, Result, Severity
from kakehashi.ui.formats import country_text, date_text, language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.db.models import TextChoices

    from kakehashi.conflicts.checking.facts import Name, Sentence

Told = list[Any]
"""A sentence as it is kept: a code, and what is filled in as JSON takes it."""

SENTENCES = {
    # what it stands on
    "clause": _("The clause %(code)s promises %(account)s exclusivity (%(level)s)."),
    "policy": _(
        "%(account)s declared as its policy, without a contract, that it expects exclusivity"
        " (%(code)s, %(level)s)."
    ),
    "no_clause": _("Nothing is written down with %(account)s; the agency's own rule decides."),
    # whom or what it is about
    "named": _("It names “%(name)s” as a competitor."),
    "declared": _("“%(one)s” and “%(other)s” are declared competitors. %(ground)s"),
    "declared_family": _(
        "Through their corporate families: “%(one)s” and “%(other)s” are declared competitors."
        " %(ground)s"
    ),
    "category_same": _("The category is the same: “%(case_category)s”."),
    "category_descendant": _(
        "“%(promised_category)s” covers “%(case_category)s”, which lies below it."
    ),
    "category_ancestor": _(
        "“%(case_category)s” is wider than “%(promised_category)s” and may include it."
    ),
    "category_siblings": _(
        "“%(case_category)s” and “%(promised_category)s” stand side by side in one category."
    ),
    "category_same_top": _(
        "“%(case_category)s” and “%(promised_category)s” belong to one larger category."
    ),
    "category_declared_pair": _(
        "“%(case_category)s” and “%(promised_category)s” are declared to compete."
    ),
    "same_word": _("Both advertise “%(word)s”."),
    # when, where, for what, by whom
    "term": _("It holds from %(starts)s to %(ends)s; the case begins on %(begins)s."),
    "cooling_off": _(
        "Its term ended on %(ends)s, but a cooling-off of %(months)s months runs until"
        " %(until)s; the case begins on %(begins)s."
    ),
    "no_end": _("It holds from %(starts)s without an end; the case begins on %(begins)s."),
    "countries": _("It covers %(promised_countries)s; the case is for %(case_countries)s."),
    "disciplines": _("It covers %(promised_disciplines)s; the case is for %(case_disciplines)s."),
    "network": _("It binds every unit of ours."),
    "unit": _("It binds %(unit)s and what is below; the case is led by %(led)s."),
    # what follows
    "strict": _("A written clause is judged strictly in either mode: %(severity)s, so %(result)s."),
    "satisfied": _("The clause is satisfied by safeguards: %(safeguards)s."),
    "by_mode": _("%(mode)s: %(severity)s, so %(result)s."),
    "consented": _("%(account)s consented on %(starts)s, until %(until)s. %(conditions)s"),
    # names almost alike
    "alike_on_file": _("“%(name)s” is on file under almost this name: alike by %(percent)s%%."),
    "alike_in_clause": _(
        "The commitment %(code)s names “%(name)s”, which is written almost so: alike by"
        " %(percent)s%%."
    ),
    # people
    "seat_at_once": _("Serves %(account)s from %(starts)s to %(ends)s, which competes."),
    "barrier": _(
        "Served %(account)s until %(ends)s. Its commitment %(code)s keeps people away from rivals"
        " for %(months)s months, until %(until)s."
    ),
    "barrier_serving": _(
        "Serves %(account)s with no end in sight. Its commitment %(code)s keeps people away from"
        " rivals for %(months)s months after that."
    ),
}


def kept(sentences: Iterable[Sentence], categories: Mapping[UUID, Name]) -> list[Told]:
    """Sentences as they are kept: days and names as JSON takes them, in both languages."""
    return [[s.code, {k: _plain(v, categories) for k, v in s.filled.items()}] for s in sentences]


def told(sentences: Iterable[Sentence]) -> list[str]:
    """Sentences in the reader's language as they are found: categories are given by their names."""
    return spoken(kept(sentences, {}))


def spoken(told: Iterable[Told]) -> list[str]:
    """Sentences in the reader's language."""
    return [spoken_one(code, filled) for code, filled in told]


def spoken_one(code: str, filled: Mapping[str, Any]) -> str:
    words = {name: _said(name, value) for name, value in filled.items()}
    return (_sentence(code, language()) % words).strip()


@cache
def _sentence(code: str, _language: str) -> str:
    """The words of a sentence: few are said of thousands of clients."""
    return str(SENTENCES[code])


@cache
def _label(kind: type[TextChoices], value: str, _language: str) -> str:
    return str(kind(value).label)


def said(name: Iterable[str]) -> str:
    """A name in both languages, in the reader's."""
    own, english = name
    return english if english and language() == "en" else own


def _plain(value: object, categories: Mapping[UUID, Name]) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, UUID):
        return list(categories[value])
    return list(value) if isinstance(value, tuple) else value


def _said(name: str, value: Any) -> str:
    if name in SAYS:
        return SAYS[name](value)
    if isinstance(value, list):
        return said(value) or gettext("a unit not yet named")
    return str(value)


def _day(value: str | None) -> str:
    if value:
        return date_text(dt.date.fromisoformat(value), "plain")
    return pgettext("until when", "an open end")


def _begins(value: str | None) -> str:
    return _day(value) if value else pgettext("the case begins", "an unknown day")


def _countries(codes: list[str]) -> str:
    if not codes:
        return pgettext("where a commitment holds", "all countries")
    return listed([country_text(code) for code in codes])


def _disciplines(names: list[str]) -> str:
    return listed(names) if names else pgettext("what a commitment is for", "all disciplines")


def listed(words: Iterable[str]) -> str:
    """Several things in a row."""
    return ("、" if language() == "ja" else ", ").join(words)


SAYS: dict[str, Callable[[Any], str]] = {
    "starts": _day,
    "ends": _day,
    "until": _day,
    "begins": _begins,
    "promised_countries": _countries,
    "case_countries": _countries,
    "promised_disciplines": _disciplines,
    "case_disciplines": _disciplines,
    "safeguards": listed,
    "level": lambda value: _label(Level, value, language()),
    "mode": lambda value: _label(Mode, value, language()),
    "result": lambda value: _label(Result, value, language()),
    "severity": lambda value: _label(Severity, value, language()),
}
