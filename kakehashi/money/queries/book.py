"""The portfolio of an account, a client, a person, an office or all of it, as its reader sees it.

Every sum is of the months that the reader may see, so none counts what is behind a wall.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q

from kakehashi.clients.models import Account, Company, Seat
from kakehashi.clients.queries.days import holding
from kakehashi.clients.queries.offices import with_those_below
from kakehashi.money.analysis import Book, Figures, Month, book, total
from kakehashi.money.models import MonthCost, MonthSum
from kakehashi.people.models import Office, Person
from kakehashi.policy.access import narrow, sweeping

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from kakehashi.base.periods import Months

    Sums = dict[str, dict[UUID, Figures]]
    Place = tuple[str, UUID | None, dt.date | None]
    Pair = tuple[Decimal, Decimal]

OFFICE, PERSON, COMPANY, ACCOUNT = "office", "person", "company", "account"
KINDS: dict[str, type[Model]] = {
    OFFICE: Office,
    PERSON: Person,
    COMPANY: Company,
    ACCOUNT: Account,
}
BY_CLIENT, BY_ACCOUNT = "client", "account"

BELOW = """
WITH RECURSIVE down AS (
  SELECT id, 0 AS depth FROM {table} WHERE id = %s
  UNION ALL
  SELECT t.id, down.depth + 1 FROM down JOIN {table} t ON t.parent_id = down.id WHERE depth < 40
)
SELECT id FROM down
"""
ADDED_UP = """
SELECT currency, account_id, month,
  coalesce(sum({one}) FILTER (WHERE month BETWEEN now.first AND now.last), 0),
  coalesce(sum({other}) FILTER (WHERE month BETWEEN now.first AND now.last), 0),
  coalesce(sum({one}) FILTER (WHERE month BETWEEN before.first AND before.last), 0),
  coalesce(sum({other}) FILTER (WHERE month BETWEEN before.first AND before.last), 0)
FROM (SELECT %s::date, %s::date) AS now(first, last),
  (SELECT %s::date, %s::date) AS before(first, last), ({rows}) kept
GROUP BY GROUPING SETS ((currency, account_id), (currency, month))
"""
ROOTS = """
WITH RECURSIVE up AS (
  SELECT id AS start, id, parent_id, 0 AS depth FROM clients_company WHERE id = ANY (%s)
  UNION ALL
  SELECT up.start, c.id, c.parent_id, depth + 1
  FROM up JOIN clients_company c ON c.id = up.parent_id WHERE depth < 40
)
SELECT DISTINCT ON (start) start, id FROM up ORDER BY start, depth DESC
"""


@dataclass(frozen=True)
class Scope:
    """Whose portfolio; nobody's in particular is everything that the reader sees."""

    kind: str = ""
    thing: Model | None = None


def found(kind: str, pk: UUID) -> Scope | None:
    """What somebody named, if it is there for them."""
    thing = KINDS[kind]._default_manager.filter(pk=pk).first()
    return Scope(kind, thing) if thing else None


def accounts_of(scope: Scope, day: dt.date) -> QuerySet[Account] | None:
    """The accounts of a portfolio, among those that are seen; None means all of them."""
    if scope.thing is None:
        return None
    accounts, pk = Account.objects.order_by(), scope.thing.pk
    if scope.kind == OFFICE:
        return accounts.filter(lead_office__in=with_those_below(pk))
    if scope.kind == PERSON:
        return accounts.filter(
            pk__in=Seat.objects.filter(holding(day), person=pk).values("account")
        )
    if scope.kind == COMPANY:
        return accounts.filter(company__in=_below("clients_company", pk))
    return accounts.filter(pk__in=_below("clients_account", pk))


def books(
    scope: Scope,
    months: Months,
    against: Months | None,
    *,
    by: str,
    measure: str,
    day: dt.date,
) -> list[Book]:
    """One book for each currency, the one with most clients first."""
    with sweeping():
        read = _read(accounts_of(scope, day), months, against)
        now, before = read.now, read.before
        if by == BY_CLIENT:
            keys = {key for part in (now, before) for sums in part.values() for key in sums}
            families = _families(keys)
            now, before = _gathered(now, families), _gathered(before, families)
    made = [
        book(
            currency,
            measure,
            now.get(currency, {}),
            before.get(currency, {}),
            _beside(read.by_month[currency], months, against),
        )
        for currency in now.keys() | before.keys()
    ]
    return sorted(made, key=lambda one: (-len(one.clients), one.currency))


def months_of(scope: Scope, currency: str, months: Months, day: dt.date) -> list[Month]:
    """What a portfolio brought month by month in one currency."""
    with sweeping():
        read = _read(accounts_of(scope, day), months, None)
    return _beside(read.by_month[currency], months, None)


def sees_more_than(limit: int) -> bool:
    """Whether the reader sees more accounts than that, counted no further."""
    return narrow(Account.objects.order_by(), "pk")[: limit + 1].count() > limit


def sees_cost() -> bool:
    """Whether the reader sees the cost of any account, and so a margin."""
    return narrow(MonthCost.objects.all(), level="cost").exists()


def names_of(keys: Collection[UUID], by: str) -> Mapping[UUID, Account | Company]:
    """Accounts or companies, for who reads names."""
    if by == BY_ACCOUNT:
        return Account.objects.in_bulk(list(keys))
    return Company.objects.in_bulk(list(keys))


@dataclass(frozen=True)
class Read:
    """By currency: what accounts brought in a period and in the one before it, and all by month."""

    now: Sums = field(default_factory=lambda: defaultdict(dict))
    before: Sums = field(default_factory=lambda: defaultdict(dict))
    by_month: dict[str, dict[dt.date, Figures]] = field(default_factory=lambda: defaultdict(dict))


def _read(accounts: QuerySet[Account] | None, months: Months, against: Months | None) -> Read:
    """Each month that is seen is read once, whatever is asked of it."""
    read, within = Read(), _within(months, against)
    kept = _of(MonthSum.objects.filter(within), accounts, "rows")
    for row, one, other in _added_up(kept, ("billings", "net_revenue"), months, against):
        _put(read, row, Figures(*one), Figures(*other))
    costs = _of(MonthCost.objects.filter(within), accounts, "cost")
    for row, one, other in _added_up(costs, ("cost", "net_revenue"), months, against):
        _put(
            read,
            row,
            Figures(cost=one[0], costed=one[1]),
            Figures(cost=other[0], costed=other[1]),
        )
    return read


def _added_up(
    kept: QuerySet[Any], columns: tuple[str, str], months: Months, against: Months | None
) -> Iterator[tuple[Place, Pair, Pair]]:
    """By account and by month, each with the sums of both periods."""
    rows, params = kept.values("account_id", "currency", "month", *columns).query.sql_with_params()
    spans: list[dt.date | None] = [months.first, months.last]
    spans += [against.first, against.last] if against else [None, None]
    with connection.cursor() as cursor:
        cursor.execute(
            ADDED_UP.format(rows=rows, one=columns[0], other=columns[1]), [*spans, *params]
        )
        for currency, account, month, *sums in cursor:
            yield (currency, account, month), (sums[0], sums[1]), (sums[2], sums[3])


def _put(read: Read, place: Place, now: Figures, before: Figures) -> None:
    currency, account, month = place
    if account is None:
        assert month is not None
        known = read.by_month[currency].get(month, Figures())
        read.by_month[currency][month] = known + now + before
        return
    for sums, figures in ((read.now, now), (read.before, before)):
        if figures != Figures():
            sums[currency][account] = sums[currency].get(account, Figures()) + figures


def _beside(
    brought: Mapping[dt.date, Figures], months: Months, against: Months | None
) -> list[Month]:
    """Each month beside the one it is compared with."""
    earlier = list(against) if against else []
    return [
        Month(
            month,
            brought.get(month, Figures()),
            earlier[at] if earlier else None,
            brought.get(earlier[at], Figures()) if earlier else None,
        )
        for at, month in enumerate(months)
    ]


def _of(rows: QuerySet, accounts: QuerySet[Account] | None, level: str) -> QuerySet:
    seen = narrow(rows, level=level)
    return seen if accounts is None else seen.filter(account__in=accounts.values("pk"))


def _within(*spans: Months | None) -> Q:
    asked = Q()
    for span in spans:
        if span:
            asked |= Q(month__range=(span.first, span.last))
    return asked


def _families(accounts: Collection[UUID]) -> dict[UUID, UUID]:
    """The company at the head of the family that each account serves."""
    rows = narrow(Account.objects.order_by(), "pk").values_list("pk", "company_id")
    company = {pk: of for pk, of in rows if pk in accounts}
    with connection.cursor() as cursor:
        cursor.execute(ROOTS, [list(set(company.values()))])
        root = dict(cursor.fetchall())
    return {pk: root[of] for pk, of in company.items()}


def _gathered(sums: Sums, families: Mapping[UUID, UUID]) -> Sums:
    """The same by family."""
    found: Sums = {}
    for currency, figures in sums.items():
        by_family: dict[UUID, list[Figures]] = defaultdict(list)
        for account, brought in figures.items():
            by_family[families[account]].append(brought)
        found[currency] = {family: total(parts) for family, parts in by_family.items()}
    return found


def _below(table: str, pk: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(BELOW.format(table=table), [pk])
        return [row[0] for row in cursor.fetchall()]
