"""Sums of revenue over what the acting person may see. No sum mixes currencies."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from kakehashi.base.concentration import effective_number, hhi, shares, top_n
from kakehashi.base.periods import last_twelve_months
from kakehashi.clients.models import Account
from kakehashi.money.models import Revenue, RevenueCost
from kakehashi.policy.access import narrow, sweeping

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from kakehashi.base.periods import Months

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
    rows = _revenue_in(months).values_list("account_id", "account__code", "currency")
    with sweeping():
        for account_id, code, currency, net in rows.annotate(net=Sum("net_revenue")):
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
    lines = RevenueCost.objects.filter(
        revenue__month__gte=months.first, revenue__month__lte=months.last
    )
    sums = (
        narrow(lines, "account_id", level="cost")
        .values_list("revenue__currency")
        .annotate(cost=Sum("cost"), net=Sum("revenue__net_revenue"))
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


def _revenue_in(months: Months) -> QuerySet[Revenue]:
    return narrow(
        Revenue.objects.filter(month__gte=months.first, month__lte=months.last), "account_id"
    )


def recent_months(today: dt.date) -> Months:
    """The last twelve whole months before a day."""
    return last_twelve_months(today)
