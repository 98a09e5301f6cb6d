"""What this package stores about a person, and how it forgets it.

The index itself follows the person's row: its words are gone when the row is emptied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from kakehashi.search.models import Visit

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person


def exported(person: Person) -> list[dict[str, Any]]:
    """What they opened last."""
    rows = Visit.objects.filter(person=person).order_by("pk")
    return [dict(row) for row in rows.values("source", "row_id", "at")]


def forgotten(*, person: Person, by: Person | None, at: dt.datetime) -> list[Any]:  # noqa: ARG001
    """What they opened, and that somebody opened their page."""
    Visit.objects.filter(Q(person=person) | Q(row_id=person.pk)).delete()
    return []
