"""What this package stores about a person, and how it forgets it.

The index itself follows the person's row: its words are gone when the row is emptied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from kakehashi.search.models import Pin, Visit

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

KEPT: dict[str, type[Visit | Pin]] = {"opened": Visit, "pinned": Pin}
TOLD = ("source", "row_id", "at")


def exported(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What they opened last, and what they pinned."""
    return {
        name: list(model.objects.filter(person=person).order_by("pk").values(*TOLD))
        for name, model in KEPT.items()
    }


def forgotten(*, person: Person, by: Person | None, at: dt.datetime) -> list[Any]:  # noqa: ARG001
    """What they opened and pinned, and that somebody opened or pinned their page."""
    for model in KEPT.values():
        model.objects.filter(Q(person=person) | Q(row_id=person.pk)).delete()
    return []
