"""Courts: whose move it is, on everything a person looks after, on an account, under a leader."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Min, Q
from django.utils.timezone import localdate

from kakehashi.clients.models import Account, Contact, Seat
from kakehashi.handoffs.models import Desk, Handoff, Keeper
from kakehashi.handoffs.states import FREE
from kakehashi.people.models import Absence, Person
from kakehashi.policy import scope
from kakehashi.policy.access import narrow, sweeping
from kakehashi.policy.acting import current
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet


SHOWN = 12
"""Balls of a court beside the others: what one can look through at once."""
COUNTED = 1_000
"""How far the balls of a court are counted."""
TOLD_APART = 5_000
"""How many balls are told apart into courts at once."""
LOOKED_AT = 2_000
"""How many balls are told apart by person and account: those that are late longest."""
MANY = 1_000
"""People led beyond which only those who hold the oldest balls are counted."""
NAMED = 12
RECENT = dt.timedelta(days=90)
LATE, OURS, THEIRS = "late", "ours", "theirs"
COURTS = (LATE, OURS, THEIRS)
COURT_BY_COURT = """
SELECT CASE WHEN due_at < %s THEN %s WHEN side = %s THEN %s ELSE %s END,
       count(*), (array_agg(id ORDER BY due_at, id))[:%s]
FROM ({}) AS found GROUP BY 1
"""
ACCOUNT_BY_ACCOUNT = """
WITH late AS MATERIALIZED ({}), told AS (SELECT * FROM late ORDER BY due_at, id LIMIT %s)
SELECT NULL, count(*), NULL FROM late
UNION ALL
(SELECT account_id, count(*), min(due_at) FROM told WHERE account_id IS NOT NULL
 GROUP BY account_id ORDER BY 2 DESC, 3, 1 LIMIT %s)
"""
# IS TRUE: balls are read in the order of their time, not those of one person after the other.
HOLDERS_OF_THE_OLDEST = """
SELECT asked_of_id FROM (
  SELECT asked_of_id, due_at FROM handoffs_handoff
  WHERE answered_at IS NULL AND (asked_of_id IN (SELECT acting_leads())) IS TRUE
  ORDER BY due_at, id LIMIT %s) AS oldest
GROUP BY asked_of_id
ORDER BY count(*) FILTER (WHERE due_at < %s) DESC, min(due_at), asked_of_id LIMIT %s
"""


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

    Told apart at once; where there is too much, each court by itself.
    """
    with sweeping() if current().sees_few() else nullcontext():
        found = _told_apart(_union(parts, TOLD_APART), at, shown)
        if sum(count for count, _ids in found.values()) > TOLD_APART:
            found = {}
            for name in COURTS:
                some = _union([in_court(part, name, at) for part in parts], COUNTED)
                found |= _told_apart(some, at, shown)
    balls = {ball.pk: ball for ball in told([pk for _count, ids in found.values() for pk in ids])}
    return [
        Court(
            name,
            [balls[pk] for pk in ids if pk in balls],
            min(count, COUNTED),
            more=count > COUNTED,
        )
        for name in COURTS
        for count, ids in [found.get(name, (0, []))]
    ]


def _union(parts: list[QuerySet[Handoff]], most: int) -> QuerySet[Any, tuple[Any, ...]]:
    """Id, time and side of the most urgent balls of some parts, one more than `most` if any."""
    keys = [
        part.order_by("due_at", "id").values_list("id", "due_at", "side")[: most + 1]
        for part in parts
    ]
    return keys[0].union(*keys[1:]).order_by("due_at", "id")[: most + 1]


def _told_apart(
    keys: QuerySet[Any, tuple[Any, ...]], at: dt.datetime, shown: int
) -> dict[str, tuple[int, list[UUID]]]:
    """Of each court how many of some balls there are, and which come first."""
    try:
        said, values = keys.query.sql_with_params()
    except EmptyResultSet:  # they are none, whatever PostgreSQL holds
        return {}
    ours = Handoff.Side.OURS
    with connection.cursor() as cursor:
        cursor.execute(COURT_BY_COURT.format(said), [at, LATE, ours, OURS, THEIRS, shown, *values])
        return {name: (count, ids) for name, count, ids in cursor.fetchall()}


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
    accounts, late = _by_account(narrow(open_balls().filter(due_at__lt=at)))
    return Under(
        people=_by_person(led if len(led) <= MANY else _most_urgent(at), at),
        accounts=accounts,
        late=min(late, LOOKED_AT),
        more=late > LOOKED_AT,
    )


def _most_urgent(at: dt.datetime) -> list[UUID]:
    """Of very many people below the acting person, who holds most of the oldest balls."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS_OF_THE_OLDEST, [LOOKED_AT, at, NAMED])
        return [row[0] for row in cursor.fetchall()]


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


def _by_account(late: QuerySet[Handoff]) -> tuple[list[Share], int]:
    """The accounts of which most of the oldest late balls are, and how many are late in all."""
    keys = late.order_by("due_at", "id").values_list("id", "due_at", "account_id")
    said, values = keys[: LOOKED_AT + 1].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(ACCOUNT_BY_ACCOUNT.format(said), [*values, LOOKED_AT, NAMED])
        (_all, total, _oldest), *rows = cursor.fetchall()
    accounts = Account.objects.in_bulk([account for account, _late, _oldest in rows])
    shares = [
        Share(accounts[account], count, count, oldest)
        for account, count, oldest in rows
        if account in accounts
    ]
    return shares, total


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
