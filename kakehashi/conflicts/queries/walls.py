"""Walls as the officer reads them: what stands, who stands where, who asked for what was not there.

All tables but the notices are the officers': to everybody else these answers are empty.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.timezone import localdate

from kakehashi.clients.models import Account, Seat
from kakehashi.conflicts.models import (
    Attempt,
    Behind,
    Denial,
    Exemption,
    Member,
    Side,
    SideRule,
    Told,
    Wall,
)
from kakehashi.people.models import Employment, Office, Person, Role
from kakehashi.policy import scope
from kakehashi.policy.models import Change
from kakehashi.policy.roles import RoleCode
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

SHOWN = 200
ATTEMPTS = 500


@dataclass
class Standing:
    """A wall in a list: how many people and accounts stand at it."""

    wall: Wall
    people: int
    accounts: int


def is_officer() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_has(ARRAY['conflicts_officer'])")
        return bool(cursor.fetchone()[0])


def standing_walls() -> list[Standing]:
    """Walls that stand, those first whose ground has ended."""
    return _counted(
        Wall.objects.filter(lifted_at=None).order_by(
            F("flagged_at").asc(nulls_last=True), "name", "pk"
        )
    )


def number_standing() -> int:
    """Walls that keep somebody out: between sides, or by denials one by one."""
    by_hand = Denial.objects.filter(lifted_at=None).values("wall")
    between = Side.objects.values("wall")
    rows = Wall.objects.filter(Q(pk__in=by_hand) | Q(pk__in=between), lifted_at=None)
    return rows.count()


def number_derived() -> int:
    """How many denials follow from sides: people of one times accounts behind the others."""
    people = dict(Member.objects.values_list("side").annotate(number=Count("id")))
    accounts = dict(Behind.objects.values_list("side").annotate(number=Count("id")))
    of_wall: dict[UUID, list[UUID]] = defaultdict(list)
    for wall, side in Side.objects.values_list("wall", "pk"):
        of_wall[wall].append(side)
    return sum(
        people.get(side, 0) * accounts.get(other, 0)
        for beside in of_wall.values()
        for side in beside
        for other in beside
        if other != side
    )


def flagged() -> list[Wall]:
    """Walls that stand although what they stood on has ended."""
    return list(
        Wall.objects.filter(lifted_at=None).exclude(flagged_at=None).order_by("flagged_at", "pk")
    )


def lifted_walls() -> list[Wall]:
    rows = Wall.objects.exclude(lifted_at=None).select_related("lifted_by")
    return list(rows.order_by("-lifted_at", "pk")[:SHOWN])


def _counted(walls: Iterable[Wall]) -> list[Standing]:
    rows = list(walls)
    people = _numbers(Member, "person", rows), _numbers(Denial, "person", rows)
    accounts = _numbers(Behind, "account", rows), _numbers(Denial, "account", rows)
    return [
        Standing(
            wall,
            sum(found.get(wall.pk, 0) for found in people),
            sum(found.get(wall.pk, 0) for found in accounts),
        )
        for wall in rows
    ]


def _numbers(model: Any, what: str, walls: list[Wall]) -> dict[UUID, int]:
    rows = model.objects.filter(wall__in=walls)
    if model is Denial:
        rows = rows.filter(lifted_at=None)
    counted = rows.values("wall").annotate(number=Count(what, distinct=True)).order_by("wall")
    return {row["wall"]: row["number"] for row in counted}


@dataclass
class SideRead:
    """A side with all that stands on it and behind it."""

    side: Side
    rules: list[SideRule] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    behind: list[Account] = field(default_factory=list)


def sides(wall: Wall) -> list[SideRead]:
    """The sides of a wall, in their order."""
    found = {side.pk: SideRead(side) for side in wall.sides.order_by("number", "pk")}
    rules = SideRule.objects.filter(side__wall=wall)
    for rule in rules.select_related("office", "person", "company", "account").order_by("id"):
        found[rule.side_id].rules.append(rule)
    members = Member.objects.filter(wall=wall).select_related("person")
    for member in members.order_by("person__sort_key", "person_id"):
        found[member.side_id].members.append(member)
    behind = Behind.objects.filter(wall=wall).select_related("account")
    for row in behind.order_by("account__sort_key", "account_id"):
        found[row.side_id].behind.append(row.account)
    return list(found.values())


def denials(wall: Wall) -> list[Denial]:
    """Denials that were entered one by one."""
    rows = Denial.objects.filter(wall=wall).select_related("person", "account")
    return list(rows.order_by("account__sort_key", "person__sort_key", "id")[:SHOWN])


def exemptions(wall: Wall) -> list[Exemption]:
    """Exceptions past and present, the newest first."""
    rows = Exemption.objects.filter(wall=wall)
    return list(
        rows.select_related("person", "side", "made_by", "withdrawn_by").order_by("-made_at", "pk")
    )


def not_acknowledged(wall: Wall) -> list[Told]:
    """Who was told of a wall and has not acknowledged it yet."""
    return _told(wall, acknowledged=False)


def acknowledged(wall: Wall) -> list[Told]:
    """Who was told of a wall and has said that they have read it."""
    return _told(wall, acknowledged=True)


def _told(wall: Wall, *, acknowledged: bool) -> list[Told]:
    rows = Told.objects.filter(wall=wall, notice__acknowledged_at__isnull=not acknowledged)
    return list(rows.select_related("person", "notice").order_by("person__sort_key", "id"))


def not_told(wall: Wall) -> list[Person]:
    """Who stands on a side of a wall, works for us today, and was not told of it."""
    today = localdate()
    working = Employment.objects.filter(during(today, today)).values("person")
    members = Member.objects.filter(wall=wall, person__in=working)
    fresh = members.exclude(person__in=Told.objects.filter(wall=wall).values("person"))
    return list(Person.objects.filter(pk__in=fresh.values("person")).order_by("sort_key", "id"))


def walls_with_news() -> list[Wall]:
    """Walls that stand, on whose sides somebody stands who was not told."""
    told = Told.objects.filter(wall=OuterRef("wall"), person=OuterRef("person"))
    fresh = Member.objects.filter(~Exists(told), wall__lifted_at=None)
    return list(Wall.objects.filter(pk__in=fresh.values("wall")).order_by("pk"))


def seats_on_the_wrong_side(wall: Wall, people: Iterable[Person]) -> list[Seat]:
    """Seats of these people behind the wall that keeps them out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_wrong_seats(%s)", [wall.pk])
        ids = [row[0] for row in cursor.fetchall()]
    rows = Seat.objects.filter(pk__in=ids, person__in=list(people))
    return list(rows.select_related("account", "person").order_by("account__sort_key", "id"))


def leads_beside(seat: Seat) -> Person | None:
    """Who of the others on an account would be asked to name a successor."""
    today = localdate()
    others = Seat.objects.filter(during(today, today), account=seat.account_id)
    rows = others.exclude(person=seat.person_id).select_related("person")
    return next(
        (
            other.person
            for other in rows.order_by("-lead", "starts_on", "id")
            if scope.may_be_asked(other.person_id, seat.account_id)
        ),
        None,
    )


def officers(day: dt.date) -> list[Person]:
    """Conflicts officers of a day, those of the highest office first."""
    held = Role.objects.filter(during(day, day), role=RoleCode.CONFLICTS_OFFICER)
    working = Employment.objects.filter(during(day, day)).values("person")
    rows = held.filter(person__in=working).select_related("person", "office__parent")
    found = sorted(rows, key=lambda role: (_depth(role.office), role.starts_on, role.pk))
    return list(dict.fromkeys(role.person for role in found))


def _depth(office: Office) -> int:
    depth = 0
    while office.parent is not None:
        office, depth = office.parent, depth + 1
    return depth


def keeper_of(wall: Wall, day: dt.date) -> Person | None:
    """The officer who looks after a wall: who raised it, or else the first there is."""
    known = officers(day)
    return next((one for one in known if one.pk == wall.raised_by_id), next(iter(known), None))


def ended(day: dt.date) -> list[Wall]:
    """Walls that stand although what they stood on has ended, not flagged yet."""
    rows = Wall.objects.filter(lifted_at=None, flagged_at=None, ground_ends_on__lt=day)
    return list(rows.order_by("ground_ends_on", "id"))


def flagged_at(account: Account) -> list[Wall]:
    """Flagged walls that an account stands behind."""
    behind = Q(pk__in=Behind.objects.filter(account=account).values("wall")) | Q(
        pk__in=Denial.objects.filter(account=account, lifted_at=None).values("wall")
    )
    rows = Wall.objects.filter(behind, lifted_at=None).exclude(flagged_at=None)
    return list(rows.order_by("name", "pk"))


@dataclass(frozen=True)
class Tried:
    """Somebody asked for a page that would have been behind a wall for them."""

    attempt: Attempt
    person: Person
    account: Account | None


def tried(wall: Wall, since: dt.datetime) -> list[Tried]:
    """Attempts at what is behind a wall, the newest first."""
    behind = {attempt: account for attempt, of, account in _attempts_behind(since) if of == wall.pk}
    rows = list(Attempt.objects.filter(pk__in=behind).order_by("-at", "-id")[:ATTEMPTS])
    people = Person.objects.in_bulk({row.person_id for row in rows})
    accounts = Account.objects.in_bulk({behind[row.pk] for row in rows})
    return [
        Tried(row, people[row.person_id], accounts.get(behind[row.pk]))
        for row in rows
        if row.person_id in people
    ]


def walls_tried(since: dt.datetime) -> dict[UUID, int]:
    """How often somebody asked for what is behind each wall."""
    counted: dict[UUID, int] = defaultdict(int)
    for _attempt, wall, _account in _attempts_behind(since):
        counted[wall] += 1
    return counted


def _attempts_behind(since: dt.datetime) -> list[tuple[UUID, UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT attempt, wall, account FROM acting_attempts_behind(%s)", [since])
        return cursor.fetchall()


@dataclass(frozen=True)
class Stood:
    """Somebody or something stood on a side from a moment to a moment (None: until now)."""

    side: str
    what: Any
    begins: dt.datetime
    ends: dt.datetime | None


def who_stood(wall: Wall) -> list[Stood]:
    """Everybody who is or was on a side of a wall, and when."""
    return _stood(wall, "conflicts_member", "person_id", Person)


def what_stood(wall: Wall) -> list[Stood]:
    """Every account that is or was behind a side of a wall, and when."""
    return _stood(wall, "conflicts_behind", "account_id", Account)


def _stood(wall: Wall, table: str, what: str, model: Any) -> list[Stood]:
    """Spans of time from the history of a derived table."""
    rows = Change.objects.filter(source=table, op__in="ID").filter(
        Q(after__wall_id=str(wall.pk)) | Q(before__wall_id=str(wall.pk))
    )
    begun: dict[str, Change] = {}
    spans: list[tuple[Any, dt.datetime, dt.datetime | None]] = []
    for change in rows.order_by("id"):
        if change.op == "I":
            begun[change.row] = change
        elif change.row in begun:
            spans.append((change.before, begun.pop(change.row).at, change.at))
    spans += [(change.after, change.at, wall.lifted_at) for change in begun.values()]
    named = model.objects.in_bulk({UUID(row[what]) for row, _begins, _ends in spans})
    sides = {str(side.pk): side.name for side in wall.sides.all()}
    found = [
        Stood(sides[row["side_id"]], named[UUID(row[what])], begins, ends)
        for row, begins, ends in spans
        if UUID(row[what]) in named and row["side_id"] in sides
    ]
    return sorted(found, key=lambda one: (one.side, one.what.sort_key, one.begins))
