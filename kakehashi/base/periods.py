"""Spans of whole months: a year so far, the last twelve months, a fiscal year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kakehashi.base.dates import fiscal_year, last_day_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Months:
    """Whole months, from the first to the last, both included and both named by their first day."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or self.last.day != 1:
            raise ValueError("A month is named by its first day.")
        if self.last < self.first:
            raise ValueError("The last month lies before the first.")

    def __len__(self) -> int:
        return months_between(self.first, self.last) + 1

    def __iter__(self) -> Iterator[date]:
        return (month_after(self.first, at) for at in range(len(self)))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last_day

    @property
    def last_day(self) -> date:
        """The last day of the last month."""
        return self.last.replace(day=monthrange(self.last.year, self.last.month)[1])

    def earlier(self, months: int) -> Months:
        """The span of the same length that many months before."""
        return Months(month_after(self.first, -months), month_after(self.last, -months))


def month_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def month_after(month: date, months: int = 1) -> date:
    """The first day of the month that many months later; earlier if negative."""
    year, at = divmod(month.year * 12 + month.month - 1 + months, 12)
    return date(year, at + 1, 1)


def months_between(first: date, last: date) -> int:
    """How many months lie between the two: 1 from any day of April to any day of May."""
    return (last.year - first.year) * 12 + last.month - first.month


def last_twelve_months(before: date) -> Months:
    """The last twelve full months that ended before that day."""
    last = month_after(month_of(before), -1)
    return Months(month_after(last, -11), last)


def fiscal_year_months(year: int, year_end: str) -> Months:
    """The twelve months of the fiscal year that began in `year` and ends on `MM-DD`.

    Revenue is kept by the month, so a year that ends within a month counts to that month's end.
    """
    last = month_of(last_day_of(year if year_end == "12-31" else year + 1, year_end))
    return Months(month_after(last, -11), last)


def fiscal_year_of(day: date, year_end: str) -> Months:
    """The twelve months of the fiscal year a day is in, of years that end on `MM-DD`."""
    return fiscal_year_months(fiscal_year(day, year_end), year_end)


def last_day_of_month(month: date) -> date:
    """The last day of the day's month."""
    return month_after(month_of(month)) - timedelta(days=1)
