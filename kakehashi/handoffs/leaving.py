"""What somebody who leaves still has in their court."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.handoffs.handovers import SUBJECT
from kakehashi.handoffs.models import Handoff
from kakehashi.people.holdings import Holding

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kakehashi.people.models import Person


def held_by(person: Person, _on: dt.date) -> Iterator[Holding]:
    """Open balls of theirs: somebody must take them over first. A handover is told by itself.

    What the reader does not see is passed on by a task after the last day (tasks.pass_stranded).
    """
    held = Handoff.objects.filter(answered_at=None, asked_of=person)
    for ball in held.exclude(subject_kind=SUBJECT).order_by("due_at", "id"):
        yield Holding(_("Waits for them"), ball.title, ball.path)
