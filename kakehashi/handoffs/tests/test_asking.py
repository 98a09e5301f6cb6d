"""Asking somebody, and who may be asked."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from kakehashi.handoffs.models import Handoff
from kakehashi.handoffs.states import FREE
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make


def test_an_ask_waits_for_the_person_asked(cast, ask):
    ball = ask(cast.aki, cast.ken, account=cast.sora)

    with acting_as(cast.ken):
        found = Handoff.objects.get()
    assert (found, found.is_open, found.side) == (ball, True, "client")
    assert found.path == f"/balls/{ball.pk}/"


def test_what_is_passed_by_hand_is_about_itself(cast, ask):
    ball = ask(cast.aki, cast.ben)

    assert (ball.subject_kind, ball.subject_id) == (FREE, ball.pk)


def test_nobody_is_asked_who_would_not_see_it(cast, ask):
    with pytest.raises(ValidationError, match="Chie is not available for this account"):
        ask(cast.aki, cast.chie, account=cast.sora)


def test_behind_a_wall_the_refusal_reads_the_same(cast, ask):
    make.denial(cast.ben, cast.sora)

    with pytest.raises(ValidationError, match="Ben is not available for this account"):
        ask(cast.aki, cast.ben, account=cast.sora)


def test_somebody_who_works_on_a_job_is_asked_on_its_account(cast, ask):
    make.assignment(cast.lena, make.job(cast.sora))

    ball = ask(cast.aki, cast.lena, account=cast.sora)

    with acting_as(cast.lena):
        assert list(Handoff.objects.all()) == [ball]


def test_a_contact_without_the_portal_is_asked_all_the_same(cast, ask):
    quiet = make.contact("Quiet", cast.sora, portal=False)

    assert ask(cast.aki, quiet.person, account=cast.sora).is_open


def test_a_contact_who_left_is_not_asked(cast, ask):
    gone = make.contact("Gone", cast.sora, left_on=now().date() - dt.timedelta(days=2))

    with pytest.raises(ValidationError, match="not available for this account"):
        ask(cast.aki, gone.person, account=cast.sora)


def test_a_client_is_asked_on_an_account(cast, ask):
    with pytest.raises(ValidationError, match="Choose the account this client is asked on"):
        ask(cast.aki, cast.ken)


def test_who_does_not_work_for_us_any_more_is_not_asked(cast, ask):
    cast.ben.employments.update(ends_on=now().date() - dt.timedelta(days=2))

    with pytest.raises(ValidationError) as refusal:
        ask(cast.aki, cast.ben)

    assert "does not work for us" in refusal.value.message_dict["to"][0]


def test_a_client_asks_nobody_this_way(cast, ask):
    with pytest.raises(Refused):
        ask(cast.ken, cast.aki, account=cast.sora)


def test_an_ask_says_what_is_needed(cast, ask):
    with pytest.raises(ValidationError) as refusal:
        ask(cast.aki, cast.ben, title="  ")

    assert set(refusal.value.message_dict) == {"title"}


def test_what_is_due_has_not_passed(cast, ask):
    with pytest.raises(ValidationError, match="passed already"):
        ask(cast.aki, cast.ben, due_at=now() - dt.timedelta(hours=1))
    with pytest.raises(ValidationError, match="passed already"):
        ask(cast.aki, cast.ben, due_at=now().date() - dt.timedelta(days=2))


def test_full_width_is_folded(cast, ask):
    assert ask(cast.aki, cast.ben, title="ＬＯＧＯ　ﾃﾞｰﾀ").title == "LOGO データ"


def test_nobody_is_asked_twice_for_the_same_thing(cast, ask):
    from django.db import IntegrityError, transaction

    ball = ask(cast.aki, cast.ben)

    with pytest.raises(IntegrityError, match="handoffs_handoff_asked_once"), transaction.atomic():
        Handoff.objects.create(
            subject_kind=ball.subject_kind,
            subject_id=ball.subject_id,
            kind=ball.kind,
            title="again",
            path=ball.path,
            side="ours",
            asked_of=cast.ben,
            asked_by=cast.aki,
            asked_at=now(),
            due_at=now() + dt.timedelta(hours=1),
        )
