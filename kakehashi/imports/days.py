"""Days as SQL says them. Today is the agency's, not the database's.

What begins without a day begins today where it happens: in New York it is still yesterday.
"""

from __future__ import annotations

from django.utils.timezone import localdate, now


def today() -> str:
    return f"DATE '{localdate().isoformat()}'"


def today_in(zone: str) -> str:
    """The day it is in an office, of which `zone` is the time zone."""
    return f"(TIMESTAMPTZ '{now().isoformat()}' AT TIME ZONE {zone})::date"


def not_over(row: str) -> str:
    """Whether a dated row holds today or later."""
    return f"({row}.ends_on IS NULL OR {row}.ends_on >= {today()})"


def holds(row: str) -> str:
    """Whether a dated row holds today."""
    return f"({row}.starts_on <= {today()} AND {not_over(row)})"


def meet(first: str, last: str, other: str, other_last: str = "") -> str:
    """Whether two spans of days have one in common; spans may be open or upside down."""
    other_last = other_last or f"{other}.ends_on"
    return (
        f"({first} <= coalesce({other_last}, 'infinity') "
        f"AND {other}.starts_on <= coalesce({last}, 'infinity'))"
    )
