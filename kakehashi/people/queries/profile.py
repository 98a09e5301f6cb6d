"""Everything one page says of one person: posts, roles, lines, absences, what changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from kakehashi.base.hours import parse_week, week_text
from kakehashi.people.models import (
    Absence,
    Departure,
    Employment,
    Person,
    ReportingLine,
    Role,
    WorkingPattern,
)
from kakehashi.policy.models import Change
from kakehashi.policy.rows import during
from kakehashi.ui.formats import date_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST = 20  # changes shown
TELLING = (Person, Employment, Role, ReportingLine, Absence, WorkingPattern)
UNTOLD = {"id", "sort_key", "version"}
OF_NEW = {
    "role",
    "kind",
    "title",
    "week",
    "starts_on",
    "ends_on",
}  # what is told of something entered


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


@dataclass(frozen=True)
class Told:
    """One change in words: what, when, by whom, and each value before and after."""

    title: str
    at: dt.datetime
    by: Person | None
    values: list[tuple[str, str, str]]


def story(person: Person, known: Profile) -> list[Told]:
    """What changed about a person, newest first, as far as the reader sees it."""
    rows = (*known.posts, *known.roles, *known.lines, *known.absences, *known.patterns)
    ids = [str(person.pk), *(str(row.pk) for row in rows)]
    changes = Change.objects.filter(
        Q(source__in=[model._meta.db_table for model in TELLING]), row__in=ids
    ).order_by("-pk")[:MOST]
    authors = Person.objects.in_bulk({change.by_id for change in changes if change.by_id})
    return list(_told(changes, authors))


def _told(changes: Iterable[Change], authors: dict[Any, Person]) -> Iterator[Told]:
    tables = {model._meta.db_table: model for model in TELLING}
    verbs = {"I": _("%(thing)s entered"), "U": _("%(thing)s changed"), "D": _("%(thing)s removed")}
    for change in changes:
        model = tables[change.source]
        thing = str(model._meta.verbose_name)
        yield Told(
            title=verbs[change.op] % {"thing": thing[:1].upper() + thing[1:]},
            at=change.at,
            by=authors.get(change.by_id),
            values=list(_values(model, change)),
        )


def _values(model: Any, change: Change) -> Iterator[tuple[str, str, str]]:
    """The fields a reader understands; those that name other rows are told by their title."""
    before, after = change.before or {}, change.after or {}
    for field in model._meta.concrete_fields:
        if field.name in UNTOLD or field.is_relation or field.column not in after:
            continue
        told = (_said(field, before.get(field.column)), _said(field, after[field.column]))
        if change.op == "U" or (field.name in OF_NEW and any(told)):
            yield (str(field.verbose_name), *told)


def _said(field: Any, value: Any) -> str:
    if value and isinstance(field, models.DateField):
        return date_text(dt.date.fromisoformat(value[:10]), "plain")
    if value and isinstance(value, list):
        return week_text(parse_week(value))
    return "" if value is None else str(dict(field.flatchoices).get(value, value))
