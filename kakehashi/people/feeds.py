"""What packages put into a person's own calendar: each above registers its part.

The feed itself is kakehashi.api's. Functions run as the person, in their language, at each fetch:
what they read is what the person may see at that moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kakehashi.people.models import Person

BACK, AHEAD = dt.timedelta(days=60), dt.timedelta(days=400)


@dataclass(frozen=True)
class Event:
    """One entry: days, both included, or a moment (aware), to which `ends` may give a length.

    `key` names it for good, as "handover:<id>"; `version` counts its changes. `path` leads to its
    page. `is_busy` is for what takes the person's time.
    """

    key: str
    title: str
    starts: dt.date | dt.datetime
    ends: dt.date | dt.datetime | None = None
    path: str = ""
    note: str = ""
    version: int = 0
    is_busy: bool = False

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day it touches."""
        first, last = self.starts, self.ends or self.starts
        return _day(first), _day(last)


def _day(when: dt.date | dt.datetime) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when


Source = Callable[["Person"], Iterable[Event]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """`source(person)` gives what belongs into somebody's calendar; call from AppConfig.ready."""
    _sources[name] = source


def window(today: dt.date) -> tuple[dt.date, dt.date]:
    """The days a feed tells of: a source need not look beyond."""
    return today - BACK, today + AHEAD


def events_of(person: Person, today: dt.date) -> Iterator[Event]:
    """Everything in a person's calendar within the window, by package."""
    first, last = window(today)
    for name in sorted(_sources):
        for event in _sources[name](person):
            begins, ends = event.days
            if begins <= last and ends >= first:
                yield event
