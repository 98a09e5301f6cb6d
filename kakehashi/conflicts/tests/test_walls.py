"""Walls between sides: who stands where, what is denied, and what follows from each act."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.timezone import localdate, now

from kakehashi.clients.models import Account, Company
from kakehashi.conflicts import actions, tasks
from kakehashi.conflicts.actions import SideOf
from kakehashi.conflicts.models import Behind, Denial, Member, SideRule, Wall, WallNotice
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Employment
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make

TODAY = localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def raised(cast):
    """A wall between the two bureaus: each has one of the rivals behind it."""

    def put_up(**said):
        sides = [
            SideOf("Sora's", offices=[cast.bureau1], companies=[cast.sora.company]),
            SideOf("Rival's", offices=[cast.bureau2], accounts=[cast.rival]),
        ]
        given = {"name": "Sora–Rival", "sides": sides, "ground": "They compete.", **said}
        with acting_as(cast.go):
            return actions.raise_wall(**given, by=cast.go, at=now())

    return put_up


def sees(person):
    with acting_as(person):
        return set(Account.objects.values_list("name", flat=True))


def test_each_side_is_denied_the_other_whatever_the_rank(cast, raised):
    make.seat(cast.dan, cast.rival, "account_planner")
    assert "Rival" in sees(cast.dan)

    raised()

    assert sees(cast.aki) == {"Sora", "Sora Tea"}
    assert sees(cast.chie) == {"Rival"}
    assert "Rival" not in sees(cast.dan)
    assert sees(cast.emi) == {"Sora", "Sora Tea", "Rival"}


def test_a_newcomer_is_on_the_right_side_at_once(cast, raised):
    raised()
    newcomer = make.staff("Nao", cast.bureau1, "finance", starts_on=TODAY)
    make.seat(newcomer, cast.rival)

    assert "Rival" not in sees(newcomer)


def test_who_serves_what_is_behind_a_side_stands_on_it(cast, raised):
    raised()
    make.seat(cast.lena, cast.sora_tea)

    assert set(Member.objects.filter(person=cast.lena).values_list("side__name", flat=True)) == {
        "Sora's"
    }


def test_a_company_that_joins_the_family_joins_its_side(cast, raised):
    raised()
    seen = make.account("Hoshi", cast.bureau2)
    make.seat(cast.chie, seen)
    assert "Hoshi" in sees(cast.chie)

    Company.objects.filter(pk=seen.company_id).update(parent=cast.sora.company)

    assert "Hoshi" not in sees(cast.chie)


def test_two_families_that_become_one_open_nothing(cast, raised):
    sides = [
        SideOf("Sora's", people=[cast.aki], companies=[cast.sora.company]),
        SideOf("Rival's", people=[cast.chie], companies=[cast.rival.company]),
    ]
    raised(sides=sides)
    before = set(Behind.objects.values_list("side__name", "account__name"))

    Company.objects.filter(pk=cast.rival.company_id).update(parent=cast.sora.company)

    assert set(Behind.objects.values_list("side__name", "account__name")) == before


def test_who_has_left_a_side_still_knows_it(cast, raised):
    """Denials end by act, never by date: moving to the other side opens nothing by itself."""
    raised()
    Employment.objects.filter(person=cast.chie).update(ends_on=TODAY)
    Employment.objects.create(
        person=cast.chie, office=cast.bureau1, starts_on=TODAY + DAY, title="", rank=0
    )

    assert set(Member.objects.filter(person=cast.chie).values_list("side__name", "since")) == {
        ("Rival's", TODAY),
        ("Sora's", TODAY + DAY),
    }


def test_an_exception_lets_one_person_see_until_a_day(cast, raised):
    wall = raised()
    side = wall.sides.get(name="Sora's")
    make.seat(cast.chie, cast.sora, "account_planner")
    assert "Sora" not in sees(cast.chie)

    with acting_as(cast.go):
        made = actions.exempt(
            wall=wall, side=side, person=cast.chie, ends_on=TODAY + 30 * DAY,
            reason="She signs for both.", by=cast.go, at=now(),
        )  # fmt: skip
    assert "Sora" in sees(cast.chie)
    with acting_as(cast.go):
        actions.withdraw_exemption(exemption=made, by=cast.go, at=now())

    assert "Sora" not in sees(cast.chie)


def test_an_exception_ends_within_a_year(cast, raised):
    wall = raised()
    with acting_as(cast.go), pytest.raises(ValidationError, match="within a year"):
        actions.exempt(
            wall=wall, person=cast.emi, ends_on=TODAY + 400 * DAY, reason="She leads.",
            by=cast.go, at=now(),
        )  # fmt: skip


def test_only_the_officer_raises_and_lifts(cast, raised):
    wall = raised()
    with acting_as(cast.emi), pytest.raises(Refused):
        actions.lift_wall(wall=wall, reason="I lead here.", by=cast.emi, at=now())
    with acting_as(cast.emi):
        assert not Wall.objects.exists()


def test_a_wall_is_lifted_with_a_reason_and_its_single_denials_with_it(cast, raised):
    wall = raised()
    make.denial(cast.emi, cast.rival, wall=wall.name)
    with acting_as(cast.go):
        with pytest.raises(ValidationError, match="Say why"):
            actions.lift_wall(wall=wall, reason=" ", by=cast.go, at=now())
        wall.refresh_from_db()
        actions.lift_wall(wall=wall, reason="Rival has left us.", by=cast.go, at=now())

    assert not Member.objects.exists()
    assert Denial.objects.get().lift_reason == "Rival has left us."
    assert "Rival" in sees(cast.emi)


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        (lambda c: [SideOf("One", accounts=[c.sora])], "two sides or more"),
        (lambda c: [SideOf("A", accounts=[c.sora]), SideOf("A", accounts=[c.rival])], "its own"),
        (lambda c: [SideOf("A", accounts=[c.sora]), SideOf("B", people=[c.chie])], "behind it"),
        (lambda c: [SideOf(n, accounts=[c.sora]) for n in "AB"], "two sides"),
    ],
)
def test_sides_that_make_no_wall(cast, raised, sides, said):
    with pytest.raises(ValidationError, match=said):
        raised(sides=sides(cast))


def test_a_wall_of_locations_names_no_single_people(cast, raised):
    sides = [
        SideOf("A", people=[cast.aki], accounts=[cast.sora]),
        SideOf("B", offices=[cast.bureau2], accounts=[cast.rival]),
    ]
    with pytest.raises(ValidationError, match="names offices"):
        raised(sides=sides, kind="location")


def test_a_side_grows_and_shrinks_by_the_officer(cast, raised):
    wall = raised()
    side = wall.sides.get(name="Rival's")
    with acting_as(cast.go):
        rule = actions.add_to_side(side=side, what="person", thing=cast.lena, by=cast.go, at=now())
        with pytest.raises(ValidationError, match="names this already"):
            actions.add_to_side(
                side=wall.sides.get(name="Sora's"), what="person", thing=cast.lena,
                by=cast.go, at=now(),
            )  # fmt: skip
    assert Member.objects.filter(person=cast.lena).exists()
    with acting_as(cast.go):
        actions.remove_from_side(rule=SideRule.objects.get(pk=rule.pk), by=cast.go)

    assert not Member.objects.filter(person=cast.lena).exists()


def test_those_affected_are_told_in_general_words_and_acknowledge(cast, raised):
    wall = raised()
    tasks.tell_affected(str(wall.pk), str(cast.go.pk))

    ball = Handoff.objects.get(asked_of=cast.aki, kind="conflicts.notice")
    assert ball.private
    assert ball.account is None
    assert "Rival" not in f"{ball.title} {ball.note}"
    with acting_as(cast.aki):
        (notice,) = WallNotice.objects.all()
        actions.acknowledge(notice=notice, by=cast.aki, at=now())
    ball.refresh_from_db()
    assert not ball.is_open
    with acting_as(cast.chie):
        (hers,) = WallNotice.objects.all()
        assert hers.person == cast.chie
        with pytest.raises(Refused):
            actions.acknowledge(notice=notice, by=cast.chie, at=now())


def test_nobody_is_told_twice_and_a_newcomer_is_told(cast, raised):
    wall = raised()
    tasks.tell_affected(str(wall.pk), str(cast.go.pk))
    before = WallNotice.objects.count()
    newcomer = make.staff("Nao", cast.bureau1, starts_on=TODAY)

    tasks.watch(0)
    tasks.tell_affected(str(wall.pk), str(cast.go.pk))

    assert WallNotice.objects.count() == before + 1
    assert WallNotice.objects.filter(person=newcomer).exists()


def test_what_is_held_on_the_wrong_side_is_asked_of_somebody_who_sees_it(cast, raised):
    make.seat(cast.aki, cast.rival, "account_planner")
    wall = raised()

    tasks.tell_affected(str(wall.pk), str(cast.go.pk))

    ball = Handoff.objects.get(kind="conflicts.reassign", account=cast.rival, asked_of=cast.chie)
    assert "Aki" in ball.title


def test_a_wall_whose_ground_has_ended_stands_and_is_flagged_once(cast, raised):
    wall = raised(starts_on=TODAY - 9 * DAY, ground_ends_on=TODAY - DAY)

    tasks.flag_ended_grounds(0)
    tasks.flag_ended_grounds(0)

    wall.refresh_from_db()
    assert wall.flagged_at is not None
    assert wall.stands
    assert sees(cast.chie) == {"Rival"}
    ball = Handoff.objects.get(kind="conflicts.flag")
    assert ball.asked_of == cast.go
    with acting_as(cast.go):
        actions.lift_wall(wall=wall, reason="Sora has agreed.", by=cast.go, at=now())
    ball.refresh_from_db()
    assert ball.answer == "Sora has agreed."
