"""Courts: whose move it is, on everything a person looks after, on an account, under a leader."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Min, Q
from django.utils.timezone import localdate

from kakehashi.clients.models import Account, Contact, Seat
from kakehashi.handoffs.models import Desk, Handoff, Keeper
from kakehashi.handoffs.states import FREE
from kakehashi.people.models import Absence, Person
from kakehashi.policy import scope
from kakehashi.policy.access import narrow
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet


SHOWN = 12
"""Balls of a court beside the others: what one can look through at once."""
COUNTED = 1_000
"""How far the balls of a court are counted."""
LOOKED_AT = 2_000
"""How many balls are told apart at once: into courts, or late ones by person and account."""
NAMED = 12
RECENT = dt.timedelta(days=90)
LATE, OURS, THEIRS = "late", "ours", "theirs"
COURTS = (LATE, OURS, THEIRS)


@dataclass(frozen=True)
class Court:
    """Some balls of one court, and how many there are (`more`: at least that many)."""

    name: str
    balls: list[Handoff]
    count: int
    more: bool = False


@dataclass(frozen=True)
class Pace:
    """How long answers took on average in the last 90 days, ours and the client's; in days."""

    ours: float | None
    theirs: float | None


def stood_in_for() -> list[UUID]:
    """Who is away today and has the acting person as deputy."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_stands_in_for()")
        return [row[0] for row in cursor.fetchall()]


def people_led() -> list[UUID]:
    """Everybody below the acting person in solid line today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_leads()")
        return [row[0] for row in cursor.fetchall()]


def open_balls() -> QuerySet[Handoff]:
    return Handoff.objects.filter(answered_at=None)


def in_court(balls: QuerySet[Handoff], court: str, at: dt.datetime) -> QuerySet[Handoff]:
    """The balls of a court: what is late stands by itself, whoever has it."""
    if court == LATE:
        return balls.filter(due_at__lt=at)
    waiting = balls.filter(due_at__gte=at)
    ours = Q(side=Handoff.Side.OURS)
    return waiting.filter(ours) if court == OURS else waiting.exclude(ours)


def looked_after(person: Person, *, account: UUID | None = None) -> list[QuerySet[Handoff]]:
    """What somebody has, what they asked, and what is open on the accounts they are seated on.

    Three parts, each found by an index of its own; together they are a person's home.
    """
    balls = open_balls() if account is None else open_balls().filter(account=account)
    seated = Seat.objects.filter(during(localdate(), localdate()), person=person)
    return [
        balls.filter(asked_of__in=[person.pk, *stood_in_for()]),
        balls.filter(asked_by=person),
        balls.filter(account__in=list(seated.values_list("account", flat=True).distinct())),
    ]


def courts(parts: list[QuerySet[Handoff]], at: dt.datetime, shown: int = SHOWN) -> list[Court]:
    """The three courts of what somebody looks after, the most urgent first.

    Asked for at once and told apart here; where there is too much, each court by itself.
    """
    found = _keys(parts, LOOKED_AT)
    if len(found) <= LOOKED_AT:
        ids: dict[str, list[UUID]] = {name: [] for name in COURTS}
        for pk, due_at, side in found:
            ids[_name(due_at, side, at)].append(pk)
    else:
        each = {name: [in_court(part, name, at) for part in parts] for name in COURTS}
        ids = {name: [row[0] for row in _keys(each[name], COUNTED)] for name in COURTS}
    balls = {ball.pk: ball for ball in told([pk for name in COURTS for pk in ids[name][:shown]])}
    return [
        Court(
            name,
            [balls[pk] for pk in ids[name][:shown] if pk in balls],
            min(len(ids[name]), COUNTED),
            more=len(ids[name]) > COUNTED,
        )
        for name in COURTS
    ]


def _name(due_at: dt.datetime, side: str, at: dt.datetime) -> str:
    if due_at < at:
        return LATE
    return OURS if side == Handoff.Side.OURS else THEIRS


def _keys(parts: list[QuerySet[Handoff]], most: int) -> list[tuple[UUID, dt.datetime, str]]:
    """Id, time and side of the most urgent balls of some parts, one more than `most` if any."""
    keys = [
        part.order_by("due_at", "id").values_list("id", "due_at", "side")[: most + 1]
        for part in parts
    ]
    return list(keys[0].union(*keys[1:]).order_by("due_at", "id")[: most + 1])


def told(ids: list[UUID]) -> list[Handoff]:
    """Balls with all that a row shows of them, in the order of their time."""
    rows = Handoff.objects.filter(pk__in=ids).select_related(
        "account", "asked_of", "asked_by", "desk"
    )
    return list(rows.prefetch_related("reminders").order_by("due_at", "id"))


def waiting_for(person: Person) -> list[Handoff]:
    """What somebody is asked for, the most urgent first."""
    held = open_balls().filter(asked_of=person).order_by("due_at", "id")
    return told(list(held.values_list("id", flat=True)[:COUNTED]))


def of_account(account: Account, shown: int = SHOWN) -> tuple[list[Handoff], int]:
    """What is open on an account, the most urgent first, and how much there is (to COUNTED)."""
    found = open_balls().filter(account=account).order_by("due_at", "id")
    ids = list(found.values_list("id", flat=True)[:COUNTED])
    return told(ids[:shown]), len(ids)


def thread(ball: Handoff) -> list[Handoff]:
    """All balls of the same thing, the first one first."""
    same = Handoff.objects.filter(subject_kind=ball.subject_kind, subject_id=ball.subject_id)
    rows = same.select_related("asked_of", "asked_by", "answered_by", "recorded_by", "desk")
    return list(rows.prefetch_related("reminders__by").order_by("asked_at", "id"))


def open_of(subject_kind: str, subject_id: UUID) -> list[Handoff]:
    """The open balls of a thing, as far as they are seen: its court."""
    balls = open_balls().filter(subject_kind=subject_kind, subject_id=subject_id)
    rows = balls.select_related("account", "asked_of", "asked_by")
    return list(rows.order_by("due_at", "id"))


@dataclass
class Share:
    """What of a person or an account is late or waits, of what was looked at."""

    of: Any
    late: int = 0
    open: int = 0
    oldest: dt.datetime | None = None


@dataclass(frozen=True)
class Under:
    """What is late or waits under somebody who leads, by person and by account."""

    people: list[Share] = field(default_factory=list)
    accounts: list[Share] = field(default_factory=list)
    late: int = 0
    more: bool = False


def under(at: dt.datetime) -> Under:
    """What waits for those below the acting person, and what is late on accounts they see."""
    led = people_led()
    late = narrow(open_balls().filter(due_at__lt=at)).order_by("due_at", "id")
    ids = list(late.values_list("id", flat=True)[: LOOKED_AT + 1])
    seen = ids[:LOOKED_AT]
    return Under(
        people=_by_person(led, at),
        accounts=_by_account(seen),
        late=len(seen),
        more=len(ids) > LOOKED_AT,
    )


def _by_person(led: list[UUID], at: dt.datetime) -> list[Share]:
    held = (
        open_balls()
        .filter(asked_of__in=led)
        .values("asked_of")
        .annotate(open=Count("id"), late=Count("id", Q(due_at__lt=at)), oldest=Min("due_at"))
        .order_by("-late", "oldest", "asked_of")[:NAMED]
    )
    rows = list(held)
    people = Person.objects.in_bulk([row["asked_of"] for row in rows])
    return [
        Share(people[row["asked_of"]], row["late"], row["open"], row["oldest"])
        for row in rows
        if row["asked_of"] in people
    ]


def _by_account(late: list[UUID]) -> list[Share]:
    counted = (
        Handoff.objects.filter(pk__in=late, account__isnull=False)
        .values("account")
        .annotate(late=Count("id"), oldest=Min("due_at"))
        .order_by("-late", "oldest", "account")[:NAMED]
    )
    rows = list(counted)
    accounts = Account.objects.in_bulk([row["account"] for row in rows])
    return [
        Share(accounts[row["account"]], row["late"], row["late"], row["oldest"])
        for row in rows
        if row["account"] in accounts
    ]


def pace(accounts: Iterable[UUID], at: dt.datetime) -> Pace:
    """How quickly both sides answered on some accounts in the last 90 days."""
    took = ExpressionWrapper(F("answered_at") - F("asked_at"), output_field=DurationField())
    answered = Handoff.objects.filter(
        account__in=list(accounts),
        answered_at__gte=at - RECENT,
        outcome__in=[Handoff.Outcome.ANSWERED, Handoff.Outcome.RETURNED],
    )
    means = answered.aggregate(
        ours=Avg(took, filter=Q(side=Handoff.Side.OURS)),
        theirs=Avg(took, filter=~Q(side=Handoff.Side.OURS)),
    )
    return Pace(*(_days(means[side]) for side in ("ours", "theirs")))


def _days(duration: dt.timedelta | None) -> float | None:
    return None if duration is None else duration / dt.timedelta(days=1)


def deputised() -> list[Absence]:
    """Whom the acting person stands in for, and until when."""
    away = stood_in_for()
    if not away:
        return []
    day = localdate()
    rows = Absence.objects.filter(during(day, day), person__in=away).select_related("person")
    return list(rows.order_by("person__sort_key", "pk"))


def all_desks(day: dt.date) -> list[tuple[Desk, Keeper | None]]:
    """Every desk that is open, with who keeps it today."""
    desks = Desk.objects.filter(closed_on=None).select_related("office")
    kept = Keeper.objects.filter(during(day, day)).select_related("person")
    by_desk = {keeper.desk_id: keeper for keeper in kept}
    return [(desk, by_desk.get(desk.pk)) for desk in desks.order_by("office__code", "name", "pk")]


def desks_kept(person: Person, day: dt.date) -> list[Keeper]:
    kept = Keeper.objects.filter(during(day, day), person=person, desk__closed_on=None)
    return list(kept.select_related("desk").order_by("desk__name", "pk"))


def keeper_of(desk: Desk, day: dt.date) -> Person | None:
    """Who keeps a desk on a day."""
    found = Keeper.objects.filter(during(day, day), desk=desk).select_related("person").first()
    return found.person if found else None


def one(pk: UUID) -> Handoff:
    """One ball with all that its page shows. Raises Handoff.DoesNotExist behind the wall."""
    rows = Handoff.objects.select_related(
        "account",
        "asked_of",
        "asked_by",
        "answered_by",
        "recorded_by",
        "desk",
        "moved_from__asked_of",
    )
    return rows.prefetch_related("reminders").get(pk=pk)


def is_free(ball: Handoff) -> bool:
    return ball.subject_kind == FREE


@dataclass
class Around:
    """Whom one is likely to ask on an account: the client's people, our team, the desks."""

    contacts: list[Person] = field(default_factory=list)
    team: list[Person] = field(default_factory=list)
    desks: list[Desk] = field(default_factory=list)

    def by_id(self, pk: UUID) -> Person | Desk | None:
        every: list[Person | Desk] = [*self.contacts, *self.team, *self.desks]
        return next((row for row in every if row.pk == pk), None)

    def add(self, person: Person) -> None:
        """Offer somebody who is not seated there as well."""
        if self.by_id(person.pk) is None:
            (self.team if person.is_ours else self.contacts).append(person)


def around(account: Account | None) -> Around:
    """Whom one is likely to ask; without an account only the desks."""
    day = localdate()
    desks = list(
        Desk.objects.filter(closed_on=None).select_related("office").order_by("name", "pk")
    )
    if account is None:
        return Around(desks=desks)
    seats = Seat.objects.filter(during(day, day), account=account).select_related("person")
    contacts = Contact.objects.filter(account=account, left_on=None).select_related("person")
    return Around(
        contacts=[c.person for c in contacts.order_by("person__sort_key", "pk")],
        team=list(
            dict.fromkeys(s.person for s in seats.order_by("-lead", "person__sort_key", "person"))
        ),
        desks=desks,
    )


def stranded() -> list[UUID]:
    """Open balls whose holder cannot answer them any more, as seen by nobody in particular."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT policy_stranded()")
        return [row[0] for row in cursor.fetchall()]


def is_stranded(ball: Handoff) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s IN (SELECT policy_stranded())", [ball.pk])
        return bool(cursor.fetchone()[0])


def heir_of(ball: Handoff) -> Person | None:
    """Who takes a stranded ball over: the desk's keeper, whoever leads the account, who asked."""
    day = localdate()
    candidates: list[Person] = []
    if ball.desk is not None and (keeper := keeper_of(ball.desk, day)):
        candidates.append(keeper)
    if ball.account_id is not None:
        seats = Seat.objects.filter(during(day, day), account=ball.account_id)
        leads = seats.select_related("person").order_by("-lead", "starts_on", "id")
        candidates += [seat.person for seat in leads]
    candidates.append(ball.asked_by)
    return next((one for one in candidates if _can_answer(one, ball, day)), None)


def _can_answer(person: Person, ball: Handoff, day: dt.date) -> bool:
    if person.pk == ball.asked_of_id or not person.is_ours:
        return False
    if not person.employments.filter(during(day, day)).exists():
        return False
    return ball.account_id is None or scope.may_be_asked(person.pk, ball.account_id)
