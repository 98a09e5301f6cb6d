"""The list of accounts: filtered, sorted, by pages, with who leads and what they brought."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import nullcontext
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import DecimalField, Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from kakehashi.base.periods import last_twelve_months
from kakehashi.base.text import nfkc, reading
from kakehashi.clients.models import Account, Seat
from kakehashi.clients.queries import days, offices, revenue
from kakehashi.clients.queries.keyset import SIZE, Column, Page, edge_of, page
from kakehashi.clients.queries.words import holds
from kakehashi.people.models import ReportingLine
from kakehashi.policy.access import looked_up, narrow, sweeping
from kakehashi.policy.acting import current
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from kakehashi.clients.queries.revenue import Amount
    from kakehashi.people.models import Person

SORTS = ("name", "revenue", "status", "since")
MINE, TEAM = "mine", "team"
LEADING = (
    RoleCode.GLOBAL_ACCOUNT_MANAGER,
    RoleCode.KEY_ACCOUNT_MANAGER,
    RoleCode.NATIONAL_ACCOUNT_MANAGER,
    RoleCode.ACCOUNT_MANAGER,
    RoleCode.ACCOUNT_EXECUTIVE,
    RoleCode.ACCOUNT_SUPERVISOR,
)
"""Whose lead is the account's first face, where several roles have one."""
NO_MONEY = Value(Decimal(0), output_field=DecimalField(max_digits=18, decimal_places=4))
KANA = re.compile("[\u3041-\u30ff]")
LOOKED_UP = 1_000  # accounts of a name that are read by their ids
TALLEST = 12  # levels of the tree that a list goes down
TOPS, ROOM = 6, 60  # trees on a page, and accounts below their tops


@dataclass(frozen=True)
class Filters:
    """What a reader asks the list for."""

    q: str = ""
    status: str = ""
    office: UUID | None = None
    level: str = ""
    team: str = ""
    category: str = ""
    below: UUID | None = None
    sort: str = "name"
    descending: bool = False
    currency: str = ""
    tree: bool = False


@dataclass
class Row:
    """One account of a list, with what is told of it; `depth` in the tree.

    `is_cut` where more stands below than the page has room for.
    """

    account: Account
    seats: list[Seat] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    depth: int = 0
    is_cut: bool = False

    @cached_property
    def lead(self) -> Seat | None:
        return lead_of(self.seats)

    @cached_property
    def others(self) -> list[Seat]:
        """The team without the lead, each person once."""
        lead = self.lead
        people = {seat.person_id: seat for seat in self.seats}
        if lead is not None:
            people.pop(lead.person_id, None)
        return list(people.values())


def lead_of(seats: Iterable[Seat]) -> Seat | None:
    """The lead whom one asks for first."""
    leads = [seat for seat in seats if seat.lead]
    return min(leads, key=lambda seat: _place(seat.role), default=None)


def listed(
    reader: Person,
    filters: Filters,
    today: dt.date,
    *,
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> tuple[list[Row], Page[Account]]:
    """A page of the accounts a reader sees."""
    named = _named(filters.q)
    matching = _matching(reader, filters, today, named)
    edges: dict[str, Any] = {
        "after": after,
        "before": before,
        "size": TOPS if filters.tree else size,
    }
    found = _largest(matching, filters, today, **edges)
    if found is None:
        tops = _tops(matching) if filters.tree else matching
        ordered, columns = _ordered(tops, filters, today)
        with sweeping() if named is None and _reads_all(filters) else nullcontext():
            found = page(_told(ordered), columns, **edges)
    rows = [Row(account) for account in found.rows]
    if filters.tree:
        rows = _with_those_below(found.rows, matching)
    _tell(rows, today)
    return rows, found


def _reads_all(filters: Filters) -> bool:
    """Whether no index leads to the page: every account seen is looked at."""
    return bool(filters.q or filters.category or filters.tree or filters.sort == "revenue")


def _tops(matching: QuerySet[Account]) -> QuerySet[Account]:
    """Those above which nothing matches."""
    return matching.filter(~Exists(matching.filter(pk=OuterRef("parent"))))


def _named(q: str) -> list[UUID] | None:
    """Accounts that may be called so, by the index of names; None if all that are seen are read.

    That index has readings in another form.
    """
    if not q or KANA.search(nfkc(q)) or current().person_id is None or current().sees_few():
        return None
    return looked_up(Account, nfkc(q), past=True, most=LOOKED_UP)


def _matching(
    reader: Person, filters: Filters, today: dt.date, named: list[UUID] | None
) -> QuerySet[Account]:
    rows = narrow(Account.objects.all(), "pk")
    for name in ("status", "level"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    if filters.office:
        rows = rows.filter(lead_office__in=offices.with_those_below(filters.office))
    if filters.below:
        rows = rows.filter(parent=filters.below)
    if filters.category:
        rows = rows.filter(categories__contains=[filters.category])
    if filters.team in (MINE, TEAM):
        people = [reader.pk]
        if filters.team == TEAM:
            people = reporting_to(reader, today)
        rows = rows.filter(
            pk__in=Seat.objects.filter(days.holding(today), person__in=people).values("account")
        )
    if named is not None:
        rows = rows.filter(pk__in=named)
    return rows.filter(called(filters.q)) if filters.q else rows


def called(q: str) -> Q:
    """Accounts by any of their names, by the reading in any kana, or by their code."""
    q = nfkc(q)
    found = holds("name", q) | holds("name_en", q) | holds("code", q)
    if kana := reading(q):
        found |= Q(sort_key__contains=kana)
    return found


def reporting_to(person: Person, today: dt.date) -> list[UUID]:
    """A person and everybody who reports to them in a solid line, at any depth."""
    solid = ReportingLine.objects.filter(days.holding(today), kind=ReportingLine.Kind.SOLID)
    found = fresh = {person.pk}
    while fresh:
        below = set(solid.filter(superior__in=fresh).values_list("person_id", flat=True))
        fresh = below - found
        found = found | fresh
    return list(found)


def _ordered(
    rows: QuerySet[Account], filters: Filters, today: dt.date
) -> tuple[QuerySet[Account], tuple[Column, ...]]:
    """The rows with what they are sorted by, and the columns of that order."""
    down = filters.descending
    name = _by_name(down=down)
    if filters.sort == "status":
        return rows, (Column("status", str, down), *name)
    if filters.sort == "since":
        never = dt.date.min if down else dt.date.max  # who has no date comes last
        dated = rows.annotate(since=Coalesce("starts_on", never))
        return dated, (Column("since", dt.date.fromisoformat, down), *name)
    if filters.sort == "revenue":
        brought = rows.annotate(brought=_brought(filters.currency, today))
        return brought, _by_revenue(down=down)
    return rows, name


def _by_name(*, down: bool) -> tuple[Column, ...]:
    return Column("sort_key", str, down), Column("pk", UUID, down)


def _by_revenue(*, down: bool) -> tuple[Column, ...]:
    return Column("brought", Decimal, down), *_by_name(down=down)


def _told(rows: QuerySet[Account]) -> QuerySet[Account]:
    """With all that a row shows of an account; joined late, so that no join is misplanned."""
    return rows.prefetch_related("lead_office", "company")


def _largest(
    matching: QuerySet[Account], filters: Filters, today: dt.date, **edges: Any
) -> Page[Account] | None:
    """A page of those who brought most, by sums that are kept in order; None where they do not do.

    They lead to whoever brought something: once a page is not filled by such accounts, or where
    few are looked through anyway, all are sorted by what they brought.
    """
    plain = Filters(sort="revenue", descending=True, currency=filters.currency)
    if filters != plain or current().sees_few():
        return None
    earning = matching.filter(
        year_sums__last=last_twelve_months(today).last,
        year_sums__currency=filters.currency,
        year_sums__net_revenue__gt=0,
    ).annotate(brought=F("year_sums__net_revenue"))
    columns = _by_revenue(down=True)
    edge = edge_of(columns, edges["before"])
    if edge is not None and edge[0] <= 0:
        return None
    found = page(_told(earning), columns, **edges)
    return found if found.next and len(found.rows) == edges["size"] else None


def _brought(currency: str, today: dt.date) -> Coalesce:
    """Net revenue of the last twelve months in one currency, for sorting."""
    months = last_twelve_months(today)
    own = Account.objects.filter(
        pk=OuterRef("pk"),
        revenue__currency=currency,
        revenue__month__range=(months.first, months.last),
    )
    total = own.order_by().values("pk").annotate(net=Sum("revenue__net_revenue")).values("net")
    return Coalesce(Subquery(total), NO_MONEY)


def _with_those_below(tops: list[Account], matching: QuerySet[Account]) -> list[Row]:
    """The tops of a tree, each followed by what matches below it; a query for each level."""
    children: dict[UUID | None, list[Account]] = {}
    cut: set[UUID] = set()
    level, room = tops, ROOM
    for _depth in range(TALLEST):
        if not level:
            break
        parents = [account.pk for account in level]
        level, without_room = _children(parents, matching, room)
        cut |= without_room
        room -= len(level)
        for account in level:
            children.setdefault(account.parent_id, []).append(account)
    found: list[Row] = []

    def descend(account: Account, depth: int) -> None:
        found.append(Row(account, depth=depth, is_cut=account.pk in cut))
        for child in children.get(account.pk, ()):
            descend(child, depth + 1)

    for top in tops:
        descend(top, 0)
    return found


def _children(
    parents: list[UUID], matching: QuerySet[Account], room: int
) -> tuple[list[Account], set[UUID]]:
    """What stands below some accounts as far as there is room, and below which there is more."""
    below = matching.filter(parent__in=parents)
    ordered = below.select_related("lead_office", "company").order_by("parent_id", "sort_key", "pk")
    found = list(ordered[: room + 1])
    if len(found) <= room:
        return found, set()
    left_out = below.filter(parent__gte=found[room].parent_id)
    return found[:room], set(left_out.order_by().values_list("parent_id", flat=True).distinct())


def _tell(rows: list[Row], today: dt.date) -> None:
    """Put on rows what is told of each account, in two queries for all of them."""
    accounts = [row.account for row in rows]
    ids = [account.pk for account in accounts]
    amounts = revenue.net_revenue_of(ids, last_twelve_months(today))
    seats = current_seats(accounts)
    for row in rows:
        row.amounts = amounts.get(row.account.pk, [])
        row.seats = seats.get(row.account.pk, [])


def current_seats(accounts: list[Account]) -> dict[UUID, list[Seat]]:
    """Who serves each account on the day it is in its lead office; leads and seniors first."""
    day = {account.pk: days.today(account) for account in accounts}
    seats = Seat.objects.filter(account__in=day).select_related("person")
    found: dict[UUID, list[Seat]] = {}
    for seat in seats.order_by("person__sort_key", "pk"):
        if seat.holds_on(day[seat.account_id]):
            found.setdefault(seat.account_id, []).append(seat)
    return {account: in_order(team) for account, team in found.items()}


def in_order(seats: Iterable[Seat]) -> list[Seat]:
    """Seats as a page lists them: leads first, then by role; else as they come."""
    return sorted(seats, key=lambda seat: (not seat.lead, _place(seat.role)))


def _place(role: str) -> int:
    """Where a role stands on the page: the first faces, then as in the list of roles."""
    if role in LEADING:
        return LEADING.index(RoleCode(role))
    return len(LEADING) + list(RoleCode.values).index(role)
