"""What this package stores about a person, and how it forgets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from kakehashi.handoffs.models import Handoff

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

BALL = (
    "id", "account__name", "kind", "title", "note", "side", "asked_of__name", "asked_by__name",
    "asked_at", "due_at", "answered_at", "outcome", "channel", "evidence", "answer",
)  # fmt: skip


def exported(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What they were asked and what they asked."""
    balls = Handoff.objects.filter(Q(asked_of=person) | Q(asked_by=person))
    return {"balls": list(balls.order_by("pk").values(*BALL))}


def forgotten(*, person: Person, by: Person | None, at: dt.datetime) -> list[Any]:  # noqa: ARG001
    """Nothing is emptied: what was asked and decided stays, with a former contact."""
    return []
