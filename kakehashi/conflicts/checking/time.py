"""Days: calendar months clipped to the month's end, terms with both days included."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kakehashi.conflicts.checking.facts import Case, Promise


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many calendar months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def binds_until(promise: Promise) -> dt.date | None:
    """The last day of a commitment's cooling-off; None if its term has no end."""
    if promise.ends_on is None:
        return None
    return months_later(promise.ends_on, promise.cooling_off_months)


def overlaps(case: Case, promise: Promise) -> bool:
    """Whether the case falls into the term or the cooling-off on at least one day."""
    until = binds_until(promise)
    begins_in_time = until is None or case.starts_on is None or case.starts_on <= until
    return begins_in_time and (case.ends_on is None or case.ends_on >= promise.starts_on)
