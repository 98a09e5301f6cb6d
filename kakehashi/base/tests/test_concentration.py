"""How much hangs on how few."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.base.concentration import (
    Spread,
    abc,
    concentration,
    cumulative,
    effective_number,
    gini,
    hhi,
    shares,
    top_n,
)

ANY = settings(deadline=None, max_examples=100)
AMOUNTS = st.lists(st.integers(-(10**9), 10**12).map(Decimal), min_size=1, max_size=60)


def decimals(*numbers):
    return [Decimal(str(number)) for number in numbers]


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
    assert hhi(shares(decimals(*amounts))) == index


def test_the_effective_number_is_how_many_equal_accounts_it_looks_like():
    assert effective_number(shares(decimals(7, 7, 7, 7))) == 4
    assert effective_number(shares(decimals(100, 0))) == 1
    assert effective_number([]) == 0


def test_an_account_that_brought_nothing_or_less_has_no_share():
    assert shares(decimals(60, -20, 40, 0)) == decimals("0.6", 0, "0.4", 0)


def test_the_largest_shares_together():
    parts = shares(decimals(10, 40, 20, 30))

    assert top_n(parts, 1) == Decimal("0.4")
    assert top_n(parts, 3) == Decimal("0.9")
    assert top_n(parts, 99) == 1
    assert top_n([], 5) == 0


@pytest.mark.parametrize(
    ("amounts", "classes"),
    [
        ({"a": 79, "b": 15, "c": 6}, {"a": "A", "b": "A", "c": "B"}),
        ({"a": 80, "b": 15, "c": 5}, {"a": "A", "b": "B", "c": "C"}),
        ({"c": 5, "a": 80, "b": 15}, {"c": "C", "a": "A", "b": "B"}),
        ({"one": 100}, {"one": "A"}),
        ({"a": 100, "none": 0, "less": -5}, {"a": "A", "none": "C", "less": "C"}),
        ({}, {}),
    ],
)
def test_the_account_that_crosses_a_line_belongs_to_the_upper_class(amounts, classes):
    found = abc({key: Decimal(amount) for key, amount in amounts.items()})

    assert found == classes
    assert list(found) == list(amounts)


@pytest.mark.parametrize(
    ("amounts", "index"),
    [((1, 1, 1, 1), 0), ((0, 0, 0, 1), "0.75"), ((1, 2, 3, 4), "0.25"), ((), 0), ((0,), 0)],
)
def test_inequality_of_known_portfolios(amounts, index):
    assert gini(decimals(*amounts)) == Decimal(str(index))


@ANY
@given(AMOUNTS)
def test_the_measures_stay_within_their_bounds(amounts):
    parts = shares(amounts)
    earning = sum(amount > 0 for amount in amounts)
    rounding = Decimal("1e-20")

    assert all(0 <= part <= 1 for part in parts)
    if not earning:
        assert hhi(parts) == effective_number(parts) == gini(amounts) == 0
        return
    assert abs(sum(parts) - 1) < rounding
    assert Decimal(10_000) / earning - rounding * 10_000 <= hhi(parts) <= 10_000 + rounding * 10_000
    assert 1 - rounding <= effective_number(parts) <= earning + rounding * earning
    assert -rounding <= gini(amounts) < 1
    assert top_n(parts, 1) == max(parts)


@ANY
@given(AMOUNTS, st.randoms())
def test_the_order_of_the_accounts_does_not_matter(amounts, random):
    mixed = random.sample(amounts, len(amounts))

    assert abs(hhi(shares(mixed)) - hhi(shares(amounts))) < Decimal("1e-18")
    assert abs(gini(mixed) - gini(amounts)) < Decimal("1e-20")


def test_the_curve_of_a_portfolio_runs_up_to_the_whole():
    assert cumulative(shares(decimals(50, 30, 20))) == decimals("0.5", "0.8", 1)
    assert cumulative([]) == []


def test_a_portfolio_at_a_glance():
    found = concentration(decimals(40, 30, 20, 10, 0))

    assert (found.top1, found.top5, found.hhi) == (Decimal("0.4"), 1, 3000)
    assert round(found.effective_number, 2) == Decimal("3.33")


def test_without_its_largest_a_portfolio_is_that_of_the_others():
    left = Spread.of(decimals(40, 30, 20, 10)).without(Decimal(40)).told

    assert left.top1 == Decimal("0.5")
    assert round(left.hhi) == 3889  # 50² + 33.3² + 16.7²


@ANY
@given(AMOUNTS, st.data())
def test_what_is_left_is_spread_as_if_it_had_been_all(amounts, data):
    at = data.draw(st.integers(0, len(amounts) - 1))

    left = Spread.of(amounts).without(amounts[at])
    others = Spread.of([*amounts[:at], *amounts[at + 1 :]])
    assert left.told == others.told
    parts = shares([*amounts[:at], *amounts[at + 1 :]])
    assert abs(left.told.hhi - hhi(parts)) < Decimal("1e-18")
    assert abs(left.told.top5 - top_n(parts, 5)) < Decimal("1e-20")
