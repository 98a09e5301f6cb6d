"""Kinds of notices: each package above says what they are called and how one is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kakehashi.notify.states import Choice

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.functional import Promise

    from kakehashi.notify.models import Notification


@dataclass(frozen=True)
class Told:
    """What a notice says to its reader now: what it is about, where that is, what happened."""

    title: str
    path: str
    sentence: str


Render = Callable[["UUID | None"], Told | None]
RenderAll = Callable[[Collection["UUID | None"]], Mapping["UUID | None", Told]]


@dataclass(frozen=True)
class Kind:
    """One kind of notice."""

    code: str
    label: str | Promise
    render_all: RenderAll
    default: Choice


_kinds: dict[str, Kind] = {}


def register(
    code: str,
    *,
    label: str | Promise,
    render: Render | None = None,
    render_all: RenderAll | None = None,
    default: Choice = Choice.NOW,
) -> None:
    """Say how a kind is called and shown; call from AppConfig.ready.

    `render(subject_id)` gives a Told for the acting person, or None if there is nothing that they
    may see. `render_all(ids)` does it for a list in a fixed number of queries, as pages want it.
    """
    if (render is None) == (render_all is None):
        raise TypeError("A kind is rendered either one by one or all at once.")
    _kinds[code] = Kind(code, label, render_all or _one_by_one(render), default)


def _one_by_one(render: Render | None) -> RenderAll:
    assert render is not None

    def render_all(ids: Collection[UUID | None]) -> dict[UUID | None, Told]:
        found = ((subject, render(subject)) for subject in ids)
        return {subject: told for subject, told in found if told is not None}

    return render_all


def known(code: str) -> Kind:
    """The kind of this code. Raises LookupError for one that no package registered."""
    try:
        return _kinds[code]
    except KeyError:
        raise LookupError(f"{code} is no registered kind of notice.") from None


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def render(notices: Iterable[Notification]) -> dict[UUID, Told]:
    """What each notice says to the acting person, by its id; those that say nothing are left out.

    A kind whose package is gone says nothing.
    """
    by_kind: dict[str, list[Notification]] = defaultdict(list)
    for notice in notices:
        by_kind[notice.kind].append(notice)
    said: dict[UUID, Told] = {}
    for code, rows in by_kind.items():
        if code in _kinds:
            told = _kinds[code].render_all({row.subject_id for row in rows})
            said |= {row.pk: told[row.subject_id] for row in rows if row.subject_id in told}
    return said
