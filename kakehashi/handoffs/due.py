"""Until when: a time at which whoever is asked works, never in the night, on a Sunday or away."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kakehashi.people.queries.calendars import calendar_of

if TYPE_CHECKING:
    from kakehashi.base.calendars import Calendar
    from kakehashi.people.models import Person

USUAL = 8
"""Working hours that somebody has when nobody says how long: about a day."""
LOOKED_BACK = 14
"""Days before a wish in which the last evening at work is looked for."""
A_DAY = dt.timedelta(days=1)


def usual(holder: Person, at: dt.datetime) -> dt.datetime:
    """A working day from now, in the holder's calendar."""
    return _whole(calendar_of(holder).after(at, USUAL))


def settled(holder: Person, wish: dt.datetime | dt.date, at: dt.datetime) -> dt.datetime:
    """What was wished for, moved to when the holder works: before it, if there is still time.

    A day alone means its end. Who is off on Friday has until Thursday evening; if that has passed,
    until the first evening, or the first moment, after the wish at which they work.
    """
    return _whole(within(calendar_of(holder), wish, at))


def within(calendar: Calendar, wish: dt.datetime | dt.date, at: dt.datetime) -> dt.datetime:
    """The same of a calendar: a moment at work, and after `at`."""
    if isinstance(wish, dt.datetime):
        return _moment(calendar, wish, at)
    return _evening_before(calendar, wish, None, at) or _evening_after(calendar, wish, at)


def _moment(calendar: Calendar, wish: dt.datetime, at: dt.datetime) -> dt.datetime:
    if calendar.is_working(wish):
        return wish
    later = calendar.next_working(max(wish, at))
    day = wish.astimezone(calendar.zone).date()
    if later.astimezone(calendar.zone).date() == day:
        return later
    return _evening_before(calendar, day, wish, at) or later


def _evening_before(
    calendar: Calendar, day: dt.date, wish: dt.datetime | None, at: dt.datetime
) -> dt.datetime | None:
    """The last evening at work up to a day that is not over yet, and not later than wished."""
    for number in range(LOOKED_BACK):
        back = day - number * A_DAY
        if not calendar.is_working_day(back):
            continue
        evening = calendar.end_of_day(back)
        if wish is None or evening <= wish:
            return evening if evening > at else None
    return None


def _evening_after(calendar: Calendar, day: dt.date, at: dt.datetime) -> dt.datetime:
    evening = calendar.end_of_day(day)
    return evening if evening > at else calendar.end_of_day(day + A_DAY)


def _whole(moment: dt.datetime) -> dt.datetime:
    """Without seconds: nobody works by them."""
    return moment.replace(second=0, microsecond=0)
