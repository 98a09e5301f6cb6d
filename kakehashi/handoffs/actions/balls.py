"""What is done with a ball: ask, answer, ask back, pass on, remind, take back.

Every verb closes an ask or opens one, in one transaction with what it tells people. A thing that
is not settled always waits for somebody: a ball is passed on by a new one that points at the old.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc
from kakehashi.handoffs import due, queries, states, telling
from kakehashi.handoffs.models import Desk, Handoff, Reminder
from kakehashi.handoffs.states import FREE
from kakehashi.people.models import Person
from kakehashi.people.rules import not_working_on
from kakehashi.policy import scope
from kakehashi.policy.engine import Refused, require
from kakehashi.policy.integrity import spoken
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from kakehashi.clients.models import Account

KEYS = frozenset(field.name for field in Handoff._meta.fields if field.is_relation)
"""Fields that PostgreSQL looks after: whether the rows they name are there."""


@dataclass(frozen=True)
class About:
    """The thing a ball is about: its registered kind, its id, the page where it is answered."""

    kind: str
    id: UUID
    path: str


@transaction.atomic
def ask(  # noqa: PLR0913 - what makes a ball
    *,
    of: Person | Desk,
    title: str,
    by: Person,
    at: dt.datetime,
    account: Account | None = None,
    private: bool = False,
    due_at: dt.datetime | dt.date | None = None,
    note: str = "",
    kind: str = FREE,
    about: About | None = None,
    in_name_of: Person | None = None,
    own_door: bool = False,
) -> Handoff:
    """Ask somebody, or the keeper of a desk, for something until a time.

    `due_at` is moved to when they work; left out, they have a working day. What goes from hand to
    hand is asked `in_name_of` who began it: they wait for the answer. What has its `own_door` lets
    its holder in, whether they see the account or not. Raises ValidationError at the field for who
    cannot be asked, is asked already, or for a time that has passed.
    """
    require(by, "handoffs.ask", account)
    holder, desk = (of, None) if own_door and isinstance(of, Person) else _holder(of, account, at)
    ball = Handoff(
        account=account,
        private=private,
        kind=kind,
        title=nfkc(title).strip(),
        note=nfkc(note).strip(),
        asked_of=holder,
        desk=desk,
        asked_by=in_name_of or by,
        asked_at=at,
    )
    thing = about or About(FREE, ball.pk, reverse("handoffs:ball", args=[ball.pk]))
    return begin(ball, thing, by=by, due_at=due_at)


def begin(
    ball: Handoff, thing: About, *, by: Person, due_at: dt.datetime | dt.date | None
) -> Handoff:
    """Open a new ball about a thing, and tell who is asked."""
    ball.subject_kind, ball.subject_id, ball.path = thing.kind, thing.id, thing.path
    ball.side = ball.asked_of.side
    ball.due_at = _until(ball.asked_of, due_at, ball.asked_at)
    _open(ball)
    telling.asked(ball, by=by, at=ball.asked_at)
    return ball


@transaction.atomic
def answer(*, ball: Handoff, answer: str, by: Person, at: dt.datetime) -> Handoff:
    """Answer what one was asked, or what somebody was asked for whom one stands in."""
    require(by, "handoffs.answer", ball)
    close(ball, states.ANSWERED, by=by, at=at, answer=_said(answer, "answer"))
    telling.answered(ball, by=by, at=at)
    return ball


@transaction.atomic
def record_answer(  # noqa: PLR0913 - what an answer consists of
    *,
    ball: Handoff,
    answer: str,
    channel: str,
    evidence: str,
    by: Person,
    at: dt.datetime,
    answered_by: Person | None = None,
) -> Handoff:
    """Write down an answer that came by phone, by mail or in person, with what shows it."""
    require(by, "handoffs.record", ball)
    decided = answered_by or ball.asked_of
    _refuse_stranger(ball, decided)
    said = {"channel": channel, "evidence": _said(evidence, "evidence")}
    text = _said(answer, "answer")
    close(ball, states.ANSWERED, by=decided, recorded_by=by, at=at, answer=text, **said)
    telling.answered(ball, by=by, at=at)
    return ball


@transaction.atomic
def ask_back(
    *,
    ball: Handoff,
    question: str,
    by: Person,
    at: dt.datetime,
    due_at: dt.datetime | dt.date | None = None,
) -> Handoff:
    """Answer with a question: the ball goes back to whoever asked."""
    require(by, "handoffs.ask_back", ball)
    text = _said(question, "question")
    close(ball, states.RETURNED, by=by, at=at, answer=text)
    back = _following(ball, ball.asked_by, due_at, at, note=text)
    back.asked_by = by
    _open(back)
    telling.asked(back, by=by, at=at)
    return back


@transaction.atomic
def move(
    *,
    ball: Handoff,
    to: Person | Desk,
    by: Person,
    at: dt.datetime,
    due_at: dt.datetime | dt.date | None = None,
    note: str = "",
) -> Handoff:
    """Pass a ball on to somebody else, or to another time of the same person."""
    require(by, "handoffs.move", ball)
    holder, desk = _holder(to, ball.account, at)
    if holder == ball.asked_of and due_at is None:
        raise ValidationError({"to": _("They have it already. Choose somebody else or a time.")})
    if ball.subject_kind != FREE and ball.is_ours and not holder.is_ours:
        raise ValidationError({"to": _("This waits for our side. Ask one of ours.")})
    close(ball, states.MOVED, by=by, at=at, answer=nfkc(note).strip())
    fresh = _following(ball, holder, due_at, at, note=ball.note, desk=desk)
    _open(fresh)
    telling.moved(ball, fresh, by=by, at=at)
    return fresh


@transaction.atomic
def remind(*, ball: Handoff, by: Person, at: dt.datetime) -> Reminder:
    """Remind whoever has the ball."""
    require(by, "handoffs.remind", ball)
    reminder = Reminder(account_id=ball.account_id, handoff=ball, by=by, at=at)
    reminder.save(force_insert=True)
    telling.reminded(ball, by=by, at=at)
    return reminder


@transaction.atomic
def take_back(*, ball: Handoff, by: Person, at: dt.datetime, reason: str = "") -> Handoff:
    """Say that no answer is needed any more."""
    require(by, "handoffs.take_back", ball)
    close(ball, states.TAKEN_BACK, by=by, at=at, answer=nfkc(reason).strip())
    telling.taken_back(ball, by=by, at=at)
    return ball


@transaction.atomic
def look_at(*, ball: Handoff, by: Person, at: dt.datetime) -> None:
    """Somebody opens a ball's page: what they were told of it is seen."""
    telling.seen(ball, by=by, at=at)


@transaction.atomic
def pass_stranded(*, ball: Handoff, to: Person, at: dt.datetime) -> Handoff:
    """As nobody in particular: somebody takes over a ball whose holder does not see it any more.

    Says nothing of why. Who held it is not told; who takes it over and who asked are.
    """
    close(ball, states.MOVED, by=to, at=at)
    fresh = _following(ball, to, None, at, note=ball.note)
    _open(fresh)
    telling.moved(ball, fresh, by=None, at=at)
    return fresh


def _holder(
    of: Person | Desk, account: Account | None, at: dt.datetime
) -> tuple[Person, Desk | None]:
    """Who will answer; raises if nobody can, or if they would not see what they are asked."""
    desk = of if isinstance(of, Desk) else None
    holder = queries.keeper_of(desk, localdate(at)) if desk else of
    if not isinstance(holder, Person):
        raise ValidationError({"to": _("Nobody keeps this desk today. Ask a person instead.")})
    if holder.is_ours and (no := not_working_on(holder, localdate(at))):
        raise ValidationError({"to": no})
    if account is None:
        if not holder.is_ours:
            raise ValidationError({"account": _("Choose the account this client is asked on.")})
    elif not scope.may_be_asked(holder.pk, account.pk):
        words = {"person": reader_name(holder)}
        raise ValidationError(
            {"to": _("%(person)s is not available for this account. Ask somebody else.") % words}
        )
    return holder, desk


def _until(holder: Person, wish: dt.datetime | dt.date | None, at: dt.datetime) -> dt.datetime:
    if wish is None:
        return due.usual(holder, at)
    if (wish < at) if hasattr(wish, "tzinfo") else (wish < localdate(at)):
        raise ValidationError({"due_at": _("This time has passed already.")})
    return due.settled(holder, wish, at)


def _following(
    ball: Handoff,
    holder: Person,
    wish: dt.datetime | dt.date | None,
    at: dt.datetime,
    *,
    note: str,
    desk: Desk | None = None,
) -> Handoff:
    """The next ball of the same thing; the time stays as it was, if it can still be kept."""
    if wish is None and ball.due_at > at:
        wish = ball.due_at
    return Handoff(
        account_id=ball.account_id,
        private=ball.private,
        kind=ball.kind,
        subject_kind=ball.subject_kind,
        subject_id=ball.subject_id,
        title=ball.title,
        path=ball.path,
        note=note,
        asked_of=holder,
        desk=desk,
        side=holder.side,
        asked_by=ball.asked_by,
        asked_at=at,
        due_at=_until(holder, wish, at),
        moved_from=ball,
    )


def _open(ball: Handoff) -> None:
    ball.clean_fields(exclude=KEYS)
    with spoken(Handoff):
        ball.save(force_insert=True)


def close(  # noqa: PLR0913 - what an answer consists of
    ball: Handoff,
    outcome: str,
    *,
    by: Person,
    at: dt.datetime,
    answer: str = "",
    recorded_by: Person | None = None,
    channel: str = Handoff.Channel.HERE,
    evidence: str = "",
) -> None:
    """Write the answer, unless somebody else has meanwhile; then say who and how."""
    written = {
        "answered_at": at,
        "answered_by": by,
        "recorded_by": recorded_by or by,
        "channel": channel,
        "evidence": evidence,
        "outcome": outcome,
        "answer": answer,
    }
    for name, value in written.items():
        setattr(ball, name, value)
    standing = [f.name for f in Handoff._meta.fields if f.name not in written]
    ball.full_clean(exclude=standing, validate_constraints=False)
    if not Handoff.objects.filter(pk=ball.pk, answered_at=None).update(**written):
        raise Overtaken(Handoff.objects.select_related("answered_by").get(pk=ball.pk))
    telling.seen(ball, by=recorded_by or by, at=at)


class Overtaken(Refused):
    """Somebody else was quicker. `ball` is what they made of it."""

    def __init__(self, ball: Handoff) -> None:
        from kakehashi.handoffs.rules import is_answered

        super().__init__(is_answered(ball.asked_of, ball) or "")
        self.ball = ball


def _said(text: str, field: str) -> str:
    """What was typed, folded; raises if it says nothing."""
    text = nfkc(text).strip()
    if not text:
        raise ValidationError({field: _("Say something: others will read it.")})
    return text


def _refuse_stranger(ball: Handoff, decided: Person) -> None:
    """Who answers for the client is one of the client's people there, and so on."""
    if decided.pk == ball.asked_of_id:
        return
    if decided.side != ball.side:
        raise ValidationError({"answered_by": _("This waits for the other side.")})
    if ball.account_id is None or not scope.may_be_asked(decided.pk, ball.account_id):
        raise ValidationError({"answered_by": _("Choose somebody who deals with this account.")})
