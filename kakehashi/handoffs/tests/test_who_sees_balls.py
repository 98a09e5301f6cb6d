"""Who sees a ball: PostgreSQL's answer for each of the cast."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.timezone import localdate

from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Absence
from kakehashi.policy.acting import acting_as
from tests import factories as make

EVERYBODY = ("aki", "ben", "chie", "dan", "emi", "fumi", "go", "hana", "ken", "lena")


def seers(cast, ball):
    found = []
    for name in EVERYBODY:
        with acting_as(getattr(cast, name)):
            if Handoff.objects.filter(pk=ball.pk).exists():
                found.append(name)
    return found


def test_on_an_account_whoever_sees_the_account(cast, ask):
    ball = ask(cast.aki, cast.ben, account=cast.sora)

    assert seers(cast, ball) == ["aki", "ben", "dan", "emi", "fumi", "go", "hana"]


def test_a_client_sees_what_they_are_asked(cast, ask):
    other = make.contact("Mei", cast.sora)
    ball = ask(cast.aki, cast.ken, account=cast.sora)

    assert "ken" in seers(cast, ball)
    with acting_as(other.person):
        assert not Handoff.objects.exists()


def test_private_only_asker_holder_and_officer(cast, ask):
    ball = ask(cast.aki, cast.ben, account=cast.sora, private=True)

    assert seers(cast, ball) == ["aki", "ben", "go"]


def test_on_no_account_asker_holder_and_officer(cast, ask):
    assert seers(cast, ask(cast.aki, cast.lena)) == ["aki", "go", "lena"]


def test_a_wall_takes_a_ball_from_its_own_holder(cast, ask):
    ball = ask(cast.aki, cast.ben, account=cast.sora)

    make.denial(cast.ben, cast.sora)

    assert "ben" not in seers(cast, ball)


def test_a_wall_takes_a_private_ball_from_the_officer(cast, ask):
    ball = ask(cast.aki, cast.ben, account=cast.sora, private=True)

    make.denial(cast.go, cast.sora)

    assert seers(cast, ball) == ["aki", "ben"]


@pytest.fixture
def ben_is_away(cast):
    today = localdate()
    return Absence.objects.create(
        person=cast.ben, deputy=cast.lena, starts_on=today, ends_on=today + dt.timedelta(days=3)
    )


def test_a_deputy_has_the_court_of_somebody_away(cast, ask, ben_is_away):
    ball = ask(cast.aki, cast.ben)

    assert "lena" in seers(cast, ball)


def test_a_deputy_sees_no_account_for_that(cast, ask, ben_is_away):
    ball = ask(cast.aki, cast.ben, account=cast.sora)

    assert "lena" not in seers(cast, ball)


def test_a_deputy_sees_nothing_private(cast, ask, ben_is_away):
    assert "lena" not in seers(cast, ask(cast.aki, cast.ben, private=True))


def test_a_deputy_who_is_away_is_stood_in_for_too(cast, ask, ben_is_away):
    today = localdate()
    Absence.objects.create(person=cast.lena, deputy=cast.chie, starts_on=today, ends_on=today)

    assert "chie" in seers(cast, ask(cast.aki, cast.ben))


def test_when_they_are_back_it_is_theirs_alone(cast, ask, ben_is_away):
    ball = ask(cast.aki, cast.ben)

    Absence.objects.update(
        starts_on=localdate() - dt.timedelta(days=9), ends_on=localdate() - dt.timedelta(days=1)
    )

    assert "lena" not in seers(cast, ball)


def test_nobody_acting_sees_nothing(cast, ask):
    from django.db import connection

    from kakehashi.policy.acting import become
    from kakehashi.policy.visibility import role

    ask(cast.aki, cast.ben)

    become((role("app"), "", "person", "", ""))
    assert not Handoff.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
