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
from kakehashi.money.analysis import NOTHING, Book, Figures, Month, book
from kakehashi.money.models import CalendarCost, CalendarSum
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
BY_CLIENT, BY_ACCOUNT, BY_MONTH = "client", "account", "month"

BELOW = """
WITH RECURSIVE down AS (
  SELECT id, 0 AS depth FROM {table} WHERE id = %s
  UNION ALL
  SELECT t.id, down.depth + 1 FROM down JOIN {table} t ON t.parent_id = down.id WHERE depth < 40
)
SELECT id FROM down
"""
YEAR = 12  # months
NO_FIGURES = Figures()

PARTS = {
    BY_CLIENT: """of_account AS MATERIALIZED ({accounts}), parts AS MATERIALIZED (
  SELECT kept.currency, of_account.company_id AS key, kept.year, {sums}
  FROM ({rows}) kept JOIN of_account ON of_account.id = kept.account_id GROUP BY 1, 2, 3)""",
    BY_ACCOUNT: """parts AS MATERIALIZED (
  SELECT currency, account_id AS key, year, {columns} FROM ({rows}) kept)""",
    BY_MONTH: """parts AS MATERIALIZED (
  SELECT currency, NULL::uuid AS key, year, {sums} FROM ({rows}) kept GROUP BY 1, 3)""",
}
"""Rows of a calendar year by what a portfolio is made of: a sum for each of its months."""
ADDED_UP = """
WITH {parts}
SELECT currency, key, NULL::date AS month, {now_one}, {now_other}, {before_one}, {before_other}
FROM parts WHERE key IS NOT NULL GROUP BY currency, key
UNION ALL
SELECT currency, NULL, make_date(year, month, 1), one, other, 0, 0
FROM (SELECT currency, year, {sums} FROM parts GROUP BY currency, year) year,
  LATERAL (VALUES {months}) AS months(month, one, other)
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
        read = _read(accounts_of(scope, day), months, against, by)
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
        read = _read(accounts_of(scope, day), months, None, BY_MONTH)
    return _beside(read.by_month[currency], months, None)


def sees_more_than(limit: int) -> bool:
    """Whether the reader sees more accounts than that, counted no further."""
    return narrow(Account.objects.order_by(), "pk")[: limit + 1].count() > limit


def sees_cost() -> bool:
    """Whether the reader sees the cost of any account, and so a margin."""
    return narrow(CalendarCost.objects.all(), level="cost").exists()


def names_of(keys: Collection[UUID], by: str) -> Mapping[UUID, Account | Company]:
    """Accounts or companies, for who reads names."""
    if by == BY_ACCOUNT:
        return Account.objects.in_bulk(list(keys))
    return Company.objects.in_bulk(list(keys))


@dataclass(frozen=True)
class Read:
    """By currency: what clients brought in a period and in the one before it, and all by month."""

    now: Sums = field(default_factory=lambda: defaultdict(dict))
    before: Sums = field(default_factory=lambda: defaultdict(dict))
    by_month: dict[str, dict[dt.date, Figures]] = field(default_factory=lambda: defaultdict(dict))


def _read(
    accounts: QuerySet[Account] | None, months: Months, against: Months | None, by: str
) -> Read:
    """Each year that is seen is read once, whatever is asked of it. Clients are companies here."""
    read, within = Read(), _within(months, against)
    spans, whose = (months, against), _seen(accounts)
    kept = _of(CalendarSum.objects.filter(within), accounts, "rows")
    for place, now, before in _added_up(kept, ("billings", "net_revenue"), spans, by, whose):
        _put(read, place, Figures(*now), Figures(*before))
    costs = _of(CalendarCost.objects.filter(within), accounts, "cost")
    for place, now, before in _added_up(costs, ("cost", "net_revenue"), spans, by, whose):
        _put(read, place, Figures(NOTHING, NOTHING, *now), Figures(NOTHING, NOTHING, *before))
    return read


def _added_up(
    kept: QuerySet[Any],
    columns: tuple[str, str],
    spans: tuple[Months, Months | None],
    by: str,
    accounts: QuerySet[Any],
) -> Iterator[tuple[Place, Pair, Pair]]:
    """By client and by month, each with the sums of both periods."""
    fields = [f"{column}_{month}" for column in columns for month in range(1, YEAR + 1)]
    rows, params = kept.values("account_id", "currency", "year", *fields).query.sql_with_params()
    told = {
        "sums": ", ".join(f"sum({name}) AS {name}" for name in fields),
        "columns": ", ".join(fields),
    }
    if by == BY_CLIENT:
        told["accounts"], first = accounts.query.sql_with_params()
        params = (*first, *params)
    statement = ADDED_UP.format(
        parts=PARTS[by].format(rows=rows, **told),
        sums=told["sums"],
        months=", ".join(f"({m}, {columns[0]}_{m}, {columns[1]}_{m})" for m in range(1, YEAR + 1)),
        now_one=_sum_of(columns[0], spans[0]),
        now_other=_sum_of(columns[1], spans[0]),
        before_one=_sum_of(columns[0], spans[1]),
        before_other=_sum_of(columns[1], spans[1]),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for currency, key, month, *sums in cursor:
            yield (currency, key, month), (sums[0], sums[1]), (sums[2], sums[3])


def _sum_of(column: str, span: Months | None) -> str:
    """SQL of what the months of a period bring together, of rows of calendar years."""
    months: dict[int, list[str]] = defaultdict(list)
    for month in span or ():
        months[month.year].append(f"{column}_{month.month}")
    if not months:
        return "0::numeric"
    whens = (f"WHEN {year} THEN {' + '.join(names)}" for year, names in months.items())
    return f"sum(CASE year {' '.join(whens)} ELSE 0 END)"


def _put(read: Read, place: Place, now: Figures, before: Figures) -> None:
    currency, key, month = place
    if key is None:
        assert month is not None
        _add(read.by_month[currency], month, now)
        return
    for sums, figures in ((read.now, now), (read.before, before)):
        if figures != NO_FIGURES:
            _add(sums[currency], key, figures)


def _add(sums: dict[Any, Figures], key: object, figures: Figures) -> None:
    sums[key] = sums[key] + figures if key in sums else figures


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


def _seen(accounts: QuerySet[Account] | None) -> QuerySet[Any]:
    """The company of each account that may count."""
    seen = narrow(Account.objects.order_by(), "pk")
    asked = seen if accounts is None else seen.filter(pk__in=accounts.values("pk"))
    return asked.values("id", "company_id")


def _within(*spans: Months | None) -> Q:
    asked = Q()
    for span in spans:
        if span:
            asked |= Q(year__range=(span.first.year, span.last.year))
    return asked


def _families(companies: Collection[UUID]) -> dict[UUID, UUID]:
    """The company at the head of the family of each."""
    with connection.cursor() as cursor:
        cursor.execute(ROOTS, [list(companies)])
        return dict(cursor.fetchall())


def _gathered(sums: Sums, families: Mapping[UUID, UUID]) -> Sums:
    """The same by family."""
    found: Sums = {}
    for currency, figures in sums.items():
        by_family = found[currency] = {}
        for company, brought in figures.items():
            _add(by_family, families[company], brought)
    return found


def _below(table: str, pk: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(BELOW.format(table=table), [pk])
        return [row[0] for row in cursor.fetchall()]
