"""Objections to what is done with an approval: a sentence in the reader's language, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import now
from django.utils.translation import gettext as _

from kakehashi.approvals import states, subjects
from kakehashi.approvals.route import standing
from kakehashi.policy import scope
from kakehashi.policy.engine import hats
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from kakehashi.approvals.models import Circulation, Decision, Step
    from kakehashi.people.models import Person


def decision_on(step: Step) -> Decision | None:
    """What stands decided at a step; one that was taken back does not. Reads what is prefetched."""
    standing_ones = [one for one in step.decisions.all() if not is_taken_back(one)]
    return standing_ones[-1] if standing_ones else None


def is_taken_back(decision: Decision) -> bool:
    return hasattr(decision, "taken_back")


def turn_of(circulation: Circulation) -> list[Step]:
    """The steps whose turn it is."""
    steps = list(circulation.steps.all())
    said = {one.pk: made.verdict for one in steps if (made := decision_on(one)) is not None}
    due = standing([(one.pk, one.position) for one in steps], said).due
    return [one for one in steps if one.pk in due]


def may_decide(person: Person, step: Step) -> bool:
    """Who is asked, whoever holds the same role here, the deputy, and who stands in for them."""
    if person.pk in {step.holder_id, step.deputy_id}:
        return True
    if not step.circulation.is_ours or not person.is_ours:
        return False
    if step.role and {f"seat:{step.role}", f"role:{step.role}"} & hats(step.account_id):
        return True
    return scope.stands_in_for(step.holder_id)


def is_over(_person: Person, step: Step) -> str | None:
    """Nobody decides on what does not go round any more."""
    return _over(step.circulation)


def _over(circulation: Circulation) -> str | None:
    if circulation.state == states.OVERTAKEN:
        return _("There is a newer version: nobody decides on this one any more.")
    if circulation.state == states.WITHDRAWN:
        return _("This was withdrawn: no decision is needed any more.")
    if circulation.state == states.RETURNED:
        return _("This was sent back: what follows is a new version.")
    return None


def is_decided(_person: Person, step: Step) -> str | None:
    decision = decision_on(step)
    if decision is None:
        return None
    return _("%(who)s has decided here already.") % {"who": reader_name(decision.decided_by)}


def is_not_their_turn(_person: Person, step: Step) -> str | None:
    """Only the next is asked, and only the next decides."""
    turn = turn_of(step.circulation)
    if step.pk in {one.pk for one in turn}:
        return None
    names = ", ".join(reader_name(one.holder) for one in turn)
    return _("It is not this step's turn yet: it waits for %(who)s.") % {"who": names}


def is_own_work(person: Person, step: Step) -> str | None:
    """Four eyes: who wrote it, or sent it round, does not approve it. Reading it is no approval."""
    if step.kind == step.Kind.CIRCULATE or not step.circulation.is_ours:
        return None
    if person.pk in {*step.circulation.authors, step.circulation.started_by_id}:
        return _("You have worked on this yourself: somebody else approves it.")
    return None


def has_decided_before(person: Person, step: Step) -> str | None:
    """One pair of eyes counts once."""
    if step.kind == step.Kind.CIRCULATE:
        return None
    for other in step.circulation.steps.all():
        decision = decision_on(other)
        if other.pk != step.pk and decision is not None and decision.decided_by_id == person.pk:
            return _("You have decided at another step of this already.")
    return None


def decides_here(_person: Person, step: Step) -> str | None:
    """Only what the client said elsewhere is written down by us; our people decide here."""
    if step.circulation.is_ours:
        return _("Our own people decide here themselves, or their deputies do.")
    return None


def has_decided(person: Person, step: Step) -> bool:
    """Whose decision it is, or who wrote it down."""
    decision = decision_on(step)
    return decision is not None and person.pk in {decision.decided_by_id, decision.recorded_by_id}


def nothing_decided(_person: Person, step: Step) -> str | None:
    return None if decision_on(step) else _("Nothing was decided here.")


def is_too_late(_person: Person, step: Step) -> str | None:
    decision = decision_on(step)
    if decision is None or now() - decision.at <= states.SECOND_THOUGHTS:
        return None
    return _("A decision is taken back within 15 minutes. Ask for a new version instead.")


def went_on(_person: Person, step: Step) -> str | None:
    """Nobody takes back what others decided after."""
    decision = decision_on(step)
    for other in step.circulation.steps.all():
        later = decision_on(other)
        if decision and later and other.position > step.position and later.at >= decision.at:
            return _("%(who)s has decided after you already.") % {
                "who": reader_name(later.decided_by)
            }
    return None


def is_final(_person: Person, step: Step) -> str | None:
    """A circulation that was withdrawn or overtaken is not opened again."""
    if step.circulation.state in {states.WITHDRAWN, states.OVERTAKEN}:
        return _over(step.circulation)
    return None


def is_built_on(_person: Person, step: Step) -> str | None:
    """The package the version belongs to may say that something was begun on it."""
    return subjects.subject_of(step.circulation).built_on(step.circulation)


def has_started(person: Person, circulation: Circulation) -> bool:
    return circulation.started_by_id == person.pk


def has_ended(_person: Person, circulation: Circulation) -> str | None:
    if circulation.state == states.APPROVED:
        return _("This was approved already.")
    return _over(circulation)
