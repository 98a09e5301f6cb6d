"""Whether somebody may move a job: one ability for each move, as states.py names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.policy.engine import objection
from kakehashi.traffic import states

if TYPE_CHECKING:
    from kakehashi.people.models import Person
    from kakehashi.traffic.models import StateChange

TO_MOVE = {
    states.WORK: "traffic.move_work",
    states.SHOW: "traffic.show_client",
    states.RELEASE: "traffic.release_work",
    states.STOP: "traffic.stop_work",
    states.PRICE: "traffic.move_price",
    states.BILL: "traffic.bill",
}


def objection_to(
    person: Person, change: StateChange, worn: frozenset[str] | None = None
) -> str | None:
    """The first reason against a move; None if it may be made."""
    verb = states.verb(change.line, change.old, change.new)
    if verb is None:
        words = {"old": change.old_label, "new": change.new_label}
        return _("From “%(old)s” a job does not go to “%(new)s”.") % words
    return objection(person, TO_MOVE[verb], change, worn)
