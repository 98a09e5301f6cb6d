"""Amounts in the currency's own minor unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.base.errors import Unreadable
from kakehashi.base.money import Rounding, check_amount, minor_units, quantised, smallest

ANY = settings(deadline=None, max_examples=100)
AMOUNTS = st.decimals(-(10**12), 10**12, places=6)


@pytest.mark.parametrize(
    ("currency", "digits"),
    [("JPY", 0), ("USD", 2), ("GBP", 2), ("KRW", 0), ("KWD", 3), ("CLF", 4), ("SGD", 2)],
)
def test_each_currency_has_its_own_minor_unit(currency, digits):
    assert minor_units(currency) == digits
    assert smallest(currency) == Decimal(10) ** -digits


@pytest.mark.parametrize(
    "currency", ["JPY", "USD", "EUR", "GBP", "CHF", "CNY", "HKD", "SGD", "KRW", "VND", "KWD", "BHD"]
)
def test_currencies_an_agency_meets_agree_with_another_source(currency):
    assert minor_units(currency) == get_currency_precision(currency)


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [(Rounding.DOWN, 31), (Rounding.UP, 32), (Rounding.HALF_UP, 32), (Rounding.HALF_EVEN, 32)],
)
def test_three_lines_of_105_yen_at_ten_percent(rounding, expected):
    tax = Decimal(3 * 105) * Decimal("0.10")

    assert quantised(tax, "JPY", rounding) == expected


@ANY
@given(AMOUNTS, st.sampled_from(["JPY", "USD", "KWD"]))
def test_rounding_moves_an_amount_by_less_than_one_minor_unit(amount, currency):
    down, up = (quantised(amount, currency, way) for way in (Rounding.DOWN, Rounding.UP))

    assert down <= amount <= up
    assert up - down in (0, smallest(currency))
    assert down <= quantised(amount, currency) <= up


def test_an_amount_finer_than_its_currency_is_refused():
    assert check_amount(Decimal("1.50"), "USD") == Decimal("1.50")
    assert check_amount(Decimal("100.000"), "JPY") == 100
    with pytest.raises(Unreadable, match="JPY has 0 decimal places"):
        check_amount(Decimal("1.5"), "JPY")
