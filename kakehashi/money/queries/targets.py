"""Targets of a portfolio, and what has come of them so far."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
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

    from django.db.models import QuerySet

    from kakehashi.people.models import Person

MOST = 24  # targets of one portfolio
IN_ORDER = ("last", "first", "measure", "pk")


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
    return list(_standing(months, **{scope.kind: scope.thing.pk})[:MOST])


def own(person: Person, today: dt.date) -> list[Aim]:
    """Somebody's own targets of which a month is running, beside what their accounts brought."""
    scope = Scope(PERSON, person)
    found = standing(scope, _this_month(today))
    return aims(found, brought(scope, found, today), today)


def of_offices(person: Person, today: dt.date) -> list[Target]:
    """Targets, of which a month is running, of the offices somebody leads; not of those below."""
    leads = Role.objects.filter(holding(today), person=person, role__in=LINE)
    found = _standing(_this_month(today), office__in=leads.values("office"))
    return list(found.order_by("office__name", *IN_ORDER)[:MOST])


def _standing(months: Months, **whose: Any) -> QuerySet[Target]:
    found = Target.objects.filter(
        **whose, dropped_at=None, first__lte=months.last, last__gte=months.first
    )
    named = found.select_related("account", "company", "office", "person", "set_by")
    return named.order_by(*IN_ORDER)


def _this_month(today: dt.date) -> Months:
    return Months(month_of(today), month_of(today))


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
    this_month = month_of(today)
    return [
        Aim(
            target,
            sums[name_of(target)],
            sum(1 for month in target.months if month < this_month),
            len(target.months),
        )
        for target in found
    ]
