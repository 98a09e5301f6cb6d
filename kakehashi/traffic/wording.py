"""What a job's balls are called and what they ask, in the language spoken now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kakehashi.handoffs import naming
from kakehashi.handoffs.actions.things import LONGEST_TITLE
from kakehashi.traffic import states

if TYPE_CHECKING:
    from kakehashi.traffic.models import Job

SUBJECT = "job"
LABELS = {
    states.PROPOSED: gettext_lazy("Job to begin"),
    states.IN_PRODUCTION: gettext_lazy("Work on a job"),
    states.INTERNAL_REVIEW: gettext_lazy("Internal review"),
    states.CLIENT_REVIEW: gettext_lazy("Client review"),
    states.RELEASED: gettext_lazy("Proof of publication"),
    states.ON_HOLD: gettext_lazy("Job on hold"),
    states.NOT_ESTIMATED: gettext_lazy("Estimate"),
    states.ESTIMATED: gettext_lazy("Estimate to send"),
    states.AWAITING_APPROVAL: gettext_lazy("Estimate to approve"),
    states.APPROVED: gettext_lazy("Job to bill"),
    states.READY_TO_BILL: gettext_lazy("Invoice"),
    states.INVOICED: gettext_lazy("Payment"),
    states.PAID: gettext_lazy("Job to close"),
    states.UNBILLABLE: gettext_lazy("Job to close"),
}


def kind(state: str) -> str:
    """The kind of ball that a state has."""
    return f"{SUBJECT}.{state}"


KINDS = frozenset(map(kind, LABELS))
NEWER = kind("newer_brief")
"""The kind of ball that asks whether a job takes over a newer version of its brief."""


def register() -> None:
    for state, label in LABELS.items():
        naming.register(kind(state), label)
    naming.register(NEWER, gettext_lazy("Newer version of a brief"))


def content(job: Job) -> str:
    """What whoever runs a job is asked for once the client has nothing to change."""
    return _fitted(_("%(job)s: the client is content, release it"), job)


def newer(job: Job, number: int) -> str:
    """What whoever runs a job is asked when another version of its brief was accepted."""
    said = _("%(job)s: version %(number)s of the brief is accepted, take it over?")
    return _fitted(said.replace("%(number)s", str(number)), job)


def asked(job: Job, state: str) -> str:
    """What whoever has the move is asked for, as one would say it."""
    words = {
        states.PROPOSED: _("%(job)s: begin the work, or decline it"),
        states.IN_PRODUCTION: _("%(job)s: make it, until we can look at it"),
        states.INTERNAL_REVIEW: _("%(job)s: look at the work"),
        states.CLIENT_REVIEW: _("%(job)s: the client's word on the work"),
        states.RELEASED: _("%(job)s: see that it runs"),
        states.ON_HOLD: _("%(job)s: say when it goes on"),
        states.NOT_ESTIMATED: _("%(job)s: estimate it"),
        states.ESTIMATED: _("%(job)s: send the estimate"),
        states.AWAITING_APPROVAL: _("%(job)s: bring in the client's word on the estimate"),
        states.APPROVED: _("%(job)s: say that it can be billed"),
        states.READY_TO_BILL: _("%(job)s: invoice it"),
        states.INVOICED: _("%(job)s: see that it is paid"),
        states.PAID: _("%(job)s: close it"),
        states.UNBILLABLE: _("%(job)s: close it"),
    }
    return _fitted(words[state], job)


def _fitted(said: str, job: Job) -> str:
    """A ball's title, for which a long job's own is cut."""
    room = LONGEST_TITLE - len(said % {"job": ""})
    return said % {"job": str(job)[:room]}
