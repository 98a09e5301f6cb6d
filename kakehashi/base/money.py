"""Amounts in a currency's own minor unit. An amount is a Decimal; its currency stands beside it."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable

_USUAL = 2
_OTHERS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_DIGITS = {currency: digits for digits, codes in _OTHERS.items() for currency in codes.split()}


class Rounding(StrEnum):
    """What becomes of a fraction of the minor unit. Contracts and tax offices choose."""

    DOWN = ROUND_FLOOR
    UP = ROUND_CEILING
    HALF_UP = ROUND_HALF_UP
    HALF_EVEN = ROUND_HALF_EVEN


def minor_units(currency: str) -> int:
    """How many digits the currency has after the point (ISO 4217): JPY 0, USD 2, KWD 3."""
    return _DIGITS.get(currency, _USUAL)


def smallest(currency: str) -> Decimal:
    """The smallest amount of the currency: ¥1, $0.01."""
    return Decimal(1).scaleb(-minor_units(currency))


def quantised(amount: Decimal, currency: str, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
    """The amount in whole minor units."""
    return amount.quantize(smallest(currency), rounding=rounding.value)


def check_amount(amount: Decimal, currency: str) -> Decimal:
    """The amount in whole minor units, if nothing has to be rounded away for that."""
    exact = quantised(amount, currency)
    if exact != amount:
        raise Unreadable(
            _("%(amount)s is too exact: %(currency)s has %(digits)s decimal places.")
            % {"amount": amount, "currency": currency, "digits": minor_units(currency)}
        )
    return exact
