"""Sums that PostgreSQL keeps of revenue: which years are kept, and all of them counted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections

from kakehashi.base.periods import last_twelve_months, month_after

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.base.periods import Months


def keep_years(today: dt.date, *, anew: bool = False, using: str = "default") -> int:
    """Have the sums of the years kept that somebody may ask for this month, or early in the next.

    It is another month already, or still, in other parts of the world. Returns how many sums were
    added or corrected.
    """
    last = recent_months(today).last
    wanted = [month_after(last, at) for at in (-1, 0, 1)]
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT policy_keep_years(%s::date[], %s)", [wanted, anew])
        return int(cursor.fetchone()[0])


def add_up(today: dt.date, *, using: str = "default") -> int:
    """Count every sum anew, months before years; returns how many were missing or differed."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT policy_count_months()")
        differed = int(cursor.fetchone()[0])
    return differed + keep_years(today, anew=True, using=using)


def recent_months(today: dt.date) -> Months:
    """The last twelve whole months before a day."""
    return last_twelve_months(today)
