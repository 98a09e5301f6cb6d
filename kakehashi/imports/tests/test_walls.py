"""Walls from a file: who is denied which account, at once and whatever else would let them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.timezone import localdate, now

from kakehashi.clients.models import Account
from kakehashi.conflicts.models import Denial, Wall
from kakehashi.imports.exporting import Export
from kakehashi.imports.kinds import KINDS
from kakehashi.imports.tests.moving import counts, load_file, told
from kakehashi.policy.acting import acting_as, acting_as_system
from tests import factories as make

HEADER = "name,account,person,starts_on,review_on,reason\n"


def sees(person, account):
    with acting_as(person):
        return Account.objects.filter(pk=account.pk).exists()


def row(account, person, more=",,"):
    return f"North wall,{account.code},{person.handle},{more}\n"


def test_a_wall_denies_from_its_first_day_on(cast):
    assert sees(cast.aki, cast.sora)

    load_file("walls", HEADER + row(cast.sora, cast.aki, "2020-04-01,令和12年3月31日,競合のため"))

    assert not sees(cast.aki, cast.sora)
    assert not sees(cast.aki, cast.sora_tea), "it covers what stands below"
    assert sees(cast.ben, cast.sora), "nobody else is denied"
    denial = Denial.objects.get()
    assert (denial.wall.name, denial.starts_on) == ("North wall", dt.date(2020, 4, 1))
    assert (denial.review_on, denial.reason) == (dt.date(2030, 3, 31), "競合のため")


def test_a_wall_without_a_first_day_holds_from_today(cast):
    load_file("walls", HEADER + row(cast.sora, cast.aki))

    assert Denial.objects.get().starts_on == localdate()
    assert not sees(cast.aki, cast.sora)


def test_a_wall_without_a_first_day_holds_at_once_where_it_is_still_yesterday(cast):
    """A denial that began with Tokyo's day would hold hours too late on an American account."""
    cast.bureau1.timezone = "Pacific/Midway"
    cast.bureau1.save(update_fields=["timezone"])

    load_file("walls", HEADER + row(cast.sora, cast.aki))

    assert not sees(cast.aki, cast.sora)


def test_a_denial_beats_the_directors_line(cast):
    assert sees(cast.dan, cast.sora)

    load_file("walls", HEADER + row(cast.sora, cast.dan))

    assert not sees(cast.dan, cast.sora)


def test_one_wall_has_many_denials_and_is_made_once(cast):
    data = HEADER + row(cast.sora, cast.chie) + row(cast.rival, cast.aki)

    assert counts(load_file("walls", data)) == (2, 0, 0, 0)
    assert counts(load_file("walls", data)) == (0, 0, 2, 0)
    assert Wall.objects.get().denials.count() == 2


def test_a_reason_or_a_review_that_changes_is_an_update(cast):
    load_file("walls", HEADER + row(cast.sora, cast.chie, "2020-04-01,,first"))

    assert counts(
        load_file("walls", HEADER + row(cast.sora, cast.chie, "2020-04-01,2030-04-01,second"))
    ) == (0, 1, 0, 0)
    assert Denial.objects.get().reason == "second"


def test_a_denial_that_was_lifted_is_not_raised_again_by_chance_but_anew(cast):
    make.denial(cast.chie, cast.sora, wall="North wall", lifted_at=now(), lift_reason="Over.")

    assert counts(load_file("walls", HEADER + row(cast.sora, cast.chie))) == (1, 0, 0, 0)
    assert Denial.objects.filter(lifted_at=None).count() == 1
    assert Denial.objects.count() == 2


def test_the_conflicts_officer_who_loads_it_is_named(cast):
    load_file("walls", HEADER + row(cast.sora, cast.chie), by=cast.go)

    assert Denial.objects.get().made_by == cast.go


def test_who_is_no_officer_sees_none_of_it(cast):
    load_file("walls", HEADER + row(cast.sora, cast.chie), by=cast.go)

    with acting_as(cast.go):
        assert Export(KINDS["walls"]).count(10) == 1
    for person in (cast.hana, cast.emi, cast.chie):
        with acting_as(person):
            assert Export(KINDS["walls"]).count(10) == 0


@pytest.mark.parametrize(
    ("more", "column", "why"),
    [
        ("W,NOWHERE,{aki},,,", "account", "No account has this code."),
        ("W,{sora},nobody,,,", "person", "None of our people has this login."),
        (",{sora},{aki},,,", "name", "This cell must not be empty."),
        ("W,{sora},{aki},2025-01-02,2025-01-01,", "review_on", "comes before the first day"),
        ("W,{sora},{aki},soon,,", "starts_on", "is not a date"),
        ("W,{sora},{aki},,,\nW,{sora},{aki},,,", "person", "Row 0 of this file"),
    ],
)
def test_what_cannot_be_is_told_where_and_why(cast, more, column, why):
    data = HEADER + more.format(aki=cast.aki.handle, sora=cast.sora.code)

    (found,) = told(load_file("walls", data))

    assert found[1] == column
    assert why in found[2]


def test_a_reason_may_have_several_lines(cast):
    data = HEADER + f'W,{cast.sora.code},{cast.aki.handle},,,"first,\nsecond"\n'

    load_file("walls", data)

    assert Denial.objects.get().reason == "first,\nsecond"
    with acting_as_system("command"):
        assert next(Export(KINDS["walls"]).rows())[-1] == "first,\nsecond"
