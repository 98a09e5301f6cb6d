"""Targets of a portfolio, and what has come of them so far."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kakehashi.base.periods import Months, month_of
from kakehashi.clients.queries.days import holding
from kakehashi.money.analysis import NOTHING
from kakehashi.money.models import Target
from kakehashi.money.queries.book import NO_FIGURES, PERSON, Scope, months_of
from kakehashi.people.models import Role
from kakehashi.policy.roles import LINE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from kakehashi.people.models import Person

MOST = 24  # targets of one portfolio


@dataclass(frozen=True)
class Aim:
    """A target beside what was brought: of the whole period, and what is due by now."""

    target: Target
    brought: Decimal
    elapsed: int
    length: int

    @property
    def query(self) -> str:
        """What asks for the portfolio in the months of the target."""
        return urlencode(portfolio_of(self.target))

    @property
    def reached(self) -> Decimal:
        return self.brought / self.target.amount

    @property
    def expected(self) -> Decimal:
        """The part of the months that is over, as if all months brought the same."""
        return Decimal(self.elapsed) / self.length

    @property
    def due(self) -> Decimal:
        """What would have come by now, if all months brought the same."""
        return self.target.amount * self.elapsed / self.length

    @property
    def missing(self) -> Decimal:
        return max(self.target.amount - self.brought, NOTHING)


def standing(scope: Scope, months: Months) -> list[Target]:
    """The standing targets of a portfolio for months of a period, the next to end first."""
    if scope.thing is None:
        return []
    found = Target.objects.filter(
        **{scope.kind: scope.thing.pk}, dropped_at=None,
        first__lte=months.last, last__gte=months.first,
    ).select_related("account", "company", "office", "person", "set_by")  # fmt: skip
    return list(found.order_by("last", "first", "measure", "pk")[:MOST])


def own(person: Person, today: dt.date) -> list[Aim]:
    """Somebody's own targets of which a month is running, beside what their accounts brought."""
    scope, this_month = Scope(PERSON, person), today.replace(day=1)
    found = standing(scope, Months(this_month, this_month))
    return aims(found, brought(scope, found, today), today)


def of_offices(person: Person, today: dt.date) -> list[Target]:
    """Targets, of which a month is running, of the offices somebody leads; not of those below."""
    leads = Role.objects.filter(holding(today), person=person, role__in=LINE)
    found = Target.objects.filter(
        office__in=leads.values("office"), dropped_at=None,
        first__lte=today, last__gte=month_of(today),
    ).select_related("office")  # fmt: skip
    return list(found.order_by("office__name", "last", "first", "measure", "pk")[:MOST])


def portfolio_of(target: Target) -> dict[str, str]:
    """What the address of the portfolio a target is for asks about."""
    return {
        "whose": f"{target.of._meta.model_name}:{target.of.pk}",
        "measure": target.measure,
        "currency": target.currency,
        "from": f"{target.first:%Y-%m}",
        "to": f"{target.last:%Y-%m}",
    }


def brought(scope: Scope, found: list[Target], today: dt.date) -> dict[str, Decimal]:
    """What has come of some targets of a portfolio."""
    if not found:
        return {}
    span = Months(min(one.first for one in found), max(one.last for one in found))
    by_month = months_of(scope, span, today)
    return {
        name_of(one): sum(
            (by_month[one.currency].get(month, NO_FIGURES).of(one.measure) for month in one.months),
            NOTHING,
        )
        for one in found
    }


def name_of(target: Target) -> str:
    """A target as it stands: what has come of it is another question once it is changed."""
    return f"{target.pk} {target.version}"


def aims(found: list[Target], sums: Mapping[str, Decimal], today: dt.date) -> list[Aim]:
    """Targets beside what has come of them."""
    this_month = today.replace(day=1)
    return [
        Aim(
            target,
            sums[name_of(target)],
            sum(1 for month in target.months if month < this_month),
            len(target.months),
        )
        for target in found
    ]
