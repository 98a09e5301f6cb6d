"""Balls of a thing that a package looks after: asked in somebody's name, closed with the thing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils.timezone import now

from kakehashi.handoffs import actions, queries
from kakehashi.handoffs.actions import About
from kakehashi.handoffs.models import Handoff
from kakehashi.notify.models import Notification
from kakehashi.policy.acting import acting_as, acting_as_system
from kakehashi.policy.engine import Refused

THING = "tests.thing"


@pytest.fixture
def thing(cast, ask):
    """Aki asked two people for the same thing."""
    about = About(THING, uuid4(), "/things/1/")
    for of in (cast.ben, cast.dan):
        ask(cast.aki, of, account=cast.sora, kind=THING, about=about)
    return about


def test_settling_a_thing_answers_all_its_balls_and_tells_who_waits(cast, thing):
    with acting_as(cast.ben):
        closed = actions.settle(
            subject_kind=THING, subject_id=thing.id, answer="Done.", by=cast.ben, at=now()
        )

    assert {ball.asked_of for ball in closed} == {cast.ben, cast.dan}
    rows = Handoff.objects.filter(subject_id=thing.id)
    assert {(b.outcome, b.answer, b.answered_by) for b in rows} == {("answered", "Done.", cast.ben)}
    assert Notification.objects.filter(person=cast.aki, kind="handoffs.answered").count() == 2


def test_an_answer_somebody_else_wrote_down_says_whose_it_is(cast, thing):
    with acting_as(cast.aki):
        (first, _second) = actions.settle(
            subject_kind=THING,
            subject_id=thing.id,
            answer="Yes.",
            by=cast.aki,
            at=now(),
            decided_by=cast.dan,
            channel="phone",
            evidence="call of 14:05",
        )

    assert (first.answered_by, first.recorded_by, first.evidence) == (
        cast.dan, cast.aki, "call of 14:05",
    )  # fmt: skip


def test_a_thing_called_off_is_taken_back_from_whoever_was_asked(cast, thing):
    with acting_as(cast.aki):
        actions.call_off(
            subject_kind=THING, subject_id=thing.id, by=cast.aki, at=now(), reason="Overtaken."
        )

    assert not queries.open_balls().filter(subject_id=thing.id).exists()
    assert Notification.objects.filter(kind="handoffs.taken_back").count() == 2


def test_what_goes_from_hand_to_hand_is_asked_in_the_name_of_who_began_it(cast):
    about = About(THING, uuid4(), "/things/2/")
    with acting_as_system("pass_stranded"):
        ball = actions.ask(
            of=cast.dan, title="The brief", by=cast.ben, in_name_of=cast.aki, at=now(),
            account=cast.sora, kind=THING, about=about,
        )  # fmt: skip

    assert (ball.asked_by, ball.asked_of) == (cast.aki, cast.dan)


def test_nobody_answers_past_the_thing(cast, thing):
    ball = Handoff.objects.get(subject_id=thing.id, asked_of=cast.ben)
    with pytest.raises(Refused, match="on its own page"), acting_as(cast.ben):
        actions.answer(ball=ball, answer="Yes.", by=cast.ben, at=now())
