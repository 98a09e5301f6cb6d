"""The portfolio of an account, a client, a person, an office or all of it, as its reader sees it.

Every sum is of the months that the reader may see, so none counts what is behind a wall.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q

from kakehashi.clients.models import Account, Company, Seat
from kakehashi.clients.queries.days import holding
from kakehashi.clients.queries.offices import with_those_below
from kakehashi.money.analysis import (
    ALL,
    BILLINGS,
    MARGIN,
    NET_REVENUE,
    NOTHING,
    Book,
    Figures,
    Line,
    Month,
    Named,
    at_risk,
    book,
)
from kakehashi.money.models import CalendarCost, CalendarSum
from kakehashi.people.models import Office, Person
from kakehashi.policy.access import narrow, sweeping

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from contextlib import AbstractContextManager
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from kakehashi.base.periods import Months

    Kept = tuple[type[Model], str]

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
MANY = 5_000  # accounts, with which a page takes a fifth of a second of processor
NO_FIGURES = Figures()

SUMS, COSTS = (CalendarSum, "rows"), (CalendarCost, "cost")
COLUMNS = ((SUMS, ("billings", "net_revenue")), (COSTS, ("cost", "net_revenue")))
MEASURED: dict[str, tuple[Kept, str]] = {
    NET_REVENUE: (SUMS, "net_revenue_{m}"),
    BILLINGS: (SUMS, "billings_{m}"),
    MARGIN: (COSTS, "net_revenue_{m} - cost_{m}"),
}
"""Of which rows of calendar years a measure is, and how the columns of a month make it."""

FAMILIES = """
WITH RECURSIVE of_account AS MATERIALIZED ({accounts}),
up AS (
  SELECT c.id AS start, above.id, above.parent_id, 1 AS depth
  FROM (SELECT DISTINCT company_id FROM of_account) own
  JOIN clients_company c ON c.id = own.company_id
  JOIN clients_company above ON above.id = c.parent_id
  UNION ALL
  SELECT up.start, c.id, c.parent_id, depth + 1
  FROM up JOIN clients_company c ON c.id = up.parent_id WHERE depth < 40
),
family AS MATERIALIZED (SELECT DISTINCT ON (start) start, id FROM up ORDER BY start, depth DESC),
client AS MATERIALIZED (
  SELECT of_account.id, coalesce(family.id, of_account.company_id) AS key
  FROM of_account LEFT JOIN family ON family.start = of_account.company_id)
"""
"""Accounts with the company at the head of the family of theirs."""
FAMILIES_OF = """
WITH RECURSIVE down AS (
  SELECT id AS head, id, 0 AS depth FROM clients_company WHERE id = ANY (%s)
  UNION ALL
  SELECT down.head, c.id, depth + 1
  FROM down JOIN clients_company c ON c.parent_id = down.id WHERE depth < 40
),
client AS (SELECT a.id, down.head AS key FROM down JOIN clients_account a ON a.company_id = down.id)
"""
LINES = """{clients}
SELECT * FROM (
  SELECT kept.currency, {key} AS key, {one} AS one, {other} AS other
  FROM ({rows}) kept {join} GROUP BY 1, 2) line
WHERE one <> 0 OR other <> 0 ORDER BY one DESC, key
"""
MONTHS = "SELECT currency, year, {sums} FROM ({rows}) kept GROUP BY currency, year"
STEPS = 3  # after which a portfolio is added up


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


@dataclass(frozen=True)
class Question:
    """Whose portfolio, of which months beside which, by what; `day` is that of the seats."""

    scope: Scope
    months: Months
    against: Months | None
    by: str
    measure: str
    day: dt.date


def unheard(_step: int) -> None:
    """For whom nobody waits step by step."""


def books(asked: Question, named: Named = ALL, say: Callable[[int], None] = unheard) -> list[Book]:
    """One book for each currency, the one with most clients first; `say` hears of each step."""
    read = Reading(accounts_of(asked.scope, asked.day), asked.months, asked.against)
    with _at_once(asked.scope):
        lines = read.lines(asked.measure, asked.by)
        say(1)
        by_month = read.by_month()
        say(2)
        risked = [line.key for found in lines.values() for line in at_risk(found, named)]
        figures = read.figures(risked, asked.by)
        say(STEPS)
    made = [
        book(
            currency,
            asked.measure,
            lines[currency],
            _beside(by_month[currency], asked.months, asked.against),
            figures[currency],
            named,
        )
        for currency in lines.keys() | by_month.keys()
    ]
    return sorted(made, key=lambda one: (-one.count, one.currency))


def months_of(
    scope: Scope, months: Months, day: dt.date
) -> Mapping[str, Mapping[dt.date, Figures]]:
    """By currency what a portfolio brought in each month that brought anything."""
    with _at_once(scope):
        return Reading(accounts_of(scope, day), months, None).by_month()


def _at_once(scope: Scope) -> AbstractContextManager[None]:
    """Of few accounts each is looked up; of more the reader's sight is read once as a whole."""
    return nullcontext() if scope.kind in {ACCOUNT, COMPANY} else sweeping()


def is_large(scope: Scope, day: dt.date) -> bool:
    """Whether the reader sees so much of a portfolio that they are not to wait for its sums."""
    return _seen(accounts_of(scope, day))[: MANY + 1].count() > MANY


def sees_cost() -> bool:
    """Whether the reader sees the cost of any account, and so a margin."""
    return narrow(CalendarCost.objects.all(), level="cost").exists()


def names_of(keys: Collection[UUID], by: str) -> Mapping[UUID, Account | Company]:
    """Accounts or companies, for who reads names."""
    if by == BY_ACCOUNT:
        return Account.objects.in_bulk(list(keys))
    return Company.objects.in_bulk(list(keys))


@dataclass(frozen=True)
class Reading:
    """Sums of the rows of calendar years that the reader sees of some accounts; None is all."""

    accounts: QuerySet[Account] | None
    months: Months
    against: Months | None

    def lines(self, measure: str, by: str) -> dict[str, list[Line]]:
        """By currency what each client brought, the largest first; equals as their keys stand."""
        kept, form = MEASURED[measure]
        found: dict[str, list[Line]] = defaultdict(list)
        rows = self._rows(kept, self.months, self.against)
        now, before = _sum_of(form, self.months), _sum_of(form, self.against)
        for currency, key, *sums in _summed(rows, now, before, *self._clients(by)):
            found[currency].append(Line(key, *sums))
        return found

    def by_month(self) -> dict[str, dict[dt.date, Figures]]:
        """By currency what each month brought that brought anything."""
        found: dict[str, dict[dt.date, Figures]] = defaultdict(dict)
        for kept, columns in COLUMNS:
            for currency, month, *sums in self._by_month(kept, *columns):
                known = found[currency].get(month, NO_FIGURES)
                found[currency][month] = known + _brought(kept, sums)
        return found

    def figures(self, keys: list[UUID], by: str) -> dict[str, dict[UUID, Figures]]:
        """By currency what some clients brought, by every measure."""
        found: dict[str, dict[UUID, Figures]] = defaultdict(lambda: defaultdict(Figures))
        clients = (FAMILIES_OF, (keys,)) if by == BY_CLIENT else ("", ())
        for kept, columns in COLUMNS if keys else ():
            rows = self._rows(kept, self.months)
            if by == BY_ACCOUNT:
                rows = rows.filter(account__in=keys)
            one, other = (_sum_of(f"{column}_{{m}}", self.months) for column in columns)
            for currency, key, *sums in _summed(rows, one, other, *clients):
                found[currency][key] += _brought(kept, sums)
        return found

    def _by_month(self, kept: Kept, *columns: str) -> Iterator[tuple[str, dt.date, Any, Any]]:
        fields = [f"{column}_{month}" for column in columns for month in range(1, YEAR + 1)]
        asked = {*self.months, *(self.against or ())}
        rows, params = self._rows(kept, self.months, self.against).query.sql_with_params()
        sums = ", ".join(f"sum({name})" for name in fields)
        with connection.cursor() as cursor:
            cursor.execute(MONTHS.format(sums=sums, rows=rows), params)
            for currency, year, *amounts in cursor:
                for at, pair in enumerate(zip(amounts[:YEAR], amounts[YEAR:], strict=True)):
                    month = dt.date(year, at + 1, 1)
                    if month in asked and any(pair):
                        yield currency, month, *pair

    def _rows(self, kept: Kept, *spans: Months | None) -> QuerySet[Any]:
        """Rows of the years of some months."""
        model, level = kept
        asked = Q()
        for span in filter(None, spans):
            asked |= Q(year__range=(span.first.year, span.last.year))
        seen = narrow(model._default_manager.filter(asked), level=level)
        if self.accounts is not None:
            seen = seen.filter(account__in=self.accounts.values("pk"))
        return seen.values()

    def _clients(self, by: str) -> tuple[str, tuple[Any, ...]]:
        """SQL of what counts as one client, where that is not simply an account."""
        if by == BY_ACCOUNT:
            return "", ()
        seen = _seen(self.accounts).values("id", "company_id")
        accounts, params = seen.query.sql_with_params()
        return FAMILIES.format(accounts=accounts), params


def _seen(accounts: QuerySet[Account] | None) -> QuerySet[Account]:
    seen = narrow(Account.objects.order_by(), "pk")
    return seen if accounts is None else seen.filter(pk__in=accounts.values("pk"))


def _brought(kept: Kept, sums: list[Decimal]) -> Figures:
    return Figures(*sums) if kept is SUMS else Figures(NOTHING, NOTHING, *sums)


def _summed(
    kept: QuerySet[Any], one: str, other: str, clients: str, params: tuple[Any, ...]
) -> Iterator[tuple[str, UUID, Decimal, Decimal]]:
    """Two sums of each client in each currency."""
    rows, more = kept.query.sql_with_params()
    statement = LINES.format(
        clients=clients,
        key="client.key" if clients else "kept.account_id",
        join="JOIN client ON client.id = kept.account_id" if clients else "",
        one=one,
        other=other,
        rows=rows,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, (*params, *more))
        yield from cursor


def _sum_of(form: str, span: Months | None) -> str:
    """SQL of what the months of a period bring together, of rows of calendar years."""
    months: dict[int, list[str]] = defaultdict(list)
    for month in span or ():
        months[month.year].append(form.format(m=month.month))
    if not months:
        return "0::numeric"
    whens = (f"WHEN {year} THEN {' + '.join(names)}" for year, names in months.items())
    return f"sum(CASE year {' '.join(whens)} ELSE 0 END)"


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


def _below(table: str, pk: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(BELOW.format(table=table), [pk])
        return [row[0] for row in cursor.fetchall()]
