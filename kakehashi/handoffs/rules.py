"""Objections to what is done with a ball: a sentence in the reader's language, or None."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.timezone import now
from django.utils.translation import gettext as _

from kakehashi.handoffs import naming
from kakehashi.handoffs.states import FREE
from kakehashi.people.models import Person
from kakehashi.policy import scope
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from kakehashi.handoffs.models import Desk, Handoff

PAUSE = dt.timedelta(hours=4)
"""Between two reminders of one ball, whoever sends them."""


def is_answered(_person: Person, ball: Handoff) -> str | None:
    """Who came second is told who came first; a client, if they know them."""
    if ball.answered_at is None:
        return None
    column = ball._meta.get_field("answered_by")
    if not column.is_cached(ball):
        found = Person.objects.filter(pk__in=[ball.answered_by_id]).first()
        column.set_cached_value(ball, found)
    words = {"who": reader_name(ball.answered_by) if ball.answered_by else _("Somebody")}
    if ball.outcome == ball.Outcome.MOVED:
        return _("%(who)s has passed this on already.") % words
    if ball.outcome == ball.Outcome.TAKEN_BACK:
        return _("%(who)s has taken this back already.") % words
    return _("%(who)s has answered this already.") % words


def holds(person: Person, ball: Handoff) -> bool:
    """Whose move it is: who is asked, or who stands in for them while they are away."""
    return ball.asked_of_id == person.pk or (
        not ball.private and scope.stands_in_for(ball.asked_of_id)
    )


def has_asked(person: Person, ball: Handoff) -> bool:
    return ball.asked_by_id == person.pk


def has_a_part(person: Person, ball: Handoff) -> bool:
    return has_asked(person, ball) or holds(person, ball)


def was_reminded_just_now(_person: Person, ball: Handoff) -> str | None:
    last = max((reminder.at for reminder in ball.reminders.all()), default=None)
    if last is None or now() - last >= PAUSE:
        return None
    return _("Somebody has reminded them within the last four hours.")


def is_your_own(person: Person, ball: Handoff) -> str | None:
    return _("This waits for you yourself.") if ball.asked_of_id == person.pk else None


def waits_for_its_thing(_person: Person, ball: Handoff) -> str | None:
    """What belongs to a thing of its own is answered there: a brief, an approval, a handover."""
    if ball.subject_kind == FREE:
        return None
    return _("This is answered on its own page.")


def is_theirs_alone(_person: Person, ball: Handoff) -> str | None:
    """A side of a handover confirms for itself."""
    if not naming.is_theirs_alone(ball.kind):
        return None
    return _("Nobody else can do this for them.")


def nobody_to_ask_back(person: Person, ball: Handoff) -> str | None:
    if ball.asked_by_id != person.pk:
        return None
    return _("You asked this yourself: there is nobody to ask back.")


def desk_is_closed(_person: Person, desk: Desk) -> str | None:
    return _("This desk is closed.") if desk.closed_on else None
