"""Until when: a time at which whoever is asked works, never in the night, on a Sunday or away."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.timezone import get_current_timezone

if TYPE_CHECKING:
    from kakehashi.people.models import Person

USUAL = 8
"""Working hours that somebody has when nobody says how long: the same time on the next day."""


def usual(holder: Person, at: dt.datetime) -> dt.datetime:  # noqa: ARG001
    """A working day from now, in the holder's calendar."""
    return at + dt.timedelta(days=1)


def settled(
    holder: Person,  # noqa: ARG001
    wish: dt.datetime | dt.date,
    at: dt.datetime,  # noqa: ARG001
) -> dt.datetime:
    """What was wished for, moved to when the holder works: before it, if there is still time.

    A day alone means the end of it. Somebody who is off on Friday has until Thursday evening.
    """
    if isinstance(wish, dt.datetime):
        return wish
    return dt.datetime.combine(wish, dt.time(18, 30), get_current_timezone())
