"""Everything stored about a person, as far as whoever asks sees it; the operator sees all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, Q

from kakehashi.people import privacy
from kakehashi.people.models import (
    Absence,
    Departure,
    Employment,
    ReportingLine,
    Role,
    WorkingPattern,
)
from kakehashi.people.queries import doors
from kakehashi.policy.models import Change
from kakehashi.policy.visibility import TABLES, Past

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet

    from kakehashi.people.models import Person

TRACKED = [name for name, table in TABLES.items() if table.past is Past.RECORDED]


def everything_about(person: Person) -> dict[str, Any]:
    """Plain values under the name of what they are, ready for JSON."""
    stored = {**_rows(person), **privacy.exported(person)}
    return {
        "person": plain(person),
        **stored,
        "sign_in": doors.sign_in_data(person),
        "history": list(_history([str(person.pk), *_ids(stored)])),
        "changes_made": list(_made(person)),
    }


def _rows(person: Person) -> dict[str, list[dict[str, Any]]]:
    lines = ReportingLine.objects.filter(Q(person=person) | Q(superior=person))
    absences = Absence.objects.filter(Q(person=person) | Q(deputy=person))
    return {
        "employments": plain_rows(Employment.objects.filter(person=person)),
        "roles": plain_rows(Role.objects.filter(person=person)),
        "reporting_lines": plain_rows(lines),
        "absences": plain_rows(absences),
        "own_hours": plain_rows(WorkingPattern.objects.filter(person=person)),
        "departures": plain_rows(Departure.objects.filter(person=person)),
    }


def plain_rows(rows: QuerySet[Model]) -> list[dict[str, Any]]:
    """Each row as `plain` gives it, with what it names read at once."""
    named = [c.name for c in rows.model._meta.concrete_fields if c.is_relation]
    return [plain(row) for row in rows.select_related(*named).order_by("pk")]


def plain(row: Model) -> dict[str, Any]:
    """A row as it is stored, with names beside the ids of people and offices."""
    values: dict[str, Any] = {}
    for column in row._meta.concrete_fields:
        values[column.attname] = getattr(row, column.attname)
        if column.is_relation and values[column.attname] is not None:
            values[column.name] = str(getattr(row, column.name))
    return values


def _ids(stored: Any) -> Iterator[str]:
    """The ids of all rows in what was exported, however deep."""
    if isinstance(stored, dict):
        if "id" in stored:
            yield str(stored["id"])
        stored = list(stored.values())
    if isinstance(stored, list):
        for part in stored:
            yield from _ids(part)


def _history(rows: list[str]) -> Iterator[dict[str, Any]]:
    """Each change of these rows that the reader sees."""
    changes = Change.objects.filter(source__in=TRACKED, row__in=rows).order_by("pk")
    for change in changes.values("at", "by_id", "source", "op", "before", "after"):
        yield {**change}


def _made(person: Person) -> Iterator[dict[str, Any]]:
    """How much a person changed themselves, by what: the rows are not about them."""
    changes = Change.objects.filter(by_id=person.pk).values("source").order_by("source")
    for counted in changes.annotate(changes=Count("pk"), first=Min("at"), last=Max("at")):
        yield {**counted}
