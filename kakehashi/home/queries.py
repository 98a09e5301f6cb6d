"""What a person's first page shows: their accounts, and what they look after."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from kakehashi.clients.models import Account, Seat
from kakehashi.conflicts.models import Denial
from kakehashi.people.models import Office, Person
from kakehashi.policy.access import narrow
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from kakehashi.money import queries as money


OVERSEEN = 12  # rows of the accounts one looks after
LARGE = 5_000  # accounts above which the portfolio is fetched after the page
KEY_ROLES = (
    RoleCode.KEY_ACCOUNT_MANAGER,
    RoleCode.GLOBAL_ACCOUNT_MANAGER,
    RoleCode.NATIONAL_ACCOUNT_MANAGER,
)


def on(day: dt.date) -> Q:
    """Dated rows that hold on a day."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def number_seen() -> int:
    """How many accounts are seen, counted no further than LARGE + 1."""
    return narrow(Account.objects.all(), "pk")[: LARGE + 1].count()


@dataclass(frozen=True)
class KeyShare:
    """What accounts led by key, global or national account managers bring of a portfolio."""

    share: Decimal
    accounts: int


def key_share(portfolio: money.Portfolio, day: dt.date) -> KeyShare:
    ids = [s.account.pk for s in portfolio.slices]
    key: set[UUID] = set(
        Seat.objects.filter(on(day), account__in=ids, role__in=KEY_ROLES).values_list(
            "account_id", flat=True
        )
    )
    parts = [s.share for s in portfolio.slices if s.account.pk in key]
    return KeyShare(sum(parts, Decimal(0)), len(parts))


@dataclass(frozen=True)
class Watch:
    """What a conflicts officer looks at first: standing denials, and those due for review."""

    standing: int
    walls: int
    due: list[Denial]


def watch(day: dt.date) -> Watch:
    standing = Denial.objects.filter(lifted_at=None)
    due = standing.filter(review_on__lte=day).select_related("wall", "account", "person")
    return Watch(
        standing=standing.count(),
        walls=standing.values("wall").distinct().count(),
        due=list(due.order_by("review_on", "id")[:OVERSEEN]),
    )


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
        Step("accounts", number_seen()),
        Step("seats", narrow(Seat.objects.all())[: LARGE + 1].count()),
    ]


def by_status(limit: int = LARGE) -> dict[str, int]:
    """How many accounts of each status are seen, of the first `limit`."""
    counts: dict[str, int] = defaultdict(int)
    for status in narrow(Account.objects.all(), "pk").values_list("status", flat=True)[:limit]:
        counts[status] += 1
    return dict(counts)
