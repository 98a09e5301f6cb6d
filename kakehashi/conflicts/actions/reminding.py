"""Officers are reminded of what ends, ahead of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from kakehashi.conflicts.queries.ending import ending, is_due
from kakehashi.notify import actions as notify
from kakehashi.policy.engine import require

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

ENDING = "conflicts.ending"


@transaction.atomic
def remind(*, officer: Person, at: dt.datetime) -> int:
    """As an officer: tell them what ends within thirty days, and again within seven."""
    require(officer, "conflicts.run_check", None)
    due = [one for one in ending(localdate(at)) if is_due(one, officer, localdate(at))]
    for one in due:
        notify.tell(
            person=officer, kind=ENDING, subject_kind=one.what, subject_id=one.id, account=None,
            by=None, at=at,
        )  # fmt: skip
    return len(due)
