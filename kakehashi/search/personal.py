"""What this package stores about a person, and how it forgets it.

The index itself follows the person's row: its words are gone when the row is emptied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from kakehashi.search import queries
from kakehashi.search.kinds import BY_SOURCE
from kakehashi.search.models import Pin, Visit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from kakehashi.people.models import Person


def exported(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What they opened last and what they pinned, as far as it is seen."""
    of_person = {"person": person, "source__in": BY_SOURCE}
    return {
        "opened": _exported(person, Visit.objects.filter(**of_person).order_by("pk")),
        "pinned": _exported(person, Pin.objects.filter(**of_person).order_by("pk")),
    }


def _exported(person: Person, rows: Iterable[Visit | Pin]) -> list[dict[str, Any]]:
    rows = list(rows)
    seen = queries.seen(
        [queries.Hit(BY_SOURCE[row.source], row.row_id) for row in rows], ours=person.is_ours
    )
    keys = [(row, (BY_SOURCE[row.source].name, row.row_id)) for row in rows]
    return [
        {"kind": key[0], "row_id": key[1], "title": seen[key].title, "at": row.at}
        for row, key in keys
        if key in seen
    ]


def forgotten(*, person: Person, by: Person | None, at: dt.datetime) -> list[Any]:  # noqa: ARG001
    """What they opened and pinned, and that somebody opened or pinned their page."""
    of_person = Q(person=person) | Q(row_id=person.pk)
    Visit.objects.filter(of_person).delete()
    Pin.objects.filter(of_person).delete()
    return []
