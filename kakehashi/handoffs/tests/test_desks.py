"""A desk is asked instead of a person: its keeper of the day answers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from kakehashi.handoffs import actions
from kakehashi.handoffs.models import Desk, Handoff, Keeper
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make


@pytest.fixture
def desk(cast):
    with acting_as(cast.hana):
        return actions.open_desk(office=cast.tokyo, name="制作", name_en="Production", by=cast.hana)


def keep(desk, person, by, starts_on=None):
    with acting_as(by):
        return actions.keep_desk(
            desk=desk, person=person, starts_on=starts_on or localdate(), by=by
        )


def test_its_keeper_has_the_ball(cast, ask, desk):
    keep(desk, cast.lena, cast.hana)

    ball = ask(cast.aki, desk)

    assert (ball.asked_of, ball.desk) == (cast.lena, desk)


def test_nobody_keeps_it_so_nobody_is_asked(cast, ask, desk):
    with pytest.raises(ValidationError, match="Nobody keeps this desk today"):
        ask(cast.aki, desk)


def test_a_keeper_who_would_not_see_the_account_is_not_asked_on_it(cast, ask, desk):
    keep(desk, cast.lena, cast.hana)

    with pytest.raises(ValidationError, match="Lena is not available for this account"):
        ask(cast.aki, desk, account=cast.sora)


def test_a_keeper_who_works_there_is(cast, ask, desk):
    keep(desk, cast.lena, cast.hana)
    make.assignment(cast.lena, make.job(cast.sora))

    assert ask(cast.aki, desk, account=cast.sora).asked_of == cast.lena


def test_the_next_keeper_follows_the_day_before_ends(cast, desk):
    first = keep(desk, cast.lena, cast.hana, localdate() - dt.timedelta(days=9))

    keep(desk, cast.chie, cast.hana)

    first.refresh_from_db()
    assert first.ends_on == localdate() - dt.timedelta(days=1)


def test_nobody_is_put_before_who_keeps_it_already(cast, desk):
    keep(desk, cast.lena, cast.hana)

    with pytest.raises(ValidationError, match="from that day on already"):
        keep(desk, cast.chie, cast.hana)


def test_only_one_of_ours_keeps_a_desk(cast, desk):
    with pytest.raises(ValidationError, match="our own people"):
        keep(desk, cast.ken, cast.hana)


def test_only_an_administrator_opens_desks(cast):
    with pytest.raises(Refused), acting_as(cast.aki):
        actions.open_desk(office=cast.tokyo, name="媒体", by=cast.aki)


def test_a_name_stands_once_in_an_office(cast, desk):
    with pytest.raises(ValidationError, match="already has a desk"), acting_as(cast.hana):
        actions.open_desk(office=cast.tokyo, name="制作", by=cast.hana)
    assert Desk.objects.count() == 1


def test_what_waits_goes_to_the_new_keeper(cast, ask, desk):
    from kakehashi.handoffs.tasks import pass_stranded

    keep(desk, cast.lena, cast.hana, localdate() - dt.timedelta(days=9))
    ball = ask(cast.aki, desk)
    keep(desk, cast.chie, cast.hana)

    pass_stranded(str(ball.pk))

    assert Handoff.objects.get(answered_at=None).asked_of == cast.chie
    assert Keeper.objects.count() == 2
