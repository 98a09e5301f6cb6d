"""Spans of whole months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.base.dates import fiscal_year
from kakehashi.base.periods import (
    Months,
    fiscal_year_months,
    last_day_of_month,
    last_twelve_months,
    month_after,
    month_of,
    months_between,
)

ANY = settings(deadline=None, max_examples=100)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MONTHS = DAYS.map(month_of)


def test_a_span_has_its_months_in_order():
    span = Months(date(2024, 11, 1), date(2025, 2, 1))

    assert list(span) == [date(2024, 11, 1), date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1)]
    assert len(span) == 4
    assert span.last_day == date(2025, 2, 28)


def test_a_span_holds_its_first_and_last_day_and_no_other():
    span = Months(date(2024, 2, 1), date(2024, 2, 1))

    assert date(2024, 2, 1) in span
    assert date(2024, 2, 29) in span
    assert date(2024, 3, 1) not in span
    assert date(2024, 1, 31) not in span


@pytest.mark.parametrize(
    ("first", "last"), [(date(2025, 1, 2), date(2025, 2, 1)), (date(2025, 2, 1), date(2025, 1, 1))]
)
def test_a_span_that_is_none_cannot_be_made(first, last):
    with pytest.raises(ValueError, match=r"month"):
        Months(first, last)


@pytest.mark.parametrize("day", [date(2025, 4, 1), date(2025, 4, 30)])
def test_the_last_twelve_full_months_end_with_the_month_before(day):
    assert last_twelve_months(day) == Months(date(2024, 4, 1), date(2025, 3, 1))


def test_the_year_before_is_the_same_span_twelve_months_earlier():
    span = last_twelve_months(date(2025, 4, 15))

    assert span.earlier(12) == Months(date(2023, 4, 1), date(2024, 3, 1))


@pytest.mark.parametrize(
    ("year", "end", "first", "last"),
    [
        (2024, "03-31", date(2024, 4, 1), date(2025, 3, 1)),
        (2024, "12-31", date(2024, 1, 1), date(2024, 12, 1)),
        (2024, "02-29", date(2024, 3, 1), date(2025, 2, 1)),
    ],
)
def test_the_months_of_a_fiscal_year(year, end, first, last):
    assert fiscal_year_months(year, end) == Months(first, last)


@ANY
@given(DAYS, st.sampled_from(["03-31", "12-31", "02-29", "06-30", "09-30"]))
def test_a_day_lies_in_the_months_of_its_fiscal_year(day, end):
    assert day in fiscal_year_months(fiscal_year(day, end), end)


@ANY
@given(MONTHS, st.integers(-500, 500))
def test_so_many_months_later_and_back_again(month, months):
    later = month_after(month, months)

    assert month_after(later, -months) == month
    assert months_between(month, later) == months


@ANY
@given(DAYS)
def test_the_day_after_a_months_last_is_the_next_months_first(day):
    assert last_day_of_month(day).month == day.month
    assert month_after(month_of(day)).toordinal() == last_day_of_month(day).toordinal() + 1
    assert len(last_twelve_months(day)) == 12
