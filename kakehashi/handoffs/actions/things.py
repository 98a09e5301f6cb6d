"""What a package does with the balls of a thing of its own: opens and closes them as it goes on.

Whether somebody may is the package's to ask: its own abilities guard its own verbs. So a client's
contact, too, opens and closes balls, where a verb of a package lets them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kakehashi.base.text import nfkc
from kakehashi.handoffs import states, telling
from kakehashi.handoffs.actions.balls import begin, close
from kakehashi.handoffs.models import Handoff

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from kakehashi.clients.models import Account
    from kakehashi.handoffs.actions.balls import About
    from kakehashi.people.models import Person

LONGEST_TITLE = 200


@transaction.atomic
def ask_about(  # noqa: PLR0913 - what makes a ball
    thing: About,
    *,
    kind: str,
    of: Person,
    title: str,
    account: Account | None,
    by: Person,
    at: dt.datetime,
    note: str = "",
    private: bool = False,
    due_at: dt.datetime | dt.date | None = None,
) -> Handoff:
    """Open a ball about a thing. The caller has made sure that its holder sees it."""
    ball = Handoff(
        account=account,
        private=private,
        kind=kind,
        title=nfkc(title).strip()[:LONGEST_TITLE],
        note=nfkc(note).strip(),
        asked_of=of,
        asked_by=by,
        asked_at=at,
    )
    return begin(ball, thing, by=by, due_at=due_at)


@transaction.atomic
def settle(  # noqa: PLR0913 - what an answer consists of
    *,
    subject_kind: str,
    subject_id: UUID,
    answer: str,
    by: Person,
    at: dt.datetime,
    kind: str = "",
    decided_by: Person | None = None,
    recorded_by: Person | None = None,
    channel: str = Handoff.Channel.HERE,
    evidence: str = "",
    quietly: bool = False,
) -> list[Handoff]:
    """What was asked about a thing is answered by what became of it: close its open balls.

    `decided_by` is who answered and `recorded_by` who wrote it down, where it was not who acts. Who
    waited is told, unless `quietly`: what follows tells it, a ball or a notice of the thing itself.
    """
    balls = _open(subject_kind, subject_id, kind)
    for ball in balls:
        close(
            ball,
            states.ANSWERED,
            by=decided_by or by,
            recorded_by=recorded_by or by,
            at=at,
            answer=nfkc(answer).strip(),
            channel=channel,
            evidence=evidence,
        )
        if not quietly:
            telling.answered(ball, by=by, at=at)
    return balls


@transaction.atomic
def call_off(
    *,
    subject_kind: str,
    subject_id: UUID,
    by: Person,
    at: dt.datetime,
    reason: str = "",
    kind: str = "",
) -> list[Handoff]:
    """What was asked about a thing is not needed any more: take its open balls back."""
    balls = _open(subject_kind, subject_id, kind)
    for ball in balls:
        close(ball, states.TAKEN_BACK, by=by, at=at, answer=nfkc(reason).strip())
        telling.taken_back(ball, by=by, at=at)
    return balls


def _open(subject_kind: str, subject_id: UUID, kind: str) -> list[Handoff]:
    balls = Handoff.objects.filter(
        subject_kind=subject_kind, subject_id=subject_id, answered_at=None
    )
    if kind:
        balls = balls.filter(kind=kind)
    return list(balls.select_related("account", "asked_of", "asked_by").order_by("asked_at", "id"))
