"""Accounts from a file: whose they are, where they stand, what state they are in."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation
from django.utils.timezone import localdate, now

from kakehashi.clients.models import Account, StatusChange
from kakehashi.conflicts.models import Policy, Receipt
from kakehashi.imports.tests.moving import counts, load_file, told
from kakehashi.policy.acting import acting_as
from tests import factories as make

SAKATA = "6020001008662"


@pytest.fixture
def sora(db):
    """A company to have accounts with, and an office to lead them."""
    hq = make.office("Agency", code="HQ", kind="agency")
    make.office("Bureau 1", hq, code="T1")
    return make.company("株式会社ソラ", code="C1", corporate_number=SAKATA)


def account(code):
    return Account.objects.get(code=code)


def states(code):
    """Each status an account had, from which day and why."""
    return list(
        StatusChange.objects.filter(account__code=code)
        .order_by("at", "id")
        .values_list("status", "on", "reason")
    )


def test_accounts_come_as_a_tree_in_whatever_order_they_stand(sora):
    load_file(
        "accounts",
        "code,company,name,name_en,parent,level,status,lead_office,categories,starts_on\n"
        "A2,C1,ソラ茶,Sora Tea,A1,brand,active,T1,茶; 飲料,平成28年4月1日\n"
        "A1,C1,ソラ,Sora,,グローバル,取引中,HQ,,\n",
    )

    tea = account("A2")
    assert (tea.parent.code, tea.company, tea.lead_office.code) == ("A1", sora, "T1")
    assert (tea.level, tea.status, tea.categories) == ("brand", "active", ["茶", "飲料"])
    assert tea.starts_on == dt.date(2016, 4, 1)
    assert (account("A1").level, account("A1").status) == ("global", "active")


@pytest.mark.parametrize("company", ["C1", SAKATA, "株式会社ソラ", "ソラ㈱"])
def test_a_company_is_named_by_code_number_or_name(sora, company):
    load_file("accounts", f"code,company,name,lead_office\nA1,{company},Sora,T1\n")

    assert account("A1").company == sora


def test_a_new_account_is_a_prospect_unless_the_file_says_more(sora):
    load_file("accounts", "code,company,name,lead_office\nA1,C1,Sora,T1\n")

    assert (account("A1").status, account("A1").level) == ("prospect", "national")
    assert states("A1") == [("prospect", localdate(), "ファイルから取り込み。")]


def test_the_first_status_holds_from_the_first_day_of_the_relationship(sora):
    with translation.override("en"):
        load_file(
            "accounts",
            "code,company,name,lead_office,status,starts_on\nA1,C1,Sora,T1,active,2016-04-01\n",
        )

    assert states("A1") == [("active", dt.date(2016, 4, 1), "ファイルから取り込み。")]


def test_a_status_that_changes_is_noted_and_one_that_stays_is_not(sora):
    make.account("Sora", make.Office.objects.get(code="T1"), code="A1", company=sora)
    data = "code,company,name,lead_office,status\nA1,C1,Sora,T1,{}\n"

    assert counts(load_file("accounts", data.format("active"))) == (0, 0, 1, 0)
    assert states("A1") == []
    assert counts(load_file("accounts", data.format("dormant"))) == (0, 1, 0, 0)
    assert [state[:2] for state in states("A1")] == [("dormant", localdate())]


def test_a_status_changes_only_as_states_may(sora):
    make.account("Sora", make.Office.objects.get(code="T1"), code="A1", company=sora)

    outcome = load_file(
        "accounts", "code,company,name,lead_office,status\nA1,C1,Sora,T1,prospect\n"
    )

    assert told(outcome) == [
        (0, "status", "An account that is “Active” does not become “Prospect”.")
    ]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("A1,NOBODY,Sora,T1,,,", "company", "No company has this code"),
        ("A1,Twin,Sora,T1,,,", "company", "Several companies have this name."),
        ("A1,C1,Sora,NOWHERE,,,", "lead_office", "No office has this code."),
        ("A1,C1,Sora,CLOSED,,,", "lead_office", "This office is closed."),
        ("A1,C1,Sora,T1,NOWHERE,,", "parent", "No account has this code or name."),
        ("A1,C1,Sora,T1,A1,,", "parent", "runs in a ring"),
        ("A1,C1,Sora,T1,,village,", "level", "This is none of: global"),
        ("A1,C1,Sora,T1,,,4/5/2025", "starts_on", "can be read in several ways"),
        ("A1,C1,Sora,T1,,,\nA1,C1,Sora,T1,,,", "code", "Row 0 of this file has the same key."),
    ],
)
def test_what_cannot_be_is_told_where_and_why(sora, row, column, why):
    make.company("Twin", code="TW1")
    make.company("Twin", code="TW2")
    make.office("Closed", code="CLOSED", closed_on=dt.date(2020, 3, 31))

    outcome = load_file(
        "accounts", f"code,company,name,lead_office,parent,level,starts_on\n{row}\n"
    )

    (found,) = told(outcome)
    assert found[1] == column
    assert why in found[2]


def test_an_account_of_an_office_that_closed_meanwhile_is_still_its_account(sora):
    closed = make.office("Closed", code="CLOSED", closed_on=dt.date(2020, 3, 31))
    make.account("Sora", closed, code="A1", company=sora)

    outcome = load_file("accounts", "code,company,name,lead_office\nA1,C1,New name,CLOSED\n")

    assert counts(outcome) == (0, 1, 0, 0)


def test_who_loads_accounts_sees_them_and_not_what_a_wall_denies(cast):
    """A code behind a wall is taken, and nothing more is said of it; nor can one stand below it."""
    make.denial(cast.hana, cast.rival)
    header = "code,company,name,lead_office,parent\n"
    hidden, free = cast.rival.code, "NEW1"

    taken = load_file(
        "accounts", f"{header}{hidden},{cast.sora.company.name},X,TYO1,\n", by=cast.hana
    )
    below = load_file("accounts", f"{header}{free},Sora,X,TYO1,{hidden}\n", by=cast.hana)
    nowhere = load_file("accounts", f"{header}{free},Sora,X,TYO1,NOWHERE\n", by=cast.hana)

    assert told(taken) == [(0, "code", "This code cannot be used. Choose another one.")]
    assert told(below) == told(nowhere) == [(0, "parent", "No account has this code or name.")]
    assert counts(load_file("accounts", f"{header}{free},Sora,X,TYO1,\n", by=cast.hana)) == (
        1, 0, 0, 0,
    )  # fmt: skip
    with acting_as(cast.hana):
        assert Account.objects.filter(code=free).exists()
    with acting_as(cast.chie):
        assert not Account.objects.filter(code=free).exists()
    with acting_as(cast.dan):
        assert Account.objects.filter(code=free).exists()


def test_an_account_that_moves_to_another_office_is_seen_by_its_director_at_once(cast):
    row = f"{cast.rival.code},{cast.rival.company.name},Rival,TYO1"

    with acting_as(cast.dan):
        assert not Account.objects.filter(pk=cast.rival.pk).exists()
    load_file("accounts", f"code,company,name,lead_office\n{row}\n", by=cast.hana)
    with acting_as(cast.dan):
        assert Account.objects.filter(pk=cast.rival.pk).exists()


def test_a_prospect_becomes_active_by_file_once_it_is_cleared_where_the_agency_says_so(cast):
    Policy.objects.create(clearance_required=True)
    prospect = make.account("Kumo", cast.bureau1, code="KUMO", status="prospect")
    company = make.company("Kaze", code="KAZE")
    rows = (
        "code,company,name,lead_office,status\n"
        f"KUMO,{prospect.company.name},Kumo,TYO1,active\nKAZE,{company.code},Kaze,TYO1,active\n"
    )

    with translation.override("en"):
        assert [why for _row, _column, why in told(load_file("accounts", rows))] == [
            "A check for conflicts is missing. Ask for one on the account's page."
        ] * 2
    Receipt.objects.create(
        account=prospect, asked_by=cast.aki, asked_at=now(), outcome="clear", decided_by=cast.go,
        decided_at=now(),
    )  # fmt: skip
    load_file("accounts", rows, partial=True)

    assert account("KUMO").status == "active"
    assert not Account.objects.filter(code="KAZE").exists()
