"""What this package stores about a person, and how it forgets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakehashi.approvals.models import Decision

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

DECISION = (
    "id", "step__circulation__account__name", "step__circulation__title", "verdict", "note",
    "channel", "evidence", "at",
)  # fmt: skip


def exported(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What they decided."""
    made = Decision.objects.filter(decided_by=person)
    return {"decisions": list(made.order_by("pk").values(*DECISION))}


def forgotten(*, person: Person, by: Person | None, at: dt.datetime) -> list[Any]:  # noqa: ARG001
    """Nothing is emptied: what was approved stays approved, by a former contact."""
    return []
