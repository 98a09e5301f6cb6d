"""The tree of offices with the people in it; people are read only where a branch stands open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from kakehashi.people.models import Employment, Office, Role
from kakehashi.people.queries.staff import Worker, workers
from kakehashi.policy.rows import during
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator
    from uuid import UUID

    from django.db.models import QuerySet

MOST = 100  # people of one office on the chart; the list shows the rest


@dataclass
class Place:
    """One office on the chart: how many work in it and below, and who, if it stands open."""

    office: Office
    depth: int
    below: list[Place] = field(default_factory=list)
    people: list[Worker] = field(default_factory=list)
    here: set[UUID] = field(default_factory=set)
    everybody: set[UUID] = field(default_factory=set)
    is_open: bool = False

    @property
    def label(self) -> str:
        return reader_name(self.office)

    @property
    def count(self) -> int:
        return len(self.everybody)

    @property
    def more(self) -> int:
        """How many work here whom the chart does not show."""
        return max(len(self.here) - MOST, 0)


@dataclass
class Chart:
    """All offices of a day as a tree."""

    day: dt.date
    roots: list[Place]
    places: dict[UUID, Place]

    def path(self, office_id: UUID) -> list[Place]:
        """The way down to an office, itself last."""
        way = []
        at: UUID | None = office_id
        while at in self.places:
            place = self.places[at]
            way.append(place)
            at = place.office.parent_id
        return way[::-1]

    def within(self, office_id: UUID) -> list[UUID]:
        """An office and all below it."""
        return [place.office.pk for place in _walk([self.places[office_id]])]

    def in_order(self) -> Iterator[Place]:
        """Every office, each before those below it."""
        return _walk(self.roots)


def tree(day: dt.date) -> Chart:
    """Offices of a day, without anybody in them, in one query."""
    offices = Office.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=day))
    places = {office.pk: Place(office, 0) for office in offices.order_by("code")}
    roots: list[Place] = []
    for place in places.values():
        parent = place.office.parent_id
        (places[parent].below if parent in places else roots).append(place)
    for root in roots:
        _deepen(root, 0)
    return Chart(day, roots, places)


def chart(day: dt.date, role: str = "") -> Chart:
    """Offices and how many people each has, in two queries; `role` counts only who holds it."""
    found = tree(day)
    for office_id, person_id in _posts(day, role):
        if office_id in found.places:
            found.places[office_id].here.add(person_id)
    for root in found.roots:
        _gather(root)
    return found


def _posts(day: dt.date, role: str) -> Iterator[tuple[UUID, UUID]]:
    posts = Employment.objects.filter(during(day, day))
    if role:
        holders = Role.objects.filter(during(day, day), role=role).values("person_id")
        posts = posts.filter(person_id__in=holders)
    return iter(posts.values_list("office_id", "person_id"))


def _deepen(place: Place, depth: int) -> None:
    place.depth = depth
    for child in place.below:
        _deepen(child, depth + 1)


def _gather(place: Place) -> None:
    """People upward: who works in two offices below counts once."""
    place.everybody = set(place.here)
    for child in place.below:
        _gather(child)
        place.everybody |= child.everybody


def _walk(places: list[Place]) -> Iterator[Place]:
    for place in places:
        yield place
        yield from _walk(place.below)


def open_places(chart: Chart, office_ids: Collection[UUID], role: str = "") -> None:
    """Read the people of some offices, by rank and then by name."""
    opened = [chart.places[pk] for pk in office_ids]
    posts = Employment.objects.filter(during(chart.day, chart.day), office_id__in=office_ids)
    by_office = defaultdict(list)
    for post in posts.select_related("person", "office").order_by(
        "-rank", "person__sort_key", "person_id"
    ):
        if not role or post.person_id in chart.places[post.office_id].here:
            by_office[post.office_id].append(post)
    shown = [post for place in opened for post in by_office[place.office.pk][:MOST]]
    known = workers({post.person_id: post.person for post in shown}.values(), chart.day)
    for place in opened:
        place.is_open = True
        place.people = [_in(known[p.person_id], p) for p in by_office[place.office.pk][:MOST]]


def _by_rank(posts: QuerySet[Employment]) -> QuerySet[Employment]:
    order = ("-rank", "person__sort_key", "person_id")
    return posts.select_related("person", "office").order_by(*order)


def _in(worker: Worker, post: Employment) -> Worker:
    """The same person as they work in this office: the title held here comes first."""
    others = [other for other in worker.posts if other.pk != post.pk]
    return Worker(
        worker.person, [post, *others], worker.roles, worker.superior, worker.dotted,
        worker.absence,
    )  # fmt: skip
