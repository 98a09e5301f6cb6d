"""What this package puts into a person's calendar: balls that wait for them, when they are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.handoffs import queries
from kakehashi.handoffs.handovers import SUBJECT
from kakehashi.people.feeds import Event
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakehashi.people.models import Person


def events(person: Person) -> Iterator[Event]:
    """Each ball that somebody has, as the moment it is due; a handover has its own day there."""
    for ball in queries.waiting_for(person):
        if ball.subject_kind == SUBJECT:
            continue
        about = f"{reader_name(ball.account)}: " if ball.account else ""
        yield Event(
            key=f"ball:{ball.pk}",
            title=f"{about}{ball.title}",
            starts=ball.due_at,
            path=ball.path,
            note=_("%(who)s asks") % {"who": reader_name(ball.asked_by)},
        )
