"""What can go round: each package that has versions to approve registers them here.

The engine knows a version by its kind, its id and its digest. What a newer version changed, what
follows from a decision and where the version is printed, the package says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from uuid import UUID

    from django.utils.functional import _StrPromise

    from kakehashi.approvals.models import Circulation
    from kakehashi.base.differences import Difference
    from kakehashi.people.models import Person


@dataclass(frozen=True)
class Changes:
    """What the version of today changed against the one that went round, field by field."""

    newer: str
    differences: list[Difference] = field(default_factory=list)


def _nothing_follows(circulation: Circulation, by: Person, at: dt.datetime) -> None:
    """The package reads the outcome when it wants to know."""


def _nothing_objects(circulation: Circulation) -> str | None:
    """A decision may be taken back while nobody built on it."""


@dataclass(frozen=True)
class Subject:
    """One kind of versions. The functions see what the acting person sees.

    `changes(version_id)` is None while there is no newer version. `settled(circulation, by, at)` is
    called in the transaction in which a circulation ends or is open again. `built_on(circulation)`
    objects to taking a decision back. `printed(version_id)` is the address of the printed page.
    """

    label: str | _StrPromise
    changes: Callable[[UUID], Changes | None]
    settled: Callable[[Circulation, Person, dt.datetime], None] = _nothing_follows
    built_on: Callable[[Circulation], str | None] = _nothing_objects
    printed: Callable[[UUID], str] | None = None


_subjects: dict[str, Subject] = {}


def register(kind: str, subject: Subject) -> None:
    """Call from AppConfig.ready."""
    _subjects[kind] = subject


def subject_of(circulation: Circulation) -> Subject:
    """Raises KeyError for a kind nobody registered."""
    return _subjects[circulation.subject_kind]


def kinds() -> frozenset[str]:
    return frozenset(_subjects)
