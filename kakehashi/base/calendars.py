"""Working time: which moments count for somebody, and which moment is so many hours later.

A calendar is told its zone, its week and its days off, and asks nobody. Its week is clock time of
the place; its hours are hours that pass, so a night in which clocks change is as long as it is.
Moments come back in UTC: two of one zone are compared by the clock, and subtracted wrongly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.base.hours import check_week

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kakehashi.base.hours import Spans, Week

Days = tuple[dt.date, "dt.date | None"]  # both included; for good without a last one
Moments = tuple[dt.datetime, dt.datetime]
IsOff = Callable[[dt.date], bool]

A_DAY = dt.timedelta(days=1)
MICROSECONDS = Decimal(3_600_000_000)  # of an hour, the finest a moment can be told
LONGEST = 20 * 366  # days that are looked at before there is said to be no working time


class NoWorkingTime(ValueError):
    """A calendar that never comes to an end of what it was asked; `reason` is for the reader."""

    def __init__(self) -> None:
        self.reason = _("There is no working time here: every day of the years to come is off.")
        super().__init__(self.reason)


def never(_day: dt.date) -> bool:
    """No days off but those of the week."""
    return False


@dataclass(frozen=True)
class Closure:
    """Days on which an office is closed, once or each year from the first time on."""

    first: dt.date
    last: dt.date
    yearly: bool = False

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A closure ends before it begins.")

    def covers(self, day: dt.date) -> bool:
        return any(first <= day <= last for first, last in self.within(day, day))

    def coming(self, day: dt.date) -> tuple[dt.date, dt.date] | None:
        """The time it happens on a day, or the next time after."""
        return min(self.within(day, max(day + 366 * A_DAY, self.last)), default=None)

    def within(self, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
        """Each time it happens that touches the days from `first` to `last`."""
        years = range(first.year - 1, last.year + 1) if self.yearly else [self.first.year]
        for year in years:
            later = year - self.first.year
            begins, ends = _years_later(self.first, later), _years_later(self.last, later)
            if later >= 0 and begins <= last and ends >= first:
                yield begins, ends


def _years_later(day: dt.date, years: int) -> dt.date:
    """The same day of another year; the last of February for a 29th that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@dataclass(frozen=True)
class DaysOff:
    """Public holidays and an office's own closures together."""

    is_public: IsOff = never
    closures: tuple[Closure, ...] = ()

    def __call__(self, day: dt.date) -> bool:
        return self.is_public(day) or any(closure.covers(day) for closure in self.closures)


@dataclass(frozen=True)
class Pattern:
    """A week that holds instead of the usual one on some days."""

    days: Days
    week: Week

    def __post_init__(self) -> None:
        check_week(self.week)


@dataclass(frozen=True)
class Calendar:
    """When one person works. Both ends of a span count: at closing time they are still there."""

    zone: ZoneInfo
    week: Week
    is_off: IsOff = never
    absences: tuple[Days, ...] = ()
    patterns: tuple[Pattern, ...] = ()

    def __post_init__(self) -> None:
        check_week(self.week)

    def spans_on(self, day: dt.date) -> Spans:
        """The working hours of a day, in minutes of the place's clock."""
        if self.is_off(day) or any(_holds(days, day) for days in self.absences):
            return ()
        return self.week_on(day)[day.weekday()]

    def week_on(self, day: dt.date) -> Week:
        """The week that holds at the time of a day."""
        return next((p.week for p in self.patterns if _holds(p.days, day)), self.week)

    def is_working(self, at: dt.datetime) -> bool:
        """Whether somebody is at work at a moment."""
        return any(self._working(at, until=at))

    def next_working(self, at: dt.datetime) -> dt.datetime:
        """The moment itself if it is working time, else the next one that is."""
        return self.after(at, 0)

    def after(self, start: dt.datetime, hours: Decimal | int) -> dt.datetime:
        """The moment by which so many working hours have passed since `start`."""
        left = dt.timedelta(microseconds=round(Decimal(hours) * MICROSECONDS))
        if left < dt.timedelta():
            raise ValueError("Working hours are counted forwards.")
        start = _utc(start)
        for begins, ends in self._working(start):
            begun = max(begins, start)
            if ends - begun >= left:
                return begun + left
            left -= ends - begun
        raise NoWorkingTime

    def hours_between(self, first: dt.datetime, last: dt.datetime) -> Decimal:
        """How many working hours lie between two moments; negative if the last comes first."""
        first, last = _utc(first), _utc(last)
        if last < first:
            return -self.hours_between(last, first)
        spans = self._working(first, until=last)
        passed = sum((min(e, last) - max(b, first) for b, e in spans), dt.timedelta())
        return Decimal(passed // dt.timedelta(microseconds=1)) / MICROSECONDS

    def end_of_day(self, day: dt.date) -> dt.datetime:
        """Closing time of a day; of the next working day, if nobody works on it."""
        for number in range(LONGEST):
            if moments := list(self._moments(day + number * A_DAY)):
                return moments[-1][1]
        raise NoWorkingTime

    def is_working_day(self, day: dt.date) -> bool:
        return bool(self.spans_on(day))

    def working_days_between(self, first: dt.date, last: dt.date) -> int:
        """How many working days come after `first` up to `last`; negative if that comes first."""
        if last < first:
            return -self.working_days_between(last, first)
        days = (first + number * A_DAY for number in range(1, (last - first).days + 1))
        return sum(map(self.is_working_day, days))

    def _working(self, at: dt.datetime, until: dt.datetime | None = None) -> Iterator[Moments]:
        """Stretches of working time in order, the first of them the one that ends at `at` or later.

        Up to those that begin at `until`, or for twenty years: longer is taken for never.
        """
        at, until = _utc(at), until and _utc(until)
        day = at.astimezone(self.zone).date() - A_DAY
        last = until and until.astimezone(self.zone).date() + A_DAY
        for number in range(LONGEST if last is None else (last - day).days + 1):
            for begins, ends in self._moments(day + number * A_DAY):
                if until is not None and begins > until:
                    return
                if ends >= at:
                    yield begins, ends

    def _moments(self, day: dt.date) -> Iterator[Moments]:
        """The spans of a day as moments, none twice and none outside it, whatever clocks do."""
        spans = self.spans_on(day)
        if not spans:
            return
        done, midnight = self._moment(day, 0), self._moment(day + A_DAY, 0)
        for first, last in spans:
            begins = max(self._moment(day, first), done)
            ends = min(self._moment(day, last), midnight)
            if begins < ends:
                yield begins, ends
                done = ends

    def _moment(self, day: dt.date, minute: int) -> dt.datetime:
        clock = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)
        return clock.replace(tzinfo=self.zone).astimezone(dt.UTC)


def _utc(at: dt.datetime) -> dt.datetime:
    if at.tzinfo is None:
        raise ValueError("A moment says in which zone it is meant.")
    return at.astimezone(dt.UTC)


def _holds(days: Days, day: dt.date) -> bool:
    first, last = days
    return first <= day and (last is None or day <= last)
