"""Balls about things of other packages: the thing's own verb has said whether it may be done.

A package above asks here within its verbs, so that a thing's state and its court change together.
Who may do it is its own ability's matter; a client's contact may open and close such a ball too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kakehashi.base.text import nfkc
from kakehashi.handoffs import states, telling
from kakehashi.handoffs.actions.balls import _close, _open, _until
from kakehashi.handoffs.models import Handoff

if TYPE_CHECKING:
    import datetime as dt

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
        subject_kind=thing.kind,
        subject_id=thing.id,
        path=thing.path,
        title=nfkc(title).strip()[:LONGEST_TITLE],
        note=nfkc(note).strip(),
        asked_of=of,
        side=of.side,
        asked_by=by,
        asked_at=at,
        due_at=_until(of, due_at, at),
    )
    _open(ball)
    telling.asked(ball, by=by, at=at)
    return ball


@transaction.atomic
def answer_about(  # noqa: PLR0913 - what an answer consists of
    ball: Handoff,
    *,
    answer: str,
    by: Person,
    at: dt.datetime,
    recorded_by: Person | None = None,
    channel: str = Handoff.Channel.HERE,
    evidence: str = "",
    quietly: bool = False,
) -> Handoff:
    """Close a ball with what was answered. `quietly`: who asked sees it on the thing itself."""
    said = {"channel": channel, "evidence": nfkc(evidence).strip()}
    text = nfkc(answer).strip()
    _close(ball, states.ANSWERED, by=by, recorded_by=recorded_by, at=at, answer=text, **said)
    if not quietly:
        telling.answered(ball, by=recorded_by or by, at=at)
    return ball


@transaction.atomic
def drop_about(ball: Handoff, *, by: Person, at: dt.datetime, reason: str = "") -> Handoff:
    """Close a ball that the thing needs no more."""
    _close(ball, states.TAKEN_BACK, by=by, at=at, answer=nfkc(reason).strip())
    telling.taken_back(ball, by=by, at=at)
    return ball
