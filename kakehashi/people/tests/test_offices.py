"""Offices are opened, edited, moved and closed; their tree stays a tree."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from kakehashi.people import actions, holdings
from kakehashi.people.models import Employment, Office, Role
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make

TODAY = localdate()
DAY = dt.timedelta(days=1)


def open_office(cast, **told):
    by = told.pop("by", cast.hana)
    details = {"parent": cast.tokyo, "code": "T3", "name": "Bureau 3", "kind": "department"}
    with acting_as(by):
        return actions.open_office(**{**details, **told}, by=by)


def close(office, by, on=TODAY):
    with acting_as(by):
        actions.close_office(office=office, version=office.version, on=on, by=by)


def move(office, parent, by):
    with acting_as(by):
        return actions.move_office(office=office, version=office.version, parent=parent, by=by)


def test_an_office_opens_within_another(cast):
    office = open_office(cast, country="JP", timezone="Asia/Tokyo", name_en="Third")

    assert Office.objects.get(pk=office.pk).parent == cast.tokyo
    assert office.country == "JP"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("timezone", "Tokyo", "no such time zone"),
        ("country", "Nowhere", "Nowhere"),
        ("code", "TYO1", "already exists"),
        ("kind", "shed", "not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(cast, field, value, said):
    with pytest.raises(ValidationError) as refused:
        open_office(cast, **{field: value})

    assert list(refused.value.message_dict) == [field]
    assert said in refused.value.message_dict[field][0]


def test_only_administrators_of_the_place_open_offices(cast):
    ines = make.staff("Ines", cast.osaka, "administrator")

    assert open_office(cast, parent=cast.osaka, by=ines)
    with pytest.raises(Refused, match="outside the offices"):
        open_office(cast, code="T4", by=ines)
    with pytest.raises(Refused, match="Administrator"):
        open_office(cast, code="T5", by=cast.dan)


def test_an_office_is_corrected(cast):
    with acting_as(cast.hana):
        actions.edit_office(
            office=cast.bureau1, version=1, by=cast.hana, name="第1営業局", name_en="Bureau One"
        )

    stored = Office.objects.get(pk=cast.bureau1.pk)
    assert (stored.name, stored.name_en, stored.version) == ("第1営業局", "Bureau One", 2)


def test_an_office_moves_and_the_wall_follows(cast):
    ines = make.staff("Ines", cast.osaka, "account_director")
    with acting_as(ines):
        assert not type(cast.sora).objects.exists()

    move(cast.bureau1, cast.osaka, cast.hana)

    with acting_as(ines):
        assert type(cast.sora).objects.filter(pk=cast.sora.pk).exists()


@pytest.mark.parametrize("below", ["tokyo", "bureau1"])
def test_an_office_is_never_part_of_itself(cast, below):
    with pytest.raises(Refused, match="part of itself"):
        move(cast.tokyo, getattr(cast, below), cast.hana)


def test_an_office_does_not_move_into_a_closed_one(cast):
    closed = make.office("Closed", cast.hq, closed_on=TODAY)

    with pytest.raises(Refused, match="closed already"):
        move(cast.bureau1, closed, cast.hana)


def test_two_things_wrong_are_said_at_once(cast):
    with pytest.raises(ValidationError) as refused:
        open_office(cast, timezone="Tokyo", country="Nowhere")

    assert set(refused.value.message_dict) == {"timezone", "country"}


def test_an_office_moves_only_between_offices_one_administers(cast):
    ines = make.staff("Ines", cast.osaka, "administrator")
    team = make.office("Osaka team", cast.osaka)

    with pytest.raises(Refused, match="outside the offices"):
        move(team, cast.tokyo, ines)


def test_an_office_closes_when_nobody_is_left(cast):
    office = make.office("Empty", cast.tokyo)

    close(office, cast.hana)

    assert Office.objects.get(pk=office.pk).closed_on == TODAY


def test_an_office_with_people_stays_open(cast):
    office = make.office("Small", cast.tokyo)
    make.staff("Oto", office)

    with pytest.raises(Refused, match="Oto works there"):
        close(office, cast.hana)

    Employment.objects.filter(office=office).update(ends_on=TODAY)
    close(office, cast.hana)


def test_an_office_with_a_role_stays_open(cast):
    office = make.office("Small", cast.tokyo)
    Role.objects.create(person=cast.lena, role="creative", office=office, starts_on=TODAY)

    with pytest.raises(Refused, match="Lena has a role there"):
        close(office, cast.hana)


def test_an_office_with_an_open_office_below_stays_open(cast):
    upper = make.office("Upper", cast.tokyo)
    lower = make.office("Lower", upper)

    with pytest.raises(Refused, match="Lower is part of it"):
        close(upper, cast.hana)

    close(lower, cast.hana)
    close(upper, cast.hana)


def test_an_office_that_others_depend_on_stays_open(cast, monkeypatch):
    office = make.office("Empty", cast.tokyo)
    led = holdings.Holding("Account", "Sora", "/accounts/sora/")
    monkeypatch.setitem(holdings._of_office, "test", lambda _office, _on: [led])

    with pytest.raises(Refused, match="Account: Sora"):
        close(office, cast.hana)


def test_nothing_begins_in_a_closed_office(cast):
    office = make.office("Empty", cast.tokyo, closed_on=TODAY)

    with acting_as(cast.hana):
        with pytest.raises(Refused, match="Empty is closed by then"):
            actions.employ(person=cast.aki, office=office, starts_on=TODAY + DAY, by=cast.hana)
        with pytest.raises(Refused, match="closed by then"):
            actions.give_role(
                person=cast.aki,
                role="creative",
                office=office,
                starts_on=TODAY + DAY,
                by=cast.hana,
            )
        with pytest.raises(Refused, match="closed already"):
            actions.open_office(parent=office, code="X", name="X", kind="team", by=cast.hana)
        with pytest.raises(Refused, match="closed already"):
            actions.close_office(office=office, version=1, on=TODAY, by=cast.hana)
