"""What this package stores about a person, and how it forgets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakehashi.briefs.models import InternalComment, SharedComment

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

COMMENT = ("id", "account__name", "section__heading", "text", "at")


def exported(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What they said of briefs."""
    said = (InternalComment, SharedComment)
    rows = [model.objects.filter(by=person).order_by("pk").values(*COMMENT) for model in said]
    return {"comments": [row for found in rows for row in found]}


def forgotten(*, person: Person, by: Person | None, at: dt.datetime) -> list[Any]:  # noqa: ARG001
    """Nothing is emptied: what was agreed on in a brief stays, with a former contact."""
    return []
