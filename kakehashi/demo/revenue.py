"""Three years of revenue by month and service line: seasons, growth, and what it cost."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kakehashi.base.money import quantised
from kakehashi.base.periods import fiscal_year_of, months_between
from kakehashi.demo.content.accounts import HISTORY
from kakehashi.demo.content.people import SIGN_INS
from kakehashi.demo.content.revenue import FEE, REVENUE, SERVICE_LINES, TARGETS, YEARS
from kakehashi.money import actions, queries
from kakehashi.money.asking import OURS_END
from kakehashi.money.models import Revenue, RevenueCost
from kakehashi.money.queries.book import Scope, months_of
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kakehashi.demo.content.revenue import RevenueRow, ServiceLine
    from kakehashi.demo.world import World

MONTHS = 36
MILLION = 1_000_000
BATCH = 2_000
STILL = {"prospect", "dormant", "lost"}  # states in which nothing is bought
BOOKKEEPER = dict(SIGN_INS)[RoleCode.FINANCE]
DIRECTOR = dict(SIGN_INS)[RoleCode.AGENCY_DIRECTOR]
WHOLE = {"JPY": Decimal(1000)}  # yen are kept in thousands, other money in its own units


def book_revenue(world: World) -> None:
    """What each account brought until last month, booked by finance, who alone sees the cost."""
    with world.acting(BOOKKEEPER):
        rows = [pair for row in REVENUE for pair in _of(world, row)]
        Revenue.objects.bulk_create([line for line, _cost in rows], batch_size=BATCH)
        RevenueCost.objects.bulk_create(
            [RevenueCost(revenue=line, account_id=line.account_id, cost=c) for line, c in rows],
            batch_size=BATCH,
        )


def add_up(world: World) -> None:
    """Lists of accounts are sorted by what they brought in a year."""
    queries.keep_years(world.today)


def set_targets(world: World) -> None:
    """What this fiscal year is to bring, by the agency's director, from what the last one did."""
    year = fiscal_year_of(world.today, OURS_END)
    known = {
        "office": world.offices, "account": world.accounts, "company": world.companies,
        "person": world.people,
    }  # fmt: skip
    with world.acting(DIRECTOR) as director:
        for kind, code, growth in TARGETS:
            of = known[kind][code]  # type: ignore[index]
            before = months_of(Scope(kind, of), year.earlier(12), world.today)["JPY"]
            net = sum(one.net_revenue for one in before.values())
            actions.set_target(
                of=of, first=year.first, last=year.last, measure="net_revenue", currency="JPY",
                amount=Decimal(round(float(net) * growth / MILLION) * MILLION),
                by=director, at=world.at(year.first),
            )  # fmt: skip


def _of(world: World, row: RevenueRow) -> Iterator[tuple[Revenue, Decimal]]:
    chance = world.chance(f"revenue of {row.account}")
    account = world.accounts[row.account]
    lines = (FEE,) if account.level == "global" else SERVICE_LINES
    for ago in range(MONTHS, 0, -1):
        month = world.month(ago)
        # drawn for months without revenue too, so that a history does not shift the others
        noise, dear = chance.uniform(0.92, 1.08), chance.uniform(0.94, 1.07)
        parts = [line.share * chance.uniform(0.9, 1.1) for line in lines]
        if not _buys(world, row.account, month):
            continue
        grown = row.net * (1 + row.growth) ** ((MONTHS - ago) / 12)
        net = grown * YEARS[row.year][month.month - 1] * noise
        for line, part in zip(lines, parts, strict=True):
            revenue = _line(row, line, net * part)
            revenue.account, revenue.month = account, month
            yield revenue, _whole(float(revenue.net_revenue) * row.cost * dear, row.currency)


def _line(row: RevenueRow, line: ServiceLine, net: float) -> Revenue:
    return Revenue(
        service_line=line.name if row.currency == "JPY" else line.name_en,
        currency=row.currency,
        billings=_whole(net * line.billed, row.currency),
        net_revenue=_whole(net, row.currency),
    )


def _whole(amount: float, currency: str) -> Decimal:
    unit = WHOLE.get(currency, Decimal(1))
    return quantised(Decimal(round(amount / float(unit))) * unit, currency)


def _buys(world: World, account: str, month: dt.date) -> bool:
    """Whether the account was active in a month."""
    ago = months_between(month, world.month(0))
    standing = [status for since, status, _reason in HISTORY.get(account, ()) if since >= ago]
    return not standing or standing[-1] not in STILL
