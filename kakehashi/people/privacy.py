"""A person's data in every package: each says what it stores about them and how it forgets it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

Export = Callable[["Person"], Any]
Anonymise = Callable[..., Iterable[str]]
Objection = Callable[["Person"], str | None]


@dataclass(frozen=True)
class Share:
    """What one package answers for.

    `export(person)` gives plain values (dicts, lists, text, numbers, dates). `anonymise(person=,
    by=, at=)` empties the personal fields of its rows and returns the ids of rows whose history is
    to be scrubbed; it may run twice. `objection(person)` says why it is too early, or None.
    """

    export: Export
    anonymise: Anonymise
    objection: Objection | None


_shares: dict[str, Share] = {}


def register(
    name: str, export: Export, anonymise: Anonymise, objection: Objection | None = None
) -> None:
    """Take part in exporting and anonymising people; call from AppConfig.ready."""
    _shares[name] = Share(export, anonymise, objection)


def exported(person: Person) -> dict[str, Any]:
    """What packages above store about a person, as far as the acting person sees it."""
    return {name: share.export(person) for name, share in _shares.items()}


def anonymised(person: Person, *, by: Person | None, at: dt.datetime) -> list[str]:
    """Have packages above forget a person; returns the rows whose history is to be scrubbed."""
    return [
        str(row)
        for share in _shares.values()
        for row in share.anonymise(person=person, by=by, at=at)
    ]


def objection(person: Person) -> str | None:
    """The first reason why a package above still needs the person's data."""
    asked = (share.objection(person) for share in _shares.values() if share.objection)
    return next((no for no in asked if no), None)
