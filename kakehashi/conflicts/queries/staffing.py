"""Who could staff an account: our people by role and office, and what may be said of each.

Who is no conflicts officer reads one of three answers. "Ask the conflicts officer" stands for what
nobody else may know, and for plain reasons as well: whoever joined lately may bring what another
agency promised, and whoever works in another agency of ours is bound by its promises.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Min, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.clients.models import Seat
from kakehashi.clients.queries import days, offices
from kakehashi.conflicts.queries.seating import Wanted, standing_against
from kakehashi.conflicts.queries.units import load_units
from kakehashi.conflicts.terms import Scope
from kakehashi.people.models import Employment
from kakehashi.people.queries import staff

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kakehashi.clients.models import Account
    from kakehashi.conflicts.queries.seating import Standing
    from kakehashi.people.models import Person
    from kakehashi.people.queries.staff import Worker

MOST = 60
NEWCOMER = dt.timedelta(days=183)
AVAILABLE, NOT_AVAILABLE, ASK, SERVES = "available", "not available", "ask", "serves"
SAID = {
    AVAILABLE: _("Available"),
    NOT_AVAILABLE: _("Not available"),
    ASK: pgettext_lazy("may somebody serve", "Ask the conflicts officer"),
    SERVES: _("Serves this account"),
}
WHOLE = Decimal(1)


@dataclass
class Candidate:
    """Somebody of ours, what is free of their time as far as the reader sees, and the answer."""

    worker: Worker
    free: Decimal
    answer: str
    standing: Sequence[Standing] = ()
    walls: Sequence[str] = ()

    @property
    def person(self) -> Person:
        return self.worker.person

    @property
    def said(self) -> str:
        return str(SAID[self.answer])


@dataclass
class Staffing:
    """Those looked at, and whether there are more than are shown."""

    candidates: list[Candidate]
    more: bool


def could_staff(
    account: Account, day: dt.date, *, role: str, office: UUID | None, officer: bool
) -> Staffing:
    """Our people of a role, of an office and below, the freest first."""
    at = None if office is None else offices.with_those_below(office)
    rows = staff.working(staff.staff_on(day), day, at, role).order_by("sort_key", "pk")
    people = list(rows[: MOST + 1])
    shown = people[:MOST]
    workers = staff.workers(shown, day)
    found = _Answers(account, day, workers, officer=officer)
    candidates = [found.of(worker) for worker in workers.values()]
    candidates.sort(key=lambda one: (list(SAID).index(one.answer), -one.free))
    return Staffing(candidates, len(people) > MOST)


class _Answers:
    """What is known of some people at once, in as many queries as for one."""

    def __init__(
        self, account: Account, day: dt.date, workers: dict[UUID, Worker], *, officer: bool
    ) -> None:
        ids = list(workers)
        self.day = day
        here = Seat.objects.filter(days.holding(day), account=account, person__in=ids)
        self.serving = set(here.values_list("person_id", flat=True))
        held = Seat.objects.filter(days.holding(day), person__in=ids)
        self.taken = dict(
            held.values("person_id").annotate(all=Sum("share")).values_list("person_id", "all")
        )
        joined = Employment.objects.filter(person__in=ids).values("person_id")
        self.joined = dict(joined.annotate(on=Min("starts_on")).values_list("person_id", "on"))
        self.units = load_units()
        self.agency = self.units.bound(account.lead_office_id, Scope.AGENCY_BRAND)
        self.standing: dict[UUID, list[Standing]] = {}
        self.walls: dict[UUID, list[str]] = {}
        if officer:
            self.standing = standing_against([Wanted(pk, account.pk, day) for pk in ids])
            self.walls = _walls(ids, account)
            # No permit is for a seat without an end, so what stands against it refuses it.
            self.kept = _walled_off(ids, account) | self.standing.keys()
        else:
            self.kept = _kept_from(ids, account, day)

    def of(self, worker: Worker) -> Candidate:
        pk = worker.person.pk
        free = max(WHOLE - (self.taken.get(pk) or Decimal(0)), Decimal(0))
        return Candidate(
            worker, free, self._answer(worker, free), self.standing.get(pk, ()),
            self.walls.get(pk, ()),
        )  # fmt: skip

    def _answer(self, worker: Worker, free: Decimal) -> str:
        pk = worker.person.pk
        if pk in self.serving:
            return SERVES
        if worker.absence is not None or free <= 0:
            return NOT_AVAILABLE
        if pk in self.kept or self._joined_lately(pk) or self._is_of_another_agency(worker):
            return ASK
        return AVAILABLE

    def _joined_lately(self, pk: UUID) -> bool:
        return self.day - self.joined.get(pk, self.day) < NEWCOMER

    def _is_of_another_agency(self, worker: Worker) -> bool:
        tops = (self.units.bound(post.office_id, Scope.AGENCY_BRAND) for post in worker.posts)
        return all(top != self.agency for top in tops)


def _kept_from(people: list[UUID], account: Account, day: dt.date) -> set[UUID]:
    if not people:
        return set()
    return _those("SELECT * FROM acting_kept_from(%s, %s, %s)", people, account.pk, day)


def _walled_off(people: list[UUID], account: Account) -> set[UUID]:
    """For officers: whom any wall keeps from an account."""
    return _those("SELECT * FROM acting_walled_off(%s, %s)", people, account.pk)


def _those(question: str, *values: list[UUID] | UUID | dt.date) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return {pk for (pk,) in cursor.fetchall()}


def _walls(people: list[UUID], account: Account) -> dict[UUID, list[str]]:
    """For officers: by which walls people are denied the account or one above it."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT_BY_WALL, {"people": people, "account": account.pk})
        rows = cursor.fetchall()
    found: dict[UUID, list[str]] = defaultdict(list)
    for person, wall in rows:
        found[person].append(wall)
    return found


KEPT_BY_WALL = """
WITH RECURSIVE above AS (
  SELECT a.id, a.parent_id FROM clients_account a WHERE a.id = %(account)s
  UNION
  SELECT a.id, a.parent_id FROM above u JOIN clients_account a ON a.id = u.parent_id
)
SELECT DISTINCT k.person_id, w.name FROM (
  SELECT d.person_id, d.wall_id FROM conflicts_denial d
  WHERE d.account_id IN (SELECT u.id FROM above u) AND d.lifted_at IS NULL
  UNION
  SELECT m.person_id, m.wall_id FROM conflicts_behind b
  JOIN conflicts_member m ON m.wall_id = b.wall_id AND m.side_id <> b.side_id
  WHERE b.account_id IN (SELECT u.id FROM above u)
) k JOIN conflicts_wall w ON w.id = k.wall_id AND w.lifted_at IS NULL
WHERE k.person_id = ANY (%(people)s) ORDER BY k.person_id, w.name
"""
