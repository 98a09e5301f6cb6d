"""Who hears of a ball, and what they read."""

from __future__ import annotations

from django.utils.timezone import now

from kakehashi.handoffs import actions
from kakehashi.notify import kinds
from kakehashi.notify.models import Notification
from kakehashi.policy.acting import acting_as
from tests import factories as make


def told(person):
    """What stands unseen in somebody's list, as they read it."""
    with acting_as(person):
        unseen = list(Notification.objects.filter(person=person, seen_at=None).order_by("made_at"))
        said = kinds.render(unseen)
        return [(one.kind, said[one.pk].sentence) for one in unseen if one.pk in said]


def test_who_is_asked_is_told_and_who_asks_is_not(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)

    [(kind, sentence)] = told(cast.ken)
    assert kind == "handoffs.asked"
    assert sentence.startswith("Aki asks you, until ")
    assert ball.is_open
    assert told(cast.aki) == []


def test_who_waits_is_told_the_answer_and_who_answered_is_done_with_it(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)
    with acting_as(cast.ken):
        actions.answer(ball=ball, answer="Attached.", by=cast.ken, at=now())

    assert told(cast.aki) == [("handoffs.answered", "Ken: “Attached.”")]
    assert told(cast.ken) == []


def test_passing_on_tells_who_has_it_and_who_waits(cast, ask):
    ball = ask(cast.aki, cast.ben, account=cast.sora)
    with acting_as(cast.ben):
        actions.move(ball=ball, to=cast.dan, by=cast.ben, at=now())

    assert [kind for kind, _said in told(cast.dan)] == ["handoffs.asked"]
    [(kind, sentence)] = told(cast.aki)
    assert kind == "handoffs.moved"
    assert sentence.startswith("Dan has it now, until ")
    assert told(cast.ben) == []


def test_a_reminder_and_a_withdrawal_are_told(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)
    with acting_as(cast.aki):
        actions.remind(ball=ball, by=cast.aki, at=now())
        actions.take_back(ball=ball, by=cast.aki, at=now())

    assert [kind for kind, _said in told(cast.ken)] == [
        "handoffs.asked",
        "handoffs.reminded",
        "handoffs.taken_back",
    ]
    assert told(cast.ken)[-1][1] == "Aki needs it no more."


def test_behind_a_wall_nothing_is_told(cast, ask):
    ask(cast.aki, cast.ben, account=cast.sora)

    make.denial(cast.ben, cast.sora)

    assert told(cast.ben) == []


def test_looking_at_a_ball_is_seeing_what_was_told(cast, ask):
    ball = ask(cast.aki, cast.ben)

    with acting_as(cast.ben):
        actions.look_at(ball=ball, by=cast.ben, at=now())

    assert told(cast.ben) == []
