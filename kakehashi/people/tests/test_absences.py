"""Who is away, who stands in, and who may say so."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from kakehashi.people import actions
from kakehashi.people.models import Absence, Employment
from kakehashi.people.queries.staff import deputy_on
from kakehashi.policy.acting import acting_as
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from tests import factories as make

TODAY = localdate()
DAY = dt.timedelta(days=1)
WEEK = 7 * DAY


def away(person, deputy=None, by=None, first=TODAY, last=TODAY + WEEK):
    by = by or person
    with acting_as(by):
        return actions.plan_absence(
            person=person, starts_on=first, ends_on=last, by=by, deputy=deputy
        )


def test_everybody_plans_their_own_absence(cast):
    away(cast.aki, cast.lena)

    assert list(Absence.objects.values_list("person", "deputy")) == [(cast.aki.pk, cast.lena.pk)]


@pytest.mark.parametrize("superior", ["ben", "dan", "hana"])
def test_superiors_at_any_height_and_administrators_plan_it_too(cast, superior):
    assert away(cast.aki, cast.lena, by=getattr(cast, superior))


@pytest.mark.parametrize("other", ["chie", "lena", "emi", "fumi"])
def test_nobody_else_does(cast, other):
    with pytest.raises(Refused):
        away(cast.aki, by=getattr(cast, other))


def test_an_administrator_elsewhere_does_not(cast):
    ines = make.staff("Ines", cast.osaka, "administrator")

    with pytest.raises(Refused, match="outside the offices"):
        away(cast.aki, by=ines)


def test_nobody_stands_in_for_themselves(cast):
    with pytest.raises(ValidationError, match="stands in for themselves"):
        away(cast.aki, cast.aki)


def test_two_absences_do_not_overlap(cast):
    away(cast.aki)

    with pytest.raises(ValidationError, match="already away"):
        away(cast.aki, first=TODAY + WEEK, last=TODAY + 2 * WEEK)


def test_an_absence_ends(cast):
    with pytest.raises(ValidationError):
        away(cast.aki, last=None)
    with pytest.raises(ValidationError, match="before the first"):
        away(cast.aki, last=TODAY - DAY)


def test_a_deputy_works_for_us_the_whole_time(cast):
    Employment.objects.filter(person=cast.lena).update(ends_on=TODAY + DAY)

    with pytest.raises(Refused, match="Lena does not work for us on that day"):
        away(cast.aki, cast.lena)
    with pytest.raises(Refused, match="Ken does not work for us on that day"):
        away(cast.aki, cast.ken)


def test_a_deputy_is_there_on_some_of_the_days(cast):
    away(cast.lena, last=TODAY + 10 * DAY)

    with pytest.raises(Refused, match="Lena is away the whole time"):
        away(cast.aki, cast.lena)
    assert away(cast.aki, cast.lena, last=TODAY + 11 * DAY)


def test_the_deputy_stands_in_on_the_days_of_absence_only(cast):
    away(cast.aki, cast.lena)

    assert deputy_on(cast.aki, TODAY) == cast.lena
    assert deputy_on(cast.aki, TODAY + WEEK) == cast.lena
    assert deputy_on(cast.aki, TODAY + WEEK + DAY) is None
    assert deputy_on(cast.lena, TODAY) is None


def test_a_deputy_who_is_away_is_stood_in_for(cast):
    away(cast.aki, cast.lena)
    away(cast.lena, cast.ben, last=TODAY + DAY)

    assert deputy_on(cast.aki, TODAY) == cast.ben
    assert deputy_on(cast.aki, TODAY + 2 * DAY) == cast.lena


def test_two_who_stand_in_for_each_other_while_both_are_away_leave_nobody(cast):
    away(cast.aki, cast.lena)
    away(cast.lena, cast.aki, first=TODAY + WEEK, last=TODAY + 2 * WEEK)

    assert deputy_on(cast.aki, TODAY) == cast.lena
    assert deputy_on(cast.aki, TODAY + WEEK) is None


def test_an_absence_without_deputy_leaves_nobody(cast):
    away(cast.aki)

    assert deputy_on(cast.aki, TODAY) is None


def test_an_absence_is_changed_and_cancelled(cast):
    absence = away(cast.aki, cast.lena)

    with acting_as(cast.aki):
        actions.change_absence(
            absence=absence,
            version=1,
            starts_on=TODAY,
            ends_on=TODAY,
            deputy=cast.ben,
            by=cast.aki,
        )
        with pytest.raises(Stale):
            actions.cancel_absence(absence=absence, version=1, by=cast.aki)
        actions.cancel_absence(absence=absence, version=2, by=cast.aki)

    assert not Absence.objects.exists()
