"""Sums of revenue over what the acting person may see. No sum mixes currencies."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connections
from django.db.models import Q, Sum

from kakehashi.base.concentration import effective_number, hhi, shares, top_n
from kakehashi.base.periods import last_twelve_months, month_after
from kakehashi.clients.models import Account
from kakehashi.money.models import MonthCost, MonthSum, YearKept, YearSum
from kakehashi.policy.access import narrow, sweeping

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from kakehashi.base.periods import Months

YEAR = 12  # months
MANY = 5  # the n of "the largest n accounts"


@dataclass(frozen=True)
class Slice:
    """One account's part of a portfolio; `share` between 0 and 1."""

    account_id: UUID
    code: str
    net_revenue: Decimal
    share: Decimal


@dataclass(frozen=True)
class Named:
    """A part with its account, for who reads names."""

    account: Account
    net_revenue: Decimal
    share: Decimal


@dataclass(frozen=True)
class Portfolio:
    """What the accounts brought in a period, in one currency, and how much hangs on how few.

    `hhi` runs from 0 (nothing) to 10,000 (one account is everything); `effective_number` is the
    number of equally large accounts that would be as concentrated.
    """

    currency: str
    net_revenue: Decimal
    slices: tuple[Slice, ...]
    top1: Decimal
    top5: Decimal
    hhi: Decimal
    effective_number: Decimal


def portfolios(months: Months) -> list[Portfolio]:
    """One portfolio for each currency, the largest first, of the accounts that are seen."""
    by_currency: dict[str, list[tuple[UUID, str, Decimal]]] = defaultdict(list)
    with sweeping():
        for account_id, code, currency, net in _brought(months):
            by_currency[currency].append((account_id, code, net))
    made = [_portfolio(currency, sums) for currency, sums in by_currency.items()]
    return sorted(made, key=lambda p: (-len(p.slices), p.currency))


def named(slices: Sequence[Slice]) -> list[Named]:
    """A few parts with their accounts."""
    accounts = Account.objects.in_bulk([s.account_id for s in slices])
    return [Named(accounts[s.account_id], s.net_revenue, s.share) for s in slices]


@dataclass(frozen=True)
class Cost:
    """What the revenue cost whose cost is known, and the margin on that revenue."""

    cost: Decimal
    net_revenue: Decimal

    @property
    def margin(self) -> Decimal:
        return self.net_revenue - self.cost

    @property
    def rate(self) -> Decimal:
        """Margin as a part of net revenue; 0 where there was none."""
        return self.margin / self.net_revenue if self.net_revenue else Decimal(0)


def costs(months: Months) -> dict[str, Cost]:
    """By currency, of the accounts whose cost is seen; empty for who sees no cost."""
    kept = MonthCost.objects.filter(month__range=(months.first, months.last))
    sums = (
        narrow(kept, "account_id", level="cost")
        .values_list("currency")
        .annotate(cost=Sum("cost"), net=Sum("net_revenue"))
        .exclude(cost=0, net=0)
    )
    with sweeping():
        return {currency: Cost(cost, net) for currency, cost, net in sums}


def _portfolio(currency: str, sums: Sequence[tuple[UUID, str, Decimal]]) -> Portfolio:
    largest_first = sorted(sums, key=lambda row: (-row[2], row[1]))
    amounts = [net for _account, _code, net in largest_first]
    parts = shares(amounts)
    slices = [Slice(*row, part) for row, part in zip(largest_first, parts, strict=True)]
    return Portfolio(
        currency=currency,
        net_revenue=sum(amounts, Decimal(0)),
        slices=tuple(slices),
        top1=top_n(parts, 1),
        top5=top_n(parts, MANY),
        hhi=hhi(parts),
        effective_number=effective_number(parts),
    )


def _brought(months: Months) -> Iterable[tuple[UUID, str, str, Decimal]]:
    """Account, its code, currency and sum: of a year that is kept, or of its months."""
    what = "account_id", "account__code", "currency"
    if len(months) == YEAR and YearKept.objects.filter(last=months.last).exists():
        years = YearSum.objects.filter(last=months.last).exclude(net_revenue=0)
        return narrow(years, "account_id").values_list(*what, "net_revenue")
    kept = MonthSum.objects.filter(month__range=(months.first, months.last))
    rows = narrow(kept, "account_id").values_list(*what)
    return rows.annotate(net=Sum("net_revenue")).filter(~Q(net=0))


def keep_years(today: dt.date, *, anew: bool = False, using: str = "default") -> int:
    """Have the sums of the years kept that somebody may ask for this month, or early in the next.

    It is another month already, or still, in other parts of the world. Returns how many sums were
    added or corrected.
    """
    last = recent_months(today).last
    wanted = [month_after(last, at) for at in (-1, 0, 1)]
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT policy_keep_years(%s::date[], %s)", [wanted, anew])
        return int(cursor.fetchone()[0])


def add_up(today: dt.date, *, using: str = "default") -> int:
    """Count every sum anew, months before years; returns how many were missing or differed."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT policy_count_months()")
        differed = int(cursor.fetchone()[0])
    return differed + keep_years(today, anew=True, using=using)


def recent_months(today: dt.date) -> Months:
    """The last twelve whole months before a day."""
    return last_twelve_months(today)
