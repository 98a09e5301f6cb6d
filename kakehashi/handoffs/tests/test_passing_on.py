"""Passing on, another time, reminding, taking back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from kakehashi.handoffs import actions, rules
from kakehashi.handoffs.models import Handoff, Reminder
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused


def move(by, ball, to, **said):
    with acting_as(by):
        return actions.move(**{"ball": ball, "to": to, "by": by, "at": now(), **said})


def test_somebody_else_has_it_and_who_asked_goes_on_waiting(cast, ask):
    ball = ask(cast.aki, cast.ben, account=cast.sora)

    fresh = move(cast.ben, ball, cast.dan, note="On leave.")

    old = Handoff.objects.get(pk=ball.pk)
    assert (old.outcome, old.answered_by, old.answer) == ("moved", cast.ben, "On leave.")
    assert (fresh.asked_of, fresh.asked_by, fresh.moved_from) == (cast.dan, cast.aki, ball)
    assert (fresh.subject_id, fresh.title, fresh.due_at) == (ball.pk, ball.title, ball.due_at)


def test_another_time_is_a_new_ball_for_the_same_person(cast, ask):
    ball = ask(cast.aki, cast.ben)
    later = ball.due_at + dt.timedelta(days=7)

    fresh = move(cast.aki, ball, cast.ben, due_at=later)

    assert fresh.asked_of == cast.ben
    assert fresh.due_at > ball.due_at


def test_who_has_it_already_gets_another_time_or_nothing(cast, ask):
    ball = ask(cast.aki, cast.ben)

    with pytest.raises(ValidationError, match="have it already"):
        move(cast.aki, ball, cast.ben)


def test_it_is_not_passed_over_the_wall(cast, ask):
    ball = ask(cast.aki, cast.ben, account=cast.sora)

    with pytest.raises(ValidationError, match="not available for this account"):
        move(cast.ben, ball, cast.chie)
    assert Handoff.objects.get().is_open


def test_a_superior_passes_on_what_lies_below(cast, ask):
    ball = ask(cast.ben, cast.aki, account=cast.sora)

    assert move(cast.dan, ball, cast.ben).asked_of == cast.ben


def test_somebody_without_a_part_passes_nothing_on(cast, ask):
    ball = ask(cast.aki, cast.ben, account=cast.sora)

    with pytest.raises(Refused):
        move(cast.fumi, ball, cast.dan)


def test_a_private_ball_passed_on_is_out_of_sight(cast, ask):
    ball = ask(cast.aki, cast.ben, account=cast.sora, private=True)

    fresh = move(cast.ben, ball, cast.dan)

    with acting_as(cast.ben):
        assert not Handoff.objects.filter(pk=fresh.pk).exists()
    with acting_as(cast.dan):
        assert Handoff.objects.get(answered_at=None) == fresh


def test_a_late_ball_passed_on_has_a_new_time(cast, ask):
    ball = ask(cast.aki, cast.ben)
    Handoff.objects.filter(pk=ball.pk)  # the guard keeps times: travel instead
    after = ball.due_at + dt.timedelta(days=1)

    with acting_as(cast.ben):
        fresh = actions.move(ball=ball, to=cast.dan, by=cast.ben, at=after)

    assert fresh.due_at > after


def test_who_waits_reminds(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)

    with acting_as(cast.aki):
        actions.remind(ball=ball, by=cast.aki, at=now())

    assert Reminder.objects.get().by == cast.aki


def test_two_reminders_have_some_hours_between_them(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)
    with acting_as(cast.aki):
        actions.remind(ball=ball, by=cast.aki, at=now())

    with pytest.raises(Refused, match="last four hours"), acting_as(cast.ben):
        actions.remind(ball=Handoff.objects.get(), by=cast.ben, at=now())

    Reminder.objects.update(at=now() - rules.PAUSE)
    with acting_as(cast.ben):
        assert actions.remind(ball=Handoff.objects.get(), by=cast.ben, at=now()).pk


def test_nobody_reminds_themselves(cast, ask):
    ball = ask(cast.ben, cast.aki, account=cast.sora)

    with pytest.raises(Refused, match="waits for you yourself"), acting_as(cast.aki):
        actions.remind(ball=ball, by=cast.aki, at=now())


def test_who_asked_takes_it_back(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)

    with acting_as(cast.aki):
        actions.take_back(ball=ball, by=cast.aki, at=now(), reason="Found them.")

    found = Handoff.objects.get()
    assert (found.outcome, found.answered_by, found.answer) == (
        "taken_back",
        cast.aki,
        "Found them.",
    )


def test_who_is_asked_does_not_take_it_back(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)

    with pytest.raises(Refused), acting_as(cast.ken):
        actions.take_back(ball=ball, by=cast.ken, at=now())


def test_what_is_over_is_over(cast, ask):
    ball = ask(cast.aki, cast.ben)
    with acting_as(cast.aki):
        actions.take_back(ball=ball, by=cast.aki, at=now())

    with pytest.raises(Refused, match="Aki has taken this back already"):
        move(cast.ben, Handoff.objects.get(), cast.dan)
