"""How much hangs on how few."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.base.concentration import Spread, class_of

ANY = settings(deadline=None, max_examples=100)
AMOUNTS = st.lists(st.integers(-(10**9), 10**12).map(Decimal), min_size=1, max_size=60)


def decimals(*numbers):
    return [Decimal(str(number)) for number in numbers]


def told(*amounts):
    return Spread.of(decimals(*amounts)).told


@pytest.mark.parametrize(
    ("amounts", "index"),
    [
        ((30, 30, 20, 20), 2600),
        ((40, 30, 20, 10), 3000),
        ((1,), 10_000),
        ((5, 5, 5, 5), 2500),
        ((), 0),
        ((0, 0), 0),
    ],
)
def test_the_herfindahl_index_of_known_portfolios(amounts, index):
    assert told(*amounts).hhi == index


def test_the_effective_number_is_how_many_equal_accounts_it_looks_like():
    assert told(7, 7, 7, 7).effective_number == 4
    assert told(100, 0).effective_number == 1
    assert told().effective_number == 0


def test_an_account_that_brought_nothing_or_less_counts_for_nothing():
    assert told(60, -20, 40, 0) == told(60, 40)


def test_the_largest_make_together_what_they_are_of_the_whole():
    found = told(10, 40, 20, 30, 60, 40)

    assert (found.top1, found.top5) == (Decimal("0.3"), Decimal("0.95"))
    assert told(3, 1).top5 == 1
    assert told().top1 == 0


@pytest.mark.parametrize(
    ("part", "before", "grade"),
    [
        ("1", "0", "A"), ("0.79", "0", "A"), ("0.15", "0.79", "A"), ("0.15", "0.80", "B"),
        ("0.06", "0.94", "B"), ("0.05", "0.95", "C"), ("0", "0", "C"), ("0", "1", "C"),
    ],
)  # fmt: skip
def test_the_account_that_crosses_a_line_belongs_to_the_upper_class(part, before, grade):
    assert class_of(Decimal(part), Decimal(before)) == grade


@ANY
@given(AMOUNTS, st.randoms())
def test_the_measures_are_those_of_the_books_in_any_order(amounts, random):
    earned = sorted((amount for amount in amounts if amount > 0), reverse=True)
    parts = [amount / sum(earned) for amount in earned]
    close = Decimal("1e-18")

    found = Spread.of(random.sample(amounts, len(amounts))).told

    assert abs(found.hhi - sum(100 * part * 100 * part for part in parts)) < close
    assert abs(found.top1 - sum(parts[:1])) < close
    assert abs(found.top5 - sum(parts[:5])) < close
    if earned:
        assert abs(found.effective_number * found.hhi - 10_000) < close
        assert 1 <= found.effective_number <= len(earned) + close


def test_without_its_largest_a_portfolio_is_that_of_the_others():
    left = Spread.of(decimals(40, 30, 20, 10)).without(Decimal(40)).told

    assert left.top1 == Decimal("0.5")
    assert round(left.hhi) == 3889  # 50² + 33.3² + 16.7²


@ANY
@given(AMOUNTS, st.data())
def test_what_is_left_is_spread_as_if_it_had_been_all(amounts, data):
    at = data.draw(st.integers(0, len(amounts) - 1))

    left = Spread.of(amounts).without(amounts[at])

    assert left.told == Spread.of([*amounts[:at], *amounts[at + 1 :]]).told
