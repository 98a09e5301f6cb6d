"""Seats from a file: who serves an account, as what, from when to when."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from kakehashi.clients.models import Account, Seat
from kakehashi.imports.tests.moving import counts, load_file, told
from kakehashi.policy.acting import acting_as
from tests import factories as make

HEADER = "account,person,role,starts_on,ends_on,share,lead\n"


@pytest.fixture
def team(db):
    office = make.office("Agency", code="HQ", kind="agency")
    people = {name: make.staff(name, office, handle=name) for name in ("aki", "ben")}
    account = make.account("Sora", office, code="A1")
    return {"account": account, **people}


def seats():
    return sorted(
        Seat.objects.values_list("person__handle", "role", "starts_on", "ends_on", "share", "lead")
    )


def test_a_seat_has_dates_share_and_lead(team):
    load_file("seats", HEADER + "A1,aki,Account executive,令和2年4月1日,2021/3/31,３３．３％,○\n")

    assert seats() == [
        (
            "aki",
            "account_executive",
            dt.date(2020, 4, 1),
            dt.date(2021, 3, 31),
            Decimal("0.333"),
            True,
        )
    ]


def test_who_is_given_a_seat_sees_the_account_and_who_loses_it_does_not(team):
    def sees():
        with acting_as(team["aki"]):
            return Account.objects.exists()

    assert not sees()
    load_file("seats", HEADER + "A1,aki,account_executive,2020-04-01,,,\n")
    assert sees()
    load_file("seats", HEADER + "A1,aki,account_executive,2020-04-01,2020-12-31,,\n")
    assert not sees()


def test_a_seat_is_known_by_account_person_role_and_first_day(team):
    make.seat(team["aki"], team["account"], starts_on=dt.date(2020, 4, 1))

    assert counts(
        load_file("seats", HEADER + "A1,aki,account_executive,2020-04-01,2020-12-31,50%,\n")
    ) == (0, 1, 0, 0)
    assert counts(load_file("seats", HEADER + "A1,aki,account_executive,2021-04-01,,,\n")) == (
        1,
        0,
        0,
        0,
    )
    assert len(seats()) == 2


def test_a_lead_passes_from_one_to_another_within_one_file(team):
    make.seat(team["aki"], team["account"], lead=True)

    load_file(
        "seats",
        HEADER
        + "A1,ben,account_executive,2025-04-01,,,yes\n"
        + f"A1,aki,account_executive,{make.LONG_AGO},2025-03-31,,yes\n",
    )

    assert [(who, ends, lead) for who, _r, _s, ends, _p, lead in seats()] == [
        ("aki", dt.date(2025, 3, 31), True),
        ("ben", None, True),
    ]


@pytest.mark.parametrize(
    ("rows", "row", "column", "why"),
    [
        (["NOWHERE,aki,traffic,2020-01-01,,,"], 0, "account", "No account has this code."),
        (["A1,nobody,traffic,2020-01-01,,,"], 0, "person", "None of our people has this login."),
        (["A1,aki,juggler,2020-01-01,,,"], 0, "role", "This is none of: "),
        (["A1,aki,traffic,,,,"], 0, "starts_on", "This cell must not be empty."),
        (["A1,aki,traffic,2020-01-02,2020-01-01,,"], 0, "ends_on", "comes before the first"),
        (["A1,aki,traffic,2020-01-01,,30,"], 0, "share", "Write 30% or 0.3."),
        (["A1,aki,traffic,2020-01-01,,33.33%,"], 0, "share", "at most three decimal places"),
        (["A1,aki,traffic,2020-01-01,,,perhaps"], 0, "lead", "neither yes nor no"),
        (["A1,aki,traffic,2020-01-01,,,"] * 2, 1, "person", "Row 0 of this file"),
        (
            ["A1,aki,traffic,2020-01-01,,,", "A1,aki,traffic,2020-06-01,,,"],
            1,
            "person",
            "This person already has this seat at that time.",
        ),
        (
            ["A1,aki,traffic,2020-01-01,,,yes", "A1,ben,traffic,2020-06-01,,,yes"],
            1,
            "lead",
            "Somebody else leads this account in this role at that time.",
        ),
        (
            ["A1,ben,account_executive,2020-01-01,,,yes"],
            0,
            "lead",
            "Somebody else leads this account in this role at that time.",
        ),
    ],
)
def test_what_cannot_be_is_told_where_and_why(team, rows, row, column, why):
    make.seat(team["aki"], team["account"], lead=True)

    outcome = load_file("seats", HEADER + "\n".join(rows))

    (found,) = told(outcome)
    assert found[:2] == (row, column)
    assert why in found[2]


def test_a_rejected_row_does_not_stand_in_the_way_of_another(team):
    """The second row would overlap the first, if the first could be taken."""
    rows = "A1,aki,traffic,2020-01-01,,300%,\nA1,aki,traffic,2020-06-01,,,\n"

    outcome = load_file("seats", HEADER + rows, partial=True)

    assert counts(outcome) == (1, 0, 0, 1)


def test_two_leads_in_different_roles_are_no_contradiction(team):
    rows = "A1,aki,traffic,2020-01-01,,,yes\nA1,ben,media,2020-01-01,,,yes\n"

    assert counts(load_file("seats", HEADER + rows)) == (2, 0, 0, 0)


def test_without_a_column_of_last_days_a_seat_s_own_last_day_counts(team):
    """The seat that stands ended in 2020, so another may lead from 2021 on."""
    make.seat(team["aki"], team["account"], lead=True, ends_on=dt.date(2020, 12, 31))
    data = "account,person,role,starts_on,lead\n"
    data += f"A1,aki,account_executive,{make.LONG_AGO},yes\n"
    data += "A1,ben,account_executive,2021-01-01,yes\n"

    assert counts(load_file("seats", data)) == (1, 0, 1, 0)


def test_who_serves_a_rival_gets_no_seat_from_a_file(team):
    rival = make.account("Rival", team["account"].lead_office, code="A2")
    for account in (team["account"], rival):
        account.categories = ["緑茶"]
        account.save()
    make.seat(team["aki"], rival)

    loaded = load_file(
        "seats",
        HEADER
        + "A1,aki,creative,2020-04-01,,,\nA1,ben,creative,2020-04-01,,,\n"
        + "A2,aki,account_executive,2016-04-01,,50%,\n",
        partial=True,
    )

    assert [(row, column) for row, column, *_rest in told(loaded)] == [(0, "person")]
    assert [(handle, role) for handle, role, *_rest in seats()] == [
        ("aki", "account_executive"),
        ("ben", "creative"),
    ]


def test_one_file_does_not_seat_somebody_on_two_rivals(team):
    rival = make.account("Rival", team["account"].lead_office, code="A2")
    make.rivalry(team["account"].company, rival.company)

    loaded = load_file(
        "seats", HEADER + "A1,aki,creative,2020-04-01,,,\nA2,aki,creative,2021-04-01,,,\n"
    )

    assert [(row, column) for row, column, *_rest in told(loaded)] == [
        (0, "person"),
        (1, "person"),
    ]
    assert seats() == []


@pytest.mark.parametrize(
    ("roles", "told_why"),
    [(("administrator",), False), (("administrator", "conflicts_officer"), True), ((), True)],
)
def test_who_may_read_it_is_told_of_each_pair_why_and_what_can_be_done(team, roles, told_why):
    office = team["account"].lead_office
    rival = make.account("Rival", office, code="A2", categories=["緑茶"])
    Account.objects.filter(pk=team["account"].pk).update(categories=["緑茶"])
    make.seat(team["aki"], team["account"])
    by = make.staff("Kei", office, *roles) if roles else None

    with translation.override("en"):
        data = HEADER + f"{rival.code},aki,creative,2020-04-01,,,\n"
        loaded = load_file("seats", data, by=by)

    ((row, column, reason),) = told(loaded)
    assert (row, column) == (0, "person")
    assert ("Sora" in reason, "緑茶" in reason, "too broad to compare" in reason) == (told_why,) * 3
    assert ("Ask the conflicts officer" in reason) is not told_why


def test_one_file_moves_somebody_from_a_client_to_its_rival(team):
    rival = make.account("Rival", team["account"].lead_office, code="A2")
    make.rivalry(team["account"].company, rival.company)
    make.seat(team["aki"], team["account"], starts_on=dt.date(2020, 4, 1))

    loaded = load_file(
        "seats",
        HEADER
        + "A1,aki,account_executive,2020-04-01,2021-03-31,,\n"
        + "A2,aki,account_executive,2021-04-01,,,\n",
    )

    assert told(loaded) == []
    assert [ends for _handle, _role, _starts, ends, *_rest in seats()] == [
        dt.date(2021, 3, 31),
        None,
    ]
