"""The plan of a job as bars over days: a simple Gantt chart, beside a table that says the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from kakehashi.traffic.models import Job
    from kakehashi.traffic.queries.plans import Planned

LONGEST = 400


@dataclass(frozen=True)
class Bar:
    """Where a task's bar begins and how long it is, in days of the chart."""

    x: int
    width: int
    state: str


@dataclass(frozen=True)
class Chart:
    """Bars over the days from `first` to `last`; `today` and `live` are places on it."""

    first: dt.date
    last: dt.date
    days: int
    bars: dict[UUID, Bar]
    weeks: list[int]
    today: int | None
    live: int | None


def chart_of(job: Job, plan: list[Planned], today: dt.date) -> Chart | None:
    """The chart of a plan; None where no task has dates, or over more than a year."""
    dated = [row for row in plan if row.task.starts_on and row.task.due_on]
    if not dated:
        return None
    every = [day for row in dated for day in (row.task.starts_on, row.task.due_on) if day]
    first, last = min(every), max([*every, *([job.live_on] if job.live_on else [])])
    days = (last - first).days + 1
    if days > LONGEST:
        return None
    return Chart(
        first, last, days,
        {row.task.pk: _bar(row, first, today) for row in dated},
        [at for at in range(days) if (first + dt.timedelta(days=at)).weekday() == 0],
        _place(today, first, days),
        _place(job.live_on, first, days),
    )  # fmt: skip


def _bar(row: Planned, first: dt.date, today: dt.date) -> Bar:
    task = row.task
    assert task.starts_on is not None
    assert task.due_on is not None
    state = "done" if task.is_done else "late" if task.is_late(today) else "open"
    width = (task.due_on - task.starts_on).days + 1
    return Bar((task.starts_on - first).days, width, state)


def _place(day: dt.date | None, first: dt.date, days: int) -> int | None:
    at = (day - first).days if day else -1
    return at if 0 <= at < days else None
