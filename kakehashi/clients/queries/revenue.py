"""What accounts brought, by the relation that the money package hangs on them.

No sum mixes currencies. Cost is read only where its own policy shows it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from kakehashi.base.periods import last_twelve_months
from kakehashi.clients.models import Account

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from kakehashi.base.periods import Months


@dataclass(frozen=True)
class Amount:
    """A sum with its currency."""

    net_revenue: Decimal
    currency: str


@dataclass(frozen=True)
class Month:
    """One month of one currency. Cost and margin only if the cost of every line is seen."""

    month: dt.date
    billings: Decimal
    net_revenue: Decimal
    cost: Decimal | None

    @property
    def margin(self) -> Decimal | None:
        return None if self.cost is None else self.net_revenue - self.cost


def net_revenue_of(accounts: Collection[UUID], months: Months) -> dict[UUID, list[Amount]]:
    """Net revenue of some accounts in a period, the largest currency first."""
    rows = (
        Account.objects.filter(pk__in=accounts)
        .filter(revenue__month__range=(months.first, months.last))
        .values("pk", "revenue__currency")
        .annotate(net=Sum("revenue__net_revenue"))
        .order_by("pk", "-net")
    )
    found: dict[UUID, list[Amount]] = defaultdict(list)
    for row in rows:
        found[row["pk"]].append(Amount(row["net"], row["revenue__currency"]))
    return dict(found)


def last_year_of(account: Account, today: dt.date) -> list[Amount]:
    """An account's net revenue of the last twelve full months."""
    return net_revenue_of([account.pk], last_twelve_months(today)).get(account.pk, [])


def months_of(account: Account, months: Months) -> dict[str, list[Month]]:
    """Month by month, newest first, for each currency."""
    rows = (
        account.revenue.filter(month__range=(months.first, months.last))
        .values("currency", "month")
        .annotate(
            billed=Sum("billings"),
            net=Sum("net_revenue"),
            cost=Sum("cost_row__cost"),
            without_cost=Count("pk", filter=Q(cost_row__isnull=True)),
        )
        .order_by("currency", "-month")
    )
    found: dict[str, list[Month]] = defaultdict(list)
    for row in rows:
        cost = None if row["without_cost"] else row["cost"]
        found[row["currency"]].append(Month(row["month"], row["billed"], row["net"], cost))
    return dict(found)


def total(rows: Iterable[Month], months: Months) -> Decimal:
    """Net revenue of the months of a period among some rows of one currency."""
    return sum((row.net_revenue for row in rows if row.month in months), Decimal(0))
