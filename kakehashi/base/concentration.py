"""How much of the revenue hangs on how few accounts.

Measures of market concentration applied, by analogy, to an agency's portfolio. An account that
brought nothing, or less than nothing, has no share.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from heapq import nlargest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTHING = Decimal(0)
HHI_WHOLE = Decimal(10_000)
"""The index where one account is everything."""

A_UP_TO = Decimal("0.80")
B_UP_TO = Decimal("0.95")

AT_TOP = 5
EXACT = 60
"""Digits: squares of the longest amounts, and their sums, have fewer."""


@dataclass(frozen=True)
class Concentration:
    """How much of a sum hangs on how few: what is read of a portfolio at a glance.

    `top1` and `top5` are what the largest make together: concentration ratios (Rosenbluth 1955).
    `hhi`, the Herfindahl–Hirschman index, is the sum of squared percentages, 10,000/n to 10,000:
    Hirschman (1945) took the root of the sum of squares, Herfindahl (1950) the sum itself.
    `effective_number` is how many accounts of equal size would be as concentrated: 10,000 / HHI
    (Adelman 1969). All are zero if there is nothing to share.
    """

    top1: Decimal
    top5: Decimal
    hhi: Decimal
    effective_number: Decimal


@dataclass(frozen=True)
class Spread:
    """What has to be known of amounts to say how concentrated they are, with or without one."""

    total: Decimal
    squares: Decimal
    largest: tuple[Decimal, ...]

    @classmethod
    def of(cls, amounts: Iterable[Decimal]) -> Spread:
        """Nothing, and less than nothing, counts for nothing."""
        positive = [amount for amount in amounts if amount > 0]
        with localcontext(prec=EXACT):
            squares = sum((amount * amount for amount in positive), _NOTHING)
        return cls(sum(positive, _NOTHING), squares, tuple(nlargest(AT_TOP + 1, positive)))

    def without(self, amount: Decimal) -> Spread:
        """All amounts but one of those that were counted; then no other can be taken away."""
        if amount <= 0:
            return self
        largest = list(self.largest)
        if amount in largest:
            largest.remove(amount)
        with localcontext(prec=EXACT):
            squares = self.squares - amount * amount
        return Spread(self.total - amount, squares, tuple(largest))

    @property
    def told(self) -> Concentration:
        if not self.total:
            return Concentration(_NOTHING, _NOTHING, _NOTHING, _NOTHING)
        with localcontext(prec=EXACT):
            whole = self.total * self.total
            top1, top5 = (sum(self.largest[:n], _NOTHING) / self.total for n in (1, AT_TOP))
            index, alike = self.squares / whole * HHI_WHOLE, whole / self.squares
        return Concentration(+top1, +top5, +index, +alike)


def class_of(part: Decimal, before: Decimal) -> str:
    """Class A up to 80 % of the running total, B up to 95 %, C the rest, largest first.

    Dickie (1951). `before` is what the larger ones make together: the account that crosses a line
    belongs to the upper class.
    """
    if not part:
        return "C"
    if before < A_UP_TO:
        return "A"
    return "B" if before < B_UP_TO else "C"
