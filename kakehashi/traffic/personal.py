"""What this package stores about a person, and how it forgets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from kakehashi.traffic.models import Assignment, ChangeRequest, Job, Review, StateChange, Task

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

JOB = ("id", "account__name", "number", "title", "opened_at")
TASK = ("id", "job__number", "title", "role", "starts_on", "due_on", "begun_at", "done_at")
ASSIGNMENT = ("id", "job__number", "starts_on", "ends_on")
CHANGE = ("id", "job__number", "line", "old", "new", "reason", "at")
REVIEW = ("id", "title", "round", "text", "verdict", "said", "asked_at", "answered_at")
REQUEST = ("id", "job__number", "round", "text", "at")


def exported(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Jobs they have a part in, their tasks and assignments, what they moved and asked for."""
    parts = Q(run_by=person) | Q(made_by=person) | Q(billed_by=person) | Q(client=person)
    requests = ChangeRequest.objects.filter(Q(asked_by=person) | Q(recorded_by=person))
    tasks = Task.objects.filter(Q(person=person) | Q(done_by=person))
    return {
        "jobs": list(Job.objects.filter(parts).order_by("pk").values(*JOB)),
        "tasks": list(tasks.order_by("pk").values(*TASK)),
        "assignments": list(
            Assignment.objects.filter(person=person).order_by("pk").values(*ASSIGNMENT)
        ),
        "moves": list(StateChange.objects.filter(by=person).order_by("pk").values(*CHANGE)),
        "reviews": list(
            Review.objects.filter(Q(asked_of=person) | Q(answered_by=person))
            .order_by("pk")
            .values(*REVIEW)
        ),
        "change_requests": list(requests.order_by("pk").values(*REQUEST)),
    }


def forgotten(*, person: Person, by: Person | None, at: dt.datetime) -> list[Any]:  # noqa: ARG001
    """Nothing is emptied: who did what stays, with a former colleague or contact."""
    return []
