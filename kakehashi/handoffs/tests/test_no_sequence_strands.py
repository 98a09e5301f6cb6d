"""No sequence of legal acts leaves a thing without a court, or one person asked twice for it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakehashi.handoffs import actions, states
from kakehashi.handoffs.models import Handoff
from kakehashi.people.queries.calendars import calendar_of
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused

PEOPLE = ("aki", "ben", "dan", "emi", "ken")
ACTS = ("answer", "ask_back", "record", "move", "later", "remind", "take_back")
OVER = {states.ANSWERED, states.TAKEN_BACK}

acts = st.lists(
    st.tuples(
        st.sampled_from(ACTS), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.integers(0, 3)
    ),
    min_size=1,
    max_size=9,
)
starts = st.tuples(
    st.sampled_from(PEOPLE[:4]), st.sampled_from(PEOPLE), st.booleans(), st.booleans()
)


def act(cast: Any, verb: str, who: str, whom: str, ball: Handoff, at: dt.datetime) -> None:
    """One act as a page would carry it out."""
    by, to = getattr(cast, who), getattr(cast, whom)
    said = {"ball": ball, "by": by, "at": at}
    if verb == "answer":
        actions.answer(answer="Yes.", **said)
    elif verb == "ask_back":
        actions.ask_back(question="Which?", **said)
    elif verb == "record":
        actions.record_answer(answer="Yes.", channel="phone", evidence="a call", **said)
    elif verb == "move":
        actions.move(to=to, **said)
    elif verb == "later":
        actions.move(to=ball.asked_of, due_at=at + dt.timedelta(days=3), **said)
    elif verb == "remind":
        actions.remind(**said)
    else:
        actions.take_back(**said)


def check(things: set[Any]) -> None:
    for thing in things:
        balls = list(Handoff.objects.filter(subject_id=thing))
        held = Counter(ball.asked_of_id for ball in balls if ball.is_open)
        followed = {ball.moved_from_id for ball in balls}
        ends = [ball for ball in balls if not ball.is_open and ball.pk not in followed]
        assert max(held.values(), default=0) <= 1, "asked twice"
        assert held or all(end.outcome in OVER for end in ends), "open without a court"
        assert not (held and ends), "over and open at once"
        for ball in balls:
            holder = calendar_of(ball.asked_of)
            assert holder.is_working(ball.due_at), ball.due_at


@pytest.mark.slow
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(start=starts, sequence=acts)
def test_no_sequence_of_legal_acts_loses_a_ball(cast, start, sequence):
    who, whom, private, on_account = start
    at = now()
    with transaction.atomic():
        try:
            with acting_as(getattr(cast, who)):
                first = actions.ask(
                    of=getattr(cast, whom),
                    by=getattr(cast, who),
                    at=at,
                    title="The logo files",
                    account=cast.sora if on_account else None,
                    private=private,
                )
        except (Refused, ValidationError):
            return
        for verb, by, to, index in sequence:
            at += dt.timedelta(hours=7)
            balls = list(Handoff.objects.order_by("asked_at", "id"))
            ball = balls[min(index, len(balls) - 1)]
            try:
                with acting_as(getattr(cast, by)):
                    seen = Handoff.objects.filter(pk=ball.pk).first()
                    if seen is not None:
                        act(cast, verb, by, to, seen, at)
            except (Refused, ValidationError):
                pass
            check({first.pk})
        transaction.set_rollback(True)
