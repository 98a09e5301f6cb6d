"""What this package stores about a person, and how it forgets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakehashi.notify import queries
from kakehashi.notify.models import Bounce, Notification, Preference

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

NOTICE = (
    "id",
    "kind",
    "account__name",
    "subject_kind",
    "by__name",
    "made_at",
    "seen_at",
    "mailed_at",
)
BOUNCE = ("address", "reason", "at", "lifted_at")


def exported(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What they were told, what they want by mail, and whether their address bounced.

    The mail itself is exported with how they sign in (people.queries.doors.sign_in_data).
    """
    notices = Notification.objects.filter(person=person).order_by("pk")
    return {
        "notices": list(notices.values(*NOTICE)),
        "by_mail": list(
            Preference.objects.filter(person=person).order_by("kind").values("kind", "choice")
        ),
        "bounces": list(Bounce.objects.filter(person=person).order_by("pk").values(*BOUNCE)),
    }


def forgotten(*, person: Person, by: Person | None, at: dt.datetime) -> list[Any]:  # noqa: ARG001
    """All of it goes, and no history tells of it."""
    queries.forget(person)
    return []
