"""Everything one page says of one person: posts, roles, lines, absences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F

from kakehashi.policy.rows import during

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import (
        Absence,
        Departure,
        Employment,
        Person,
        ReportingLine,
        Role,
        WorkingPattern,
    )


@dataclass(frozen=True)
class Profile:
    """A person of ours with all that is dated about them, newest first."""

    posts: list[Employment]
    roles: list[Role]
    lines: list[ReportingLine]
    reports: list[ReportingLine]
    absences: list[Absence]
    deputyships: list[Absence]
    patterns: list[WorkingPattern]
    departure: Departure | None
    day: dt.date

    @property
    def title(self) -> str:
        return next((post.title for post in self.posts if post.holds_on(self.day)), "")

    @property
    def away(self) -> Absence | None:
        return next((row for row in self.absences if row.holds_on(self.day)), None)

    @property
    def works(self) -> bool:
        return any(post.holds_on(self.day) for post in self.posts)


def profile(person: Person, day: dt.date) -> Profile:
    """In eight queries, however long somebody has been here."""
    newest = (F("ends_on").desc(nulls_first=True), "-starts_on", "pk")
    people = ("person__sort_key", "person_id")
    return Profile(
        posts=list(person.employments.select_related("office", "person").order_by(*newest)),
        roles=list(person.roles.select_related("office").order_by(*newest)),
        lines=list(person.lines_up.select_related("superior").order_by(*newest)),
        reports=list(
            person.lines_down.filter(during(day))
            .select_related("person")
            .order_by("-kind", *people)
        ),
        absences=list(
            person.absences.filter(during(day)).select_related("deputy").order_by("starts_on", "pk")
        ),
        deputyships=list(
            person.deputises.filter(during(day))
            .select_related("person")
            .order_by("starts_on", "pk")
        ),
        patterns=list(person.patterns.filter(during(day)).order_by("starts_on", "pk")),
        departure=person.departures.order_by("-on", "-pk").first(),
        day=day,
    )
