"""Workback: from the day something goes live, by when each task must begin and end.

Pure counting over working calendars: the last tasks end on the last working day before that day,
each other task on the last working day before the first of those that wait for it begins.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

A_DAY = dt.timedelta(days=1)
FAR = 750
"""Days in which a working day is looked for: who works on none of them has no calendar."""


class Working(Protocol):
    """What is asked of a calendar."""

    def is_working_day(self, day: dt.date) -> bool: ...


class Circle(Exception):
    """Tasks that wait for each other."""


class NoDays(Exception):
    """Somebody has no working day in the two years that are looked at."""


@dataclass(frozen=True)
class Step:
    """A task as it is counted: so many working days in a calendar, after others."""

    id: Any
    days: int
    calendar: Working
    after: frozenset[Any] = field(default_factory=frozenset)


Span = tuple[dt.date, dt.date]


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Each step after those it waits for; raises Circle where there is no such order."""
    known = {step.id: step for step in steps}
    sorter = TopologicalSorter({one.id: sorted(one.after & known.keys()) for one in known.values()})
    try:
        return [known[pk] for pk in sorter.static_order()]
    except CycleError as circle:
        raise Circle from circle


def back_from(live_on: dt.date, steps: Sequence[Step]) -> dict[Any, Span]:
    """The latest days on which each may begin and end, counted back from the live date."""
    found: dict[Any, Span] = {}
    for step in reversed(in_order(steps)):
        waiting = [found[one.id][0] for one in steps if step.id in one.after and one.id in found]
        ends = working_before(step.calendar, min([live_on, *waiting]))
        found[step.id] = (begun_for(step.calendar, ends, step.days), ends)
    return found


def forward_from(
    today: dt.date, steps: Sequence[Step], done: Mapping[Any, dt.date] | None = None
) -> dict[Any, Span]:
    """The earliest days on which each may still begin and end, if work goes on from today.

    What is done ended when it did.
    """
    finished = done or {}
    found: dict[Any, Span] = {}
    for step in in_order(steps):
        if step.id in finished:
            found[step.id] = (finished[step.id], finished[step.id])
            continue
        first = max(
            [today, *(_follows(found[pk][1], finished.get(pk)) for pk in step.after & found.keys())]
        )
        begins = working_from(step.calendar, first)
        found[step.id] = (begins, ended_after(step.calendar, begins, step.days))
    return found


def _follows(ended: dt.date, done: dt.date | None) -> dt.date:
    """What is done lets others begin the same day; what is planned, the day after."""
    return ended if done else ended + A_DAY


def working_before(calendar: Working, day: dt.date) -> dt.date:
    """The last working day before a day."""
    return _next(calendar, day - A_DAY, -A_DAY)


def working_from(calendar: Working, day: dt.date) -> dt.date:
    """The day itself if it is worked on, else the next that is."""
    return _next(calendar, day, A_DAY)


def begun_for(calendar: Working, ends: dt.date, days: int) -> dt.date:
    """When so many working days begin that end on a working day."""
    day = ends
    for _number in range(days - 1):
        day = working_before(calendar, day)
    return day


def ended_after(calendar: Working, begins: dt.date, days: int) -> dt.date:
    """When so many working days end that begin on a working day."""
    day = begins
    for _number in range(days - 1):
        day = working_from(calendar, day + A_DAY)
    return day


def _next(calendar: Working, day: dt.date, step: dt.timedelta) -> dt.date:
    for number in range(FAR):
        if calendar.is_working_day(day + number * step):
            return day + number * step
    raise NoDays
