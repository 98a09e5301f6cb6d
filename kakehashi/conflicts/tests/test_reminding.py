"""Officers are reminded of what ends: thirty days ahead, seven days ahead, and no more often."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.timezone import localdate, now

from kakehashi.conflicts import actions, tasks
from kakehashi.conflicts.models import Wall
from kakehashi.notify.models import Notification
from kakehashi.policy.acting import acting_as
from tests import factories as make

A_DAY = dt.timedelta(days=1)
TODAY = localdate()
pytestmark = pytest.mark.django_db


def reminded(officer, days):
    """How much an officer is told so many days from now."""
    with acting_as(officer):
        return actions.remind(officer=officer, at=now() + days * A_DAY)


def test_what_ends_is_told_thirty_and_seven_days_ahead_once_each(cast):
    make.consent(cast.sora, expires_on=TODAY + 40 * A_DAY)

    told = {day: reminded(cast.go, day) for day in (0, 9, 10, 11, 20, 33, 34, 40, 41)}

    assert {day for day, number in told.items() if number} == {10, 33}


def test_everything_that_ends_is_told_with_where_it_stands(cast, as_):
    soon = TODAY + 20 * A_DAY
    make.consent(cast.sora, expires_on=soon)
    make.commitment(cast.rival, ends_on=soon)
    wall = Wall.objects.create(name="Two teas", ground_ends_on=soon)
    with acting_as(cast.go):
        actions.permit_seat(
            account=cast.sora, person=cast.lena, ends_on=soon, reason="So.", by=cast.go, at=now()
        )

    tasks.remind(0)
    tasks.remind(0)

    assert Notification.objects.filter(kind="conflicts.ending").count() == 4
    shown = as_(cast.go).get("/notices/").content.decode()
    for said in (
        "A consent lapses: Sora", "A commitment ends: Rival",
        "What a wall stands on ends: Two teas", "A permitted seat ends: Lena, Sora",
    ):  # fmt: skip
        assert said in shown
    wall.lifted_at, wall.lift_reason = now(), "So."
    wall.save()
    assert "Two teas" not in as_(cast.go).get("/notices/").content.decode()


def test_the_end_of_a_cooling_off_is_told_as_that(cast, as_):
    ended = TODAY - 20 * A_DAY
    promised = make.commitment(cast.sora, ends_on=ended, cooling_off_months=1)

    tasks.remind(0)

    told = Notification.objects.get(kind="conflicts.ending")
    assert (told.subject_kind, told.subject_id) == ("cooling", promised.pk)
    assert "A cooling-off ends: Sora" in as_(cast.go).get("/notices/").content.decode()


def test_what_was_withdrawn_or_ends_later_is_not_told(cast):
    make.consent(cast.sora, expires_on=TODAY + 2 * A_DAY, withdrawn_at=now())
    make.commitment(cast.rival, ends_on=TODAY + 31 * A_DAY)

    assert reminded(cast.go, 0) == 0
