"""Posts, roles, reporting lines: who may change them, and what stands against a change."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from kakehashi.people import actions
from kakehashi.people.models import Employment, Person, ReportingLine, Role
from kakehashi.policy.acting import acting_as
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from tests import factories as make

TODAY = localdate()
DAY = dt.timedelta(days=1)


def add_person(cast, by=None, **told):
    by = by or cast.hana
    with acting_as(by):
        return actions.add_person(
            **{"office": cast.bureau1, "starts_on": TODAY, "by": by, "name": "Mio", **told}
        )


def line_to(person, superior, by, **more):
    with acting_as(by):
        return actions.set_reporting_line(
            **{"person": person, "superior": superior, "starts_on": TODAY, "by": by, **more}
        )


def test_a_colleague_joins_with_post_roles_and_lines(cast):
    mio = add_person(
        cast,
        name="  三尾　 美緒 ",
        name_kana="ミオ ミオ",
        handle="ｍｉｏ",
        title="AE",
        rank=3,
        roles=["account_executive", "coordinator"],
        superior=cast.ben,
        dotted=[cast.lena],
    )

    assert (mio.name, mio.handle, mio.side) == ("三尾 美緒", "mio", "ours")
    assert list(mio.employments.values_list("office", "title", "rank", "starts_on")) == [
        (cast.bureau1.pk, "AE", 3, TODAY)
    ]
    assert {role.role for role in mio.roles.all()} == {"account_executive", "coordinator"}
    assert set(mio.lines_up.values_list("superior", "kind")) == {
        (cast.ben.pk, "solid"),
        (cast.lena.pk, "dotted"),
    }


def test_only_an_administrator_adds_people(cast):
    with pytest.raises(Refused, match="Administrator"):
        add_person(cast, by=cast.emi)

    assert not Person.objects.filter(name="Mio").exists()


def test_an_administrator_reaches_their_own_offices_only(cast):
    ines = make.staff("Ines", cast.osaka, "administrator")
    team = make.office("Osaka team", cast.osaka)

    added = add_person(cast, by=ines, office=team)
    with pytest.raises(Refused, match="outside the offices"):
        add_person(cast, by=ines, office=cast.tokyo)
    with pytest.raises(Refused, match="outside the offices"), acting_as(ines):
        actions.give_role(
            person=added, role="administrator", office=cast.hq, starts_on=TODAY, by=ines
        )
    with pytest.raises(Refused, match="outside the offices"), acting_as(ines):
        actions.edit_person(person=cast.aki, version=1, by=ines, name="Akiko")


def test_a_login_is_given_once(cast):
    with pytest.raises(ValidationError) as refused:
        add_person(cast, handle=cast.aki.handle)

    assert set(refused.value.message_dict) == {"handle"}


def test_editing_a_person_keeps_the_order_of_names_right(cast):
    with acting_as(cast.hana):
        actions.edit_person(
            person=cast.aki, version=1, by=cast.hana, name="秋山 晶", name_kana="アキヤマ アキ"
        )

    stored = Person.objects.get(pk=cast.aki.pk)
    assert (stored.name, stored.sort_key, stored.version) == (
        "秋山 晶",
        "あきやまあき あきやまあき",
        2,
    )


def test_the_second_editor_is_told_who_was_first(cast):
    with acting_as(cast.hana):
        actions.edit_person(
            person=Person.objects.get(pk=cast.aki.pk), version=1, by=cast.hana, phone="03-1"
        )

    with pytest.raises(Stale, match="Hana"), acting_as(cast.hana):
        actions.edit_person(
            person=Person.objects.get(pk=cast.aki.pk), version=1, by=cast.hana, phone="03-2"
        )
    assert Person.objects.get(pk=cast.aki.pk).phone == "03-1"


def test_sign_in_follows_a_changed_address(cast):
    with acting_as(cast.hana):
        actions.edit_person(
            person=cast.aki, version=1, by=cast.hana, email="akiko@agency.example", handle="akiko"
        )

    login = type(cast.aki.login_row).objects.get(person=cast.aki)
    assert (login.username, login.email) == ("akiko", "akiko@agency.example")


def test_a_login_that_a_contact_already_has_is_taken(cast):
    taken = cast.ken.login_row.username

    with pytest.raises(ValidationError, match="Somebody else signs in"), acting_as(cast.hana):
        actions.edit_person(person=cast.aki, version=1, by=cast.hana, handle=taken)


def test_a_promotion_ends_the_old_post_the_day_before(cast):
    post = cast.aki.employments.get()

    with acting_as(cast.hana):
        actions.change_employment(
            employment=post,
            version=1,
            office=cast.bureau2,
            from_on=TODAY,
            by=cast.hana,
            title="Supervisor",
            rank=5,
        )

    posts = cast.aki.employments.order_by("starts_on").values_list(
        "office", "title", "starts_on", "ends_on"
    )
    assert list(posts) == [
        (cast.bureau1.pk, "", make.LONG_AGO, TODAY - DAY),
        (cast.bureau2.pk, "Supervisor", TODAY, None),
    ]


def test_a_change_from_the_first_day_is_a_correction(cast):
    post = cast.aki.employments.get()

    with acting_as(cast.hana):
        actions.change_employment(
            employment=post,
            version=1,
            office=cast.bureau1,
            from_on=make.LONG_AGO,
            by=cast.hana,
            title="AE",
        )

    assert list(cast.aki.employments.values_list("title", "version")) == [("AE", 2)]


def test_two_posts_at_once_and_one_ends(cast):
    with acting_as(cast.hana):
        second = actions.employ(
            person=cast.aki, office=cast.osaka, starts_on=TODAY, by=cast.hana, title="Adviser"
        )
        actions.end_employment(employment=second, version=1, on=TODAY, by=cast.hana)

    assert Employment.objects.get(pk=second.pk).ends_on == TODAY


def test_the_last_post_ends_by_leaving_only(cast):
    with pytest.raises(Refused, match="last post"), acting_as(cast.hana):
        actions.end_employment(
            employment=cast.aki.employments.get(), version=1, on=TODAY, by=cast.hana
        )


def test_nobody_works_twice_in_one_office(cast):
    with pytest.raises(ValidationError, match="already works"), acting_as(cast.hana):
        actions.employ(person=cast.aki, office=cast.bureau1, starts_on=TODAY, by=cast.hana)


def test_a_clients_person_is_not_employed(cast):
    with pytest.raises(Refused, match="our own people"), acting_as(cast.hana):
        actions.employ(person=cast.ken, office=cast.bureau1, starts_on=TODAY, by=cast.hana)


def test_one_person_wears_several_hats(cast):
    with acting_as(cast.hana):
        for role in ("traffic", "finance"):
            actions.give_role(
                person=cast.aki, role=role, office=cast.tokyo, starts_on=TODAY, by=cast.hana
            )

    assert set(cast.aki.roles.values_list("role", flat=True)) == {
        "account_executive",
        "traffic",
        "finance",
    }


def test_a_role_that_never_began_is_taken_back(cast):
    with acting_as(cast.hana):
        role = actions.give_role(
            person=cast.aki,
            role="finance",
            office=cast.tokyo,
            starts_on=TODAY + 30 * DAY,
            by=cast.hana,
        )
        actions.end_role(role=role, version=1, on=TODAY, by=cast.hana)

    assert not Role.objects.filter(pk=role.pk).exists()


def test_roles_are_for_people_who_work_for_us(cast):
    with pytest.raises(Refused, match="does not work for us"), acting_as(cast.hana):
        actions.give_role(
            person=cast.ken, role="finance", office=cast.hq, starts_on=TODAY, by=cast.hana
        )


def test_nobody_makes_themselves_conflicts_officer(cast):
    with pytest.raises(Refused, match="another administrator"), acting_as(cast.hana):
        actions.give_role(
            person=cast.hana,
            role="conflicts_officer",
            office=cast.hq,
            starts_on=TODAY,
            by=cast.hana,
        )


def test_the_last_administrator_stays(cast):
    role = cast.hana.roles.get()

    with pytest.raises(Refused, match="Nobody else is administrator"), acting_as(cast.hana):
        actions.end_role(role=role, version=1, on=TODAY, by=cast.hana)

    make.staff("Ines", cast.hq, "administrator")
    with acting_as(cast.hana):
        actions.end_role(role=role, version=1, on=TODAY, by=cast.hana)
    assert Role.objects.get(pk=role.pk).ends_on == TODAY


def test_a_new_solid_line_ends_the_old_one_the_day_before(cast):
    line_to(cast.aki, cast.dan, cast.hana)

    lines = cast.aki.lines_up.order_by("starts_on").values_list("superior", "starts_on", "ends_on")
    assert list(lines) == [
        (cast.ben.pk, make.LONG_AGO, TODAY - DAY),
        (cast.dan.pk, TODAY, None),
    ]


def test_a_solid_line_is_replaced_on_the_day_it_began(cast):
    line_to(cast.aki, cast.dan, cast.hana)
    line_to(cast.aki, cast.emi, cast.hana)

    assert cast.aki.lines_up.filter(ends_on=None).get().superior == cast.emi
    assert cast.aki.lines_up.count() == 2


def test_dotted_lines_stand_beside_the_solid_one(cast):
    line_to(cast.aki, cast.lena, cast.hana, kind="dotted")
    line_to(cast.aki, cast.dan, cast.hana, kind="dotted")

    assert set(cast.aki.lines_up.filter(ends_on=None).values_list("superior", "kind")) == {
        (cast.ben.pk, "solid"),
        (cast.lena.pk, "dotted"),
        (cast.dan.pk, "dotted"),
    }


@pytest.mark.parametrize("lower", ["aki", "ben"])
def test_a_superior_never_reports_to_those_below(cast, lower):
    with pytest.raises(Refused, match="directly or through others"):
        line_to(cast.dan, getattr(cast, lower), cast.hana)


def test_nobody_reports_to_themselves(cast):
    with pytest.raises((Refused, ValidationError)):
        line_to(cast.aki, cast.aki, cast.hana)


def test_a_chain_that_never_holds_at_once_is_no_circle(cast):
    ReportingLine.objects.filter(person=cast.ben).update(ends_on=TODAY - DAY)

    line_to(cast.dan, cast.aki, cast.hana)

    assert cast.dan.lines_up.get().superior == cast.aki


def test_a_circle_that_closes_later_is_refused_now(cast):
    ReportingLine.objects.filter(person=cast.ben).update(starts_on=TODAY + 30 * DAY)

    with pytest.raises(Refused, match="directly or through others"):
        line_to(cast.dan, cast.aki, cast.hana)
    assert line_to(cast.dan, cast.aki, cast.hana, ends_on=TODAY + 29 * DAY)


def test_nobody_reports_to_somebody_who_is_gone(cast):
    Employment.objects.filter(person=cast.emi).update(ends_on=TODAY - DAY)

    with pytest.raises(Refused, match="does not work for us on that day"):
        line_to(cast.dan, cast.emi, cast.hana)


def test_a_line_ends(cast):
    line = cast.aki.lines_up.get()

    with acting_as(cast.hana):
        actions.end_reporting_line(line=line, version=1, on=TODAY, by=cast.hana)

    assert ReportingLine.objects.get(pk=line.pk).ends_on == TODAY
