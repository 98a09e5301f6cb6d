"""Answering, recording an answer, asking back: once, by whom it is for."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from kakehashi.base.ids import uuid7
from kakehashi.handoffs import actions
from kakehashi.handoffs.models import Handoff
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make


def answer(by, ball, text="Attached."):
    with acting_as(by):
        return actions.answer(ball=ball, answer=text, by=by, at=now())


def record(by, ball, **said):
    with acting_as(by):
        return actions.record_answer(
            **{
                "ball": ball,
                "answer": "They come on Monday.",
                "channel": "phone",
                "evidence": "call of 14:05",
                "by": by,
                "at": now(),
                **said,
            }
        )


def test_who_is_asked_answers(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)

    answer(cast.ken, ball)

    with acting_as(cast.aki):
        found = Handoff.objects.get()
    assert (found.outcome, found.answer) == ("answered", "Attached.")
    assert (found.answered_by, found.recorded_by, found.channel) == (cast.ken, cast.ken, "here")


def test_nobody_answers_for_somebody_else(cast, ask):
    ball = ask(cast.aki, cast.ben, account=cast.sora)

    with pytest.raises(Refused):
        answer(cast.dan, ball)


def test_an_answer_says_something(cast, ask):
    ball = ask(cast.aki, cast.ben)

    with pytest.raises(ValidationError) as refusal:
        answer(cast.ben, ball, "  ")

    assert set(refusal.value.message_dict) == {"answer"}


def test_of_two_who_answer_the_second_is_told_who_was_first(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)
    seen_before = Handoff.objects.get(pk=ball.pk)
    record(cast.aki, ball)

    with pytest.raises(Refused, match="Ken has answered this already"):
        answer(cast.ken, seen_before)


def test_an_answer_by_phone_is_recorded_with_what_shows_it(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)

    record(cast.ben, ball)

    found = Handoff.objects.get()
    assert (found.answered_by, found.recorded_by) == (cast.ken, cast.ben)
    assert (found.channel, found.evidence) == ("phone", "call of 14:05")


def test_without_evidence_nothing_is_recorded(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)

    with pytest.raises(ValidationError) as refusal:
        record(cast.aki, ball, evidence=" ")

    assert set(refusal.value.message_dict) == {"evidence"}


def test_a_colleague_of_the_client_may_have_answered(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)
    boss = make.contact("Boss", cast.sora)

    assert record(cast.aki, ball, answered_by=boss.person).answered_by == boss.person


def test_one_of_ours_never_answered_for_the_client(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)

    with pytest.raises(ValidationError, match="other side"):
        record(cast.aki, ball, answered_by=cast.ben)


def test_another_client_never_answered_for_this_one(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)
    stranger = make.contact("Stranger", cast.rival)

    with pytest.raises(ValidationError, match="deals with this account"):
        record(cast.aki, ball, answered_by=stranger.person)


def test_what_waits_for_oneself_is_answered_and_not_recorded(cast, ask):
    ball = ask(cast.ben, cast.aki, account=cast.sora)

    with pytest.raises(Refused, match="waits for you yourself"):
        record(cast.aki, ball)


def test_a_client_records_nothing(cast, ask):
    ball = ask(cast.aki, cast.ben, account=cast.sora)

    with pytest.raises(Refused):
        record(cast.ken, ball)


def test_a_question_comes_back_to_whoever_asked(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)

    with acting_as(cast.ken):
        back = actions.ask_back(ball=ball, question="Which ones?", by=cast.ken, at=now())

    found = Handoff.objects.get(pk=ball.pk)
    assert (found.outcome, found.answer) == ("returned", "Which ones?")
    assert (back.asked_of, back.asked_by, back.subject_id) == (cast.aki, cast.ken, ball.pk)
    assert back.moved_from == ball
    assert back.note == "Which ones?"


def test_nobody_asks_themselves_back(cast, ask):
    ball = ask(cast.aki, cast.aki)

    with pytest.raises(Refused, match="nobody to ask back"), acting_as(cast.aki):
        actions.ask_back(ball=ball, question="Hm?", by=cast.aki, at=now())


@pytest.mark.parametrize(
    "change", [{"title": "Something else"}, {"asked_of_id": None}, {"answer": "Rewritten."}]
)
def test_postgresql_rewrites_no_answer(cast, ask, change):
    ball = ask(cast.aki, cast.ben)
    answer(cast.ben, ball)
    change = {k: v or cast.aki.pk for k, v in change.items()}

    with (
        pytest.raises(DatabaseError, match="answered once"),
        acting_as(cast.aki),
        transaction.atomic(),
    ):
        Handoff.objects.filter(pk=ball.pk).update(**change)


def test_postgresql_changes_nothing_but_the_answer(cast, ask):
    ball = ask(cast.aki, cast.ben)

    with (
        pytest.raises(DatabaseError, match="only the answer"),
        acting_as(cast.aki),
        transaction.atomic(),
    ):
        Handoff.objects.filter(pk=ball.pk).update(title="Something else")


def test_postgresql_follows_no_ball_that_is_still_open(cast, ask):
    ball = ask(cast.aki, cast.ben)
    copy = Handoff.objects.get(pk=ball.pk)
    copy.pk, copy.asked_of, copy.moved_from = uuid7(), cast.dan, ball

    with (
        pytest.raises(DatabaseError, match="passed on"),
        acting_as(cast.ben),
        transaction.atomic(),
    ):
        copy.save(force_insert=True)


def test_a_client_who_comes_second_is_not_told_of_somebody_they_do_not_know(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)
    with acting_as(cast.dan):
        actions.move(ball=Handoff.objects.get(pk=ball.pk), to=cast.aki, by=cast.dan, at=now())

    with acting_as(cast.ken), pytest.raises(Refused, match="Somebody has passed this on already"):
        actions.answer(ball=Handoff.objects.get(pk=ball.pk), answer="Here.", by=cast.ken, at=now())
