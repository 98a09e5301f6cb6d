"""What a person's first page shows: their accounts, and what they look after."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from kakehashi.clients.models import Account, Seat
from kakehashi.conflicts.models import Denial
from kakehashi.conflicts.queries import walls
from kakehashi.money.analysis import NET_REVENUE
from kakehashi.money.models import Revenue
from kakehashi.money.queries.book import BY_ACCOUNT, Reading
from kakehashi.people.models import Office, Person
from kakehashi.policy.access import narrow, sweeping
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from django.db.models import QuerySet

    from kakehashi.base.periods import Months
    from kakehashi.conflicts.models import Wall
    from kakehashi.money import queries as money
    from kakehashi.money.analysis import Book


# Key accounts' share of sales as the literature reports it.
REPORTED = {"in_1975": Decimal("0.23"), "today": Decimal("0.60")}
OVERSEEN = 12  # rows of what one looks after
OWN = 12  # of the accounts one serves
PACED = 50  # of them, whose answers are timed
LARGE = 100  # accounts above which the portfolio is fetched after the page
COUNTED = 5_000  # how far anything else is counted
KEY_ROLES = (
    RoleCode.KEY_ACCOUNT_MANAGER,
    RoleCode.GLOBAL_ACCOUNT_MANAGER,
    RoleCode.NATIONAL_ACCOUNT_MANAGER,
)


def on(day: dt.date) -> Q:
    """Dated rows that hold on a day."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def number_seen(limit: int = LARGE) -> int:
    """How many accounts are seen, counted no further than one past the limit."""
    return narrow(Account.objects.all(), "pk")[: limit + 1].count()


def served(person: Person, day: dt.date) -> list[UUID]:
    """The accounts on which somebody is seated."""
    seats = Seat.objects.filter(on(day), person=person)
    return list(seats.order_by("account").values_list("account", flat=True).distinct())


@dataclass(frozen=True)
class KeyShare:
    """What accounts led by key, global or national account managers bring of a portfolio."""

    share: Decimal
    accounts: int


def key_share(portfolio: money.Portfolio, day: dt.date) -> KeyShare:
    seats = narrow(Seat.objects.filter(on(day), role__in=KEY_ROLES))
    key: set[UUID] = set(seats.values_list("account_id", flat=True))
    parts = [s.share for s in portfolio.slices if s.account_id in key]
    return KeyShare(sum(parts, Decimal(0)), len(parts))


def key_share_of(book: Book, months: Months, day: dt.date) -> KeyShare:
    """The same of a portfolio that was added up in the background, which names few accounts."""
    seats = narrow(Seat.objects.filter(on(day), role__in=KEY_ROLES))
    key = Account.objects.order_by().filter(pk__in=seats.values("account"))
    with sweeping():
        lines = Reading(key, months, None).lines(NET_REVENUE, BY_ACCOUNT)[book.currency]
    earned = sum((line.amount for line in lines if line.amount > 0), Decimal(0))
    return KeyShare(earned / book.whole if book.whole else Decimal(0), len(lines))


@dataclass(frozen=True)
class DueWall:
    """A wall whose denials are to be reviewed since a day: which accounts, how many people."""

    name: str
    review_on: dt.date
    accounts: list[Account]
    people: int


@dataclass(frozen=True)
class Watch:
    """What a conflicts officer looks at first: standing denials, and those due for review."""

    standing: int
    walls: int
    flagged: list[Wall]
    due: list[DueWall]


def watch(day: dt.date) -> Watch:
    standing = Denial.objects.filter(lifted_at=None)
    return Watch(
        standing=standing.count() + walls.number_derived(),
        walls=walls.number_standing(),
        flagged=walls.flagged(),
        due=_due(standing.filter(review_on__lte=day)),
    )


def _due(denials: QuerySet[Denial]) -> list[DueWall]:
    """Denials by wall and day of review, the oldest day first."""
    found: dict[tuple[dt.date, str], list[Denial]] = defaultdict(list)
    for denial in denials.select_related("wall", "account").order_by("review_on", "id"):
        assert denial.review_on is not None  # they were filtered by it
        found[denial.review_on, denial.wall.name].append(denial)
    return [
        DueWall(
            name,
            review_on,
            list({denial.account_id: denial.account for denial in group}.values()),
            len({denial.person_id for denial in group}),
        )
        for (review_on, name), group in list(found.items())[:OVERSEEN]
    ]


@dataclass(frozen=True)
class Ledger:
    """What finance looks at first: how far revenue is loaded, and who is missing in that month."""

    month: dt.date | None
    missing: list[Account]
    missing_count: int


def ledger(before: dt.date) -> Ledger:
    """The last month with revenue before a day, and active accounts that have none in it."""
    loaded = narrow(Revenue.objects.filter(month__lte=before)).order_by("-month")
    month = loaded.values_list("month", flat=True).first()
    if month is None:
        return Ledger(None, [], 0)
    active = narrow(Account.objects.filter(status=Account.Status.ACTIVE), "pk")
    missing = active.exclude(Exists(Revenue.objects.filter(account=OuterRef("pk"), month=month)))
    found = list(missing.order_by("sort_key", "id")[: COUNTED + 1])
    return Ledger(month, found[:OVERSEEN], len(found))


@dataclass(frozen=True)
class Step:
    """One step of moving in: what there is of it so far."""

    kind: str
    done: int


def moving_in() -> list[Step]:
    """How far an agency has moved in, as its administrator sees it."""
    ours = Person.objects.filter(side=Person.Side.OURS)
    return [
        Step("offices", Office.objects.count()),
        Step("people", ours.count()),
        Step("accounts", number_seen(COUNTED)),
        Step("seats", narrow(Seat.objects.all())[: COUNTED + 1].count()),
    ]
