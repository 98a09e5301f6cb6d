"""A handover as balls: both sides are asked to confirm; what its seat's holder had goes along.

Who is to receive a seat may not see its account yet: the handover lets them see this one ball
(policy.visibility), as it lets them read its sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kakehashi.handoffs import actions, naming, queries
from kakehashi.handoffs.actions import About

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.clients.models import Account, Handover
    from kakehashi.people.models import Person

SUBJECT = "handover"
GIVE, TAKE = "clients.handover.give", "clients.handover.take"


def register() -> None:
    for kind in (GIVE, TAKE):
        naming.register(kind, gettext_lazy("Handover to confirm"), theirs_alone=True)


def proposed(handover: Handover, *, by: Person, at: dt.datetime) -> None:
    """Both sides are asked to confirm until the day on which the seat moves."""
    for kind, side in ((GIVE, handover.giver), (TAKE, handover.receiver)):
        actions.ask(
            of=side,
            title=handover.sheet["account"]["name"],
            by=by,
            at=at,
            account=handover.account,
            due_at=max(handover.on, localdate(at)),
            kind=kind,
            about=About(SUBJECT, handover.pk, reverse("clients:handover", args=[handover.pk])),
            own_door=True,
        )


def confirmed(handover: Handover, *, by: Person, at: dt.datetime) -> None:
    """Whoever confirms has answered what they were asked."""
    actions.settle(
        subject_kind=SUBJECT,
        subject_id=handover.pk,
        kind=GIVE if by.pk == handover.giver_id else TAKE,
        answer=_("Confirmed."),
        by=by,
        at=at,
    )


def withdrawn(handover: Handover, *, by: Person, at: dt.datetime) -> None:
    """Nobody needs to confirm any more."""
    actions.call_off(subject_kind=SUBJECT, subject_id=handover.pk, by=by, at=at)


def waiting(account: Account, holder: Person) -> list[dict[str, Any]]:
    """The open balls they have or wait for on an account; none that are private or a handover's."""
    theirs = queries.open_balls().filter(
        Q(asked_of=holder) | Q(asked_by=holder), account=account, private=False
    )
    return [
        {"title": ball.title, "mine": ball.asked_of_id == holder.pk, "on": _day(ball.due_at)}
        for ball in theirs.exclude(subject_kind=SUBJECT).order_by("due_at", "id")
    ]


def _day(at: dt.datetime) -> str:
    return localdate(at).isoformat()
