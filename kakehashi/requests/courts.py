"""The court of a request: with each of its moves the ball changes sides, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kakehashi.handoffs import telling
from kakehashi.handoffs.actions import About, ask_about, call_off, settle
from kakehashi.handoffs.queries import open_of
from kakehashi.requests import queries, states

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.clients.models import Account
    from kakehashi.handoffs.models import Handoff
    from kakehashi.people.models import Person
    from kakehashi.requests.models import ClientRequest


def about(request: ClientRequest) -> About:
    return About(states.REQUEST, request.pk, reverse("requests:request", args=[request.pk]))


def who_takes_up(account: Account, wished: Person | None = None) -> Person:
    """Who has the ball when something comes in. Raises ValidationError where nobody could."""
    takers = queries.takers(account)
    if wished in takers:
        return wished  # type: ignore[return-value]  # None is no taker
    if not takers:
        raise ValidationError(
            _("Nobody at the agency is named for this account at the moment. Please call us.")
        )
    return takers[0]


def to_us(request: ClientRequest, *, by: Person, at: dt.datetime, note: str = "") -> Handoff:
    """It waits for us to say what becomes of it."""
    return ask_about(
        about(request),
        kind=states.TO_TAKE_UP,
        of=who_takes_up(request.account, request.kept_by),
        title=request.title,
        note=note,
        account=request.account,
        by=by,
        at=at,
    )


def to_begin(request: ClientRequest, *, by: Person, at: dt.datetime) -> Handoff:
    """It is accepted and waits for us to begin."""
    return ask_about(
        about(request),
        kind=states.TO_BEGIN,
        of=request.kept_by,
        title=request.title,
        account=request.account,
        by=by,
        at=at,
        due_at=request.wanted_on if request.wanted_on and request.wanted_on > at.date() else None,
    )


def to_client(
    request: ClientRequest,
    *,
    of: Person,
    question: str,
    by: Person,
    at: dt.datetime,
    due_at: dt.datetime | dt.date | None,
) -> Handoff:
    """We have asked something: it waits for one of the client's people."""
    return ask_about(
        about(request),
        kind=states.QUESTION,
        of=of,
        title=request.title,
        note=question,
        account=request.account,
        by=by,
        at=at,
        due_at=due_at,
    )


def close(  # noqa: PLR0913 - what an answer consists of
    request: ClientRequest,
    *,
    by: Person,
    at: dt.datetime,
    answer: str,
    recorded_by: Person | None = None,
    channel: str = "here",
    evidence: str = "",
) -> None:
    """Whatever waited is over: answered where it was ours to answer, else taken back."""
    for ball in queries.balls_of(request):
        its: dict[str, Any] = {
            "subject_kind": states.REQUEST,
            "subject_id": request.pk,
            "kind": ball.kind,
        }
        if ball.side == by.side:
            settle(
                answer=answer,
                by=recorded_by or by,
                decided_by=by,
                at=at,
                channel=channel,
                evidence=evidence,
                quietly=True,
                **its,
            )
        else:
            call_off(by=recorded_by or by, at=at, reason=answer, **its)


def held_mail(account: Account, at: dt.datetime) -> None:
    """Somebody has to look at mail that is held: one ball for all of an account's."""
    if open_of(states.MAIL_IN, account.pk):
        return
    keeper = who_takes_up(account)
    with translation.override(keeper.language):
        title = _("Mail is held: whose is it?")
    thing = About(states.MAIL_IN, account.pk, reverse("requests:account-mail", args=[account.pk]))
    ball = ask_about(
        thing,
        kind=states.TO_LOOK_AT_MAIL,
        of=keeper,
        title=title,
        account=account,
        by=keeper,
        at=at,
    )
    telling.asked(ball, by=None, at=at)


def no_more_mail(account: Account, *, by: Person, at: dt.datetime) -> None:
    """The last one that was held is judged."""
    settle(
        subject_kind=states.MAIL_IN,
        subject_id=account.pk,
        answer=_("Looked at"),
        by=by,
        at=at,
        quietly=True,
    )
