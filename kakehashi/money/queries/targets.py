"""Targets of a portfolio, and what has come of them so far."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kakehashi.base.periods import Months
from kakehashi.money.analysis import NOTHING
from kakehashi.money.models import Target
from kakehashi.money.queries.book import ACCOUNT, OFFICE, PERSON, months_of

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.money.queries.book import Scope

SET_FOR = (ACCOUNT, OFFICE, PERSON)
MOST = 12  # targets of one portfolio


@dataclass(frozen=True)
class Aim:
    """A target beside what was brought: of the whole period, and what is due by now."""

    target: Target
    brought: Decimal
    elapsed: int
    length: int

    @property
    def reached(self) -> Decimal:
        return self.brought / self.target.amount

    @property
    def expected(self) -> Decimal:
        """The part of the months that is over, as if all months brought the same."""
        return Decimal(self.elapsed) / self.length

    @property
    def missing(self) -> Decimal:
        return max(self.target.amount - self.brought, NOTHING)


def aims(scope: Scope, currency: str, months: Months, today: dt.date) -> list[Aim]:
    """The standing targets of a portfolio for months of a period, the next to end first."""
    if scope.kind not in SET_FOR or scope.thing is None:
        return []
    standing = Target.objects.filter(
        **{scope.kind: scope.thing.pk}, currency=currency, dropped_at=None,
        first__lte=months.last, last__gte=months.first,
    ).select_related("account", "office", "person", "set_by")  # fmt: skip
    found = list(standing.order_by("last", "first", "measure", "pk")[:MOST])
    if not found:
        return []
    span = Months(min(one.first for one in found), max(one.last for one in found))
    brought = {one.month: one.now for one in months_of(scope, currency, span, today)}
    this_month = today.replace(day=1)
    return [
        Aim(
            target,
            sum((brought[month].of(target.measure) for month in target.months), NOTHING),
            sum(1 for month in target.months if month < this_month),
            len(target.months),
        )
        for target in found
    ]
