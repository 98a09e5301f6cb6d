"""Our people: who works, in what, who is away, who stands in, and finding them by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from kakehashi.base.text import nfkc, reading, romaji, romaji_key
from kakehashi.people.models import Absence, Employment, Person, ReportingLine, Role
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from django.db.models import QuerySet

KNOWN = 50_000  # names whose spellings are remembered; a pure function, nobody's data


@dataclass
class Worker:
    """One of ours on a day: where they work, what they do, to whom they report, whether away."""

    person: Person
    posts: list[Employment] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    superior: Person | None = None
    dotted: list[Person] = field(default_factory=list)
    absence: Absence | None = None

    @property
    def title(self) -> str:
        return next((post.title for post in self.posts if post.title), "")

    @property
    def jobs(self) -> list[str]:
        """Each role once, however many offices it is held in."""
        return list(dict.fromkeys(role.get_role_display() for role in self.roles))


def staff_on(day: dt.date) -> QuerySet[Person]:
    """Everybody who works for us on a day."""
    working = Employment.objects.filter(during(day, day), person=OuterRef("pk"))
    return Person.objects.filter(Exists(working), side=Person.Side.OURS)


def staff_from(day: dt.date) -> QuerySet[Person]:
    """Everybody who works for us on a day or will later."""
    working = Employment.objects.filter(during(day), person=OuterRef("pk"))
    return Person.objects.filter(Exists(working), side=Person.Side.OURS)


def former_staff(day: dt.date) -> QuerySet[Person]:
    """Everybody who worked for us and does not any more."""
    employed = Employment.objects.filter(person=OuterRef("pk"))
    return Person.objects.filter(
        Exists(employed), ~Exists(employed.filter(during(day))), side=Person.Side.OURS
    )


def working(
    people: QuerySet[Person], day: dt.date, offices: Collection[UUID] | None, role: str
) -> QuerySet[Person]:
    """Narrow people to some offices and to a role; a role counts wherever it is held."""
    if offices is not None:
        posts = Employment.objects.filter(during(day, day), person=OuterRef("pk"))
        people = people.filter(Exists(posts.filter(office_id__in=offices)))
    if role:
        roles = Role.objects.filter(during(day, day), person=OuterRef("pk"), role=role)
        people = people.filter(Exists(roles))
    return people


def deputy_on(person: Person, day: dt.date) -> Person | None:
    """Who stands in for somebody away on a day: the deputy, or the deputy's if away as well."""
    passed = {person.pk}
    absence = _absence_on(person, day)
    while absence is not None and absence.deputy is not None:
        deputy = absence.deputy
        if deputy.pk in passed:
            return None
        passed.add(deputy.pk)
        absence = _absence_on(deputy, day)
        if absence is None:
            return deputy
    return None


def _absence_on(person: Person, day: dt.date) -> Absence | None:
    return person.absences.filter(during(day, day)).select_related("deputy").first()


def workers(people: Iterable[Person], day: dt.date) -> dict[UUID, Worker]:
    """What there is to say of people on a day, in the order given, in four queries."""
    found = {person.pk: Worker(person) for person in people}
    mine = during(day, day) & Q(person_id__in=found)
    posts = Employment.objects.filter(mine).select_related("office")
    for post in posts.order_by("-rank", "office__code", "pk"):
        found[post.person_id].posts.append(post)
    for role in Role.objects.filter(mine).order_by("role", "office_id"):
        found[role.person_id].roles.append(role)
    for line in ReportingLine.objects.filter(mine).select_related("superior").order_by("pk"):
        if line.kind == ReportingLine.Kind.SOLID:
            found[line.person_id].superior = line.superior
        else:
            found[line.person_id].dotted.append(line.superior)
    for absence in Absence.objects.filter(mine).select_related("deputy"):
        found[absence.person_id].absence = absence
    return found


def named(people: QuerySet[Person], wanted: str) -> list[UUID]:
    """People whose name, reading, login or romaji contains what somebody typed.

    `tokyo`, `Tōkyō`, `とうきょう` and `ﾄｳｷｮｳ` find the same people.
    """
    if not _plain(wanted):
        return []
    needles = Spellings((_plain(wanted),), reading(wanted), (romaji_key(wanted),))
    rows = people.values_list("pk", "name", "name_kana", "name_en", "handle")
    return [pk for pk, *names in rows if needles.fit(_spellings(*names))]


@dataclass(frozen=True)
class Spellings:
    """One name in the forms it is looked for."""

    plain: tuple[str, ...]
    kana: str
    latin: tuple[str, ...]

    def fit(self, other: Spellings) -> bool:
        """Whether one of these, as needles, is contained in the other."""
        if any(self.plain[0] in name for name in other.plain):
            return True
        if self.kana and self.kana in other.kana:
            return True
        return any(needle and needle in name for needle in self.latin for name in other.latin)


@lru_cache(maxsize=KNOWN)
def _spellings(name: str, kana: str, english: str, handle: str | None) -> Spellings:
    plain = tuple(_plain(text) for text in (name, kana, english, handle or ""))
    latin = tuple(romaji_key(text) for text in (romaji(kana), english) if text)
    return Spellings(plain, reading(kana), latin)


def _plain(text: str) -> str:
    return "".join(nfkc(text).casefold().split())
