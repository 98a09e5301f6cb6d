"""Who sees an account, and why: the wall's own answer, put into words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from kakehashi.clients.models import Account, Contact
from kakehashi.conflicts import naming
from kakehashi.conflicts.models import Behind, Denial, Member
from kakehashi.people.models import Office, Person
from kakehashi.policy.roles import RoleCode
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

WALL, JOB = "wall", "job"


@dataclass(frozen=True)
class Grant:
    """One row of the wall's answer; what a rule has no use for is empty."""

    person_id: UUID
    rule: str
    level: str | None
    role: str
    source: str
    at_id: UUID
    via_id: UUID
    since: dt.date | None


@dataclass(frozen=True)
class Ground:
    """Why somebody sees an account, or does not: the rule, in words, and since when."""

    rule: str
    detail: str
    since: dt.date | None


@dataclass
class Standing:
    """One person's answer. `sees` is what counts: a wall beats every other ground."""

    person: Person
    because: list[Ground] = field(default_factory=list)

    @property
    def is_denied(self) -> bool:
        return any(ground.rule == WALL for ground in self.because)

    @property
    def sees(self) -> bool:
        return bool(self.because) and not self.is_denied


def who_sees(account: Account, *, reader: Person | None) -> list[Standing]:
    """Everybody of ours and the account's contacts, those who see it first.

    `reader` is None for an operator; a denial's wall and day are told to conflicts officers and
    operators only: to everybody else it reads "not permitted".
    """
    grants = _grants(account)
    words = _Words(account, grants, names_walls=reader is None or _is_officer())
    by_person: dict[UUID, list[Ground]] = defaultdict(list)
    for grant in grants:
        ground = words.ground(grant)
        if ground not in by_person[grant.person_id]:
            by_person[grant.person_id].append(ground)
    contacts = Contact.objects.filter(account=account).values("person_id")
    people = Person.objects.filter(side=Person.Side.OURS).exclude(
        handle=None
    ) | Person.objects.filter(pk__in=contacts)
    found = [Standing(p, by_person.get(p.pk, [])) for p in people.order_by("sort_key", "id")]
    return sorted(found, key=lambda s: (not s.sees, not s.is_denied))


def explain(person: Person, account: Account, *, reader: Person | None) -> Standing:
    """One person's answer for one account."""
    return next(
        (s for s in who_sees(account, reader=reader) if s.person == person), Standing(person)
    )


def _grants(account: Account) -> list[Grant]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, rule, level, role, source, at_id, via, since"
            " FROM acting_grounds(%s)"
            " ORDER BY rule = 'wall' DESC, rule, since, role, at_id, via",
            [account.pk],
        )
        return [Grant(*row) for row in cursor.fetchall()]


def _is_officer() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_has(ARRAY['conflicts_officer'])")
        return bool(cursor.fetchone()[0])


def _kept_out(accounts: set[UUID]) -> Iterable[tuple[UUID, str]]:
    """Who stands on another side of which wall than one of these accounts is behind."""
    behind = Behind.objects.filter(account__in=accounts).values_list("wall", "side")
    for wall, side in behind:
        others = Member.objects.filter(wall=wall).exclude(side=side)
        yield from others.values_list("person_id", "wall__name")


def _names(rows: QuerySet[Office] | QuerySet[Account] | QuerySet[Person]) -> dict[UUID, str]:
    """What they are called in the reader's language."""
    return {row.pk: reader_name(row) for row in rows}


class _Words:
    """Names for the ids of an answer; what the reader does not see stays unnamed."""

    def __init__(self, account: Account, grants: Iterable[Grant], *, names_walls: bool) -> None:
        self.account = account
        ids = {grant.at_id for grant in grants if grant.at_id}
        self.offices = _names(Office.objects.filter(pk__in=ids))
        self.accounts = _names(Account.objects.filter(pk__in=ids))
        jobs = {grant.at_id for grant in grants if grant.rule == JOB}
        self.jobs = naming.named(JOB, jobs)
        via = {grant.via_id for grant in grants if grant.via_id}
        self.people = _names(Person.objects.filter(pk__in=via))
        self.names_walls = names_walls
        self.walls = self._walls() if names_walls else {}

    def _walls(self) -> dict[UUID, str]:
        above = set()
        node: Account | None = self.account
        while node is not None:
            above.add(node.pk)
            node = node.parent
        standing = Denial.objects.filter(account__in=above, lifted_at=None)
        found: dict[UUID, list[str]] = defaultdict(list)
        for person_id, name in standing.values_list("person_id", "wall__name").order_by("wall"):
            found[person_id].append(name)
        for person_id, name in _kept_out(above):
            found[person_id].append(name)
        return {person_id: ", ".join(dict.fromkeys(names)) for person_id, names in found.items()}

    def ground(self, grant: Grant) -> Ground:
        say = getattr(self, f"_{grant.rule}")
        told = grant.rule != WALL or self.names_walls
        return Ground(grant.rule, say(grant), grant.since if told else None)

    def _wall(self, grant: Grant) -> str:
        if name := self.walls.get(grant.person_id):
            return _("denied by the wall “%(wall)s”") % {"wall": name}
        return _("not permitted")

    def _seat(self, grant: Grant) -> str:
        role = RoleCode(grant.role).label
        if grant.at_id == self.account.pk:
            return _("%(role)s on this account") % {"role": role}
        above = self.accounts.get(grant.at_id)
        if above is None:
            return _("%(role)s on an account above") % {"role": role}
        return _("%(role)s on %(account)s, above") % {"role": role, "account": above}

    def _line(self, grant: Grant) -> str:
        if grant.via_id:
            return _("superior of %(person)s, who is seated") % {
                "person": self.people.get(grant.via_id, _("somebody"))
            }
        return self._function(grant)

    def _function(self, grant: Grant) -> str:
        return _("%(role)s of %(office)s") % {
            "role": RoleCode(grant.role).label,
            "office": self.offices.get(grant.at_id, ""),
        }

    def _job(self, grant: Grant) -> str:
        job = self.jobs.get(grant.at_id)
        return _("works on the job %(job)s") % {"job": job} if job else _("works on a job")

    def _contact(self, _grant: Grant) -> str:
        return _("contact of the client: name, team and what was shared")
