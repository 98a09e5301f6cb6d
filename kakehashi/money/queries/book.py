"""The portfolio of an account, a client, a person, an office or all of it, as its reader sees it.

Every sum is of the months that the reader may see, so none counts what is behind a wall.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q, Sum

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
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from kakehashi.base.periods import Months

    Sums = dict[str, dict[UUID, Figures]]

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
    accounts = accounts_of(scope, day)
    with sweeping():
        now, before = _sums(accounts, months, against)
        if by == BY_CLIENT:
            keys = {key for sums in (now, before) for part in sums.values() for key in part}
            families = _families(keys)
            now, before = _gathered(now, families), _gathered(before, families)
    made = [
        book(currency, measure, now.get(currency, {}), before.get(currency, {}))
        for currency in now.keys() | before.keys()
    ]
    return sorted(made, key=lambda one: (-len(one.clients), one.currency))


def months_of(
    scope: Scope, currency: str, months: Months, against: Months | None, day: dt.date
) -> list[Month]:
    """What a portfolio brought month by month, each beside the month it is compared with."""
    accounts = accounts_of(scope, day)
    with sweeping():
        brought = dict(_by_month(accounts, currency, _within(months, against)))
    earlier = list(against) if against else []
    return [
        Month(
            month,
            brought.get(month, Figures()),
            earlier[at] if at < len(earlier) else None,
            brought.get(earlier[at], Figures()) if at < len(earlier) else None,
        )
        for at, month in enumerate(months)
    ]


def sees_cost() -> bool:
    """Whether the reader sees the cost of any account, and so a margin."""
    return narrow(MonthCost.objects.all(), level="cost").exists()


def names_of(keys: Collection[UUID], by: str) -> Mapping[UUID, Account | Company]:
    """Accounts or companies, for who reads names."""
    if by == BY_ACCOUNT:
        return Account.objects.in_bulk(list(keys))
    return Company.objects.in_bulk(list(keys))


def _sums(
    accounts: QuerySet[Account] | None, months: Months, against: Months | None
) -> tuple[Sums, Sums]:
    """By currency and account: what was brought in a period, and in the one before it."""
    now: Sums = defaultdict(dict)
    before: Sums = defaultdict(dict)
    spans = [(now, months), *([(before, against)] if against else [])]
    for into, span in spans:
        kept = _of(MonthSum.objects.filter(_within(span)), accounts, "rows")
        for account, currency, billings, net in kept.values_list("account_id", "currency").annotate(
            billed=Sum("billings"), net=Sum("net_revenue")
        ):
            into[currency][account] = Figures(billings, net)
        costs = _of(MonthCost.objects.filter(_within(span)), accounts, "cost")
        for account, currency, cost, net in costs.values_list("account_id", "currency").annotate(
            spent=Sum("cost"), net=Sum("net_revenue")
        ):
            known = into[currency].get(account, Figures())
            into[currency][account] = known + Figures(cost=cost, costed=net)
    return now, before


def _by_month(
    accounts: QuerySet[Account] | None, currency: str, within: Q
) -> Iterator[tuple[dt.date, Figures]]:
    found: dict[dt.date, Figures] = {}
    kept = _of(MonthSum.objects.filter(within, currency=currency), accounts, "rows")
    for month, billings, net in kept.values_list("month").annotate(
        billed=Sum("billings"), net=Sum("net_revenue")
    ):
        found[month] = Figures(billings, net)
    costs = _of(MonthCost.objects.filter(within, currency=currency), accounts, "cost")
    for month, cost, net in costs.values_list("month").annotate(
        spent=Sum("cost"), net=Sum("net_revenue")
    ):
        found[month] = found.get(month, Figures()) + Figures(cost=cost, costed=net)
    yield from found.items()


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
