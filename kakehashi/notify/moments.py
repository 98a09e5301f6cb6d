"""When collected mail goes out: half past eight and half past five, where its reader works."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kakehashi.notify.states import Choice

if TYPE_CHECKING:
    from kakehashi.base.calendars import Calendar

CLOCK = {Choice.MORNING: dt.time(8, 30), Choice.EVENING: dt.time(17, 30)}
LONGEST = 400  # days looked at: who is away for longer finds everything on the page
A_DAY = dt.timedelta(days=1)


def collected_at(calendar: Calendar, choice: Choice, at: dt.datetime) -> dt.datetime | None:
    """The first such moment on a working day, not before `at`; None where there is none in sight.

    Asked again at that moment it gives the moment itself, unless the day has become a day off.
    """
    first = at.astimezone(calendar.zone).date()
    for number in range(LONGEST):
        day = first + number * A_DAY
        moment = dt.datetime.combine(day, CLOCK[choice], calendar.zone)
        if moment >= at and calendar.is_working_day(day):
            return moment
    return None
