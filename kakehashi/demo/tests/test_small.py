"""The stage of the twin worlds: equal but for one account, which the denied have grounds to see."""

from __future__ import annotations

import time

import pytest
from django.apps import apps
from django.db import transaction

from kakehashi.clients.models import Account
from kakehashi.conflicts import queries
from kakehashi.conflicts.models import Denial
from kakehashi.demo.content.small import HIDDEN, MARK
from kakehashi.demo.small import build_small
from kakehashi.policy.acting import acting_as
from kakehashi.policy.roles import RoleCode
from kakehashi.policy.visibility import TABLES, Class

DERIVED = {"policy_sight", "policy_denied", "policy_overview", "policy_change"}
KINDS = {Class.WALLED, Class.FINANCE, Class.SHARED, Class.OFFICER}


def rows(serial: frozenset[str] = frozenset({"money_revenue", "money_revenuecost"})):
    """Every row of the nouns, by table; ids too, where they are not a sequence's."""
    found = {}
    for model in apps.get_models():
        table = TABLES.get(model._meta.db_table)
        if table is None or table.kind not in KINDS or table.name in DERIVED:
            continue
        dropped = {"id", "revenue_id"} if table.name in serial else set()
        found[table.name] = {
            tuple(sorted((k, str(v)) for k, v in row.items() if k not in dropped))
            for row in model.objects.values()
        }
    return found


def built(hidden):
    """The rows of a world, which is gone again afterwards."""
    with transaction.atomic():
        build_small(7, hidden=hidden)
        found = rows()
        transaction.set_rollback(True)
    return found


def test_the_two_worlds_differ_by_the_hidden_account_alone(db):
    with_it, without = built(hidden=True), built(hidden=False)

    more = {name: with_it[name] - without[name] for name in with_it}
    assert not any(without[name] - with_it[name] for name in without)
    assert {name for name, some in more.items() if some} == {
        "approvals_circulation",
        "approvals_decision",
        "approvals_step",
        "approvals_takenback",
        "briefs_brief",
        "briefs_briefversion",
        "briefs_citation",
        "briefs_direction",
        "briefs_internalcomment",
        "briefs_objection",
        "briefs_researchnote",
        "briefs_section",
        "briefs_sharedcomment",
        "clients_account",
        "clients_accountbrand",
        "clients_contact",
        "clients_fact",
        "clients_handover",
        "clients_handoverconfirmation",
        "clients_seat",
        "clients_statuschange",
        "conflicts_check",
        "conflicts_decision",
        "conflicts_receipt",
        "conflicts_commitment",
        "conflicts_commitmentcategory",
        "conflicts_consent",
        "conflicts_denial",
        "conflicts_hit",
        "conflicts_mediaadjacency",
        "conflicts_seatpermit",
        "conflicts_namedcompetitor",
        "conflicts_rivalry",
        "conflicts_wall",
        "handoffs_handoff",
        "handoffs_reminder",
        "money_calendarcost",
        "money_calendarsum",
        "money_monthcost",
        "money_monthsum",
        "money_revenue",
        "money_revenuecost",
        "money_target",
        "money_yearsum",
        "people_person",
        "requests_clientrequest",
        "requests_entry",
        "requests_file",
        "requests_filebytes",
        "requests_mail",
        "requests_note",
        "traffic_assignment",
        "traffic_changerequest",
        "traffic_dependency",
        "traffic_job",
        "traffic_jobcount",
        "traffic_review",
        "traffic_statechange",
        "traffic_task",
    }


def test_every_row_of_one_seed_comes_out_the_same(db):
    assert built(hidden=True) == built(hidden=True)


def test_it_is_there_in_less_than_three_seconds(db):
    began = time.perf_counter()
    build_small(1, hidden=True)

    assert time.perf_counter() - began < 3


def test_every_role_is_somebody_and_can_sign_in(db):
    small = build_small(1, hidden=True)

    assert set(small.people) == {*RoleCode, "contact"}
    assert all(p.login_row.check_password("kakehashi-demo") for p in small.people.values())


def test_the_denied_see_the_account_but_for_the_wall(db):
    small = build_small(1, hidden=True)

    for person in small.denied_all:
        with acting_as(person):
            assert not Account.objects.filter(code__startswith=HIDDEN).exists()
            assert not Account.objects.filter(name__contains=MARK).exists()
    Denial.objects.filter(account=small.hidden).delete()
    for person in small.denied_all:
        with acting_as(person):
            assert Account.objects.filter(pk=small.hidden.pk).exists()


SEEN_BY = ["account_executive", "key_account_manager", "account_planner", "conflicts_officer"]


@pytest.mark.parametrize("role", [*SEEN_BY, "account_supervisor", "global_account_manager"])
def test_those_who_serve_it_and_those_above_them_see_it(db, role):
    small = build_small(1, hidden=True)

    assert queries.explain(small.people[role], small.hidden, reader=None).sees


def test_without_it_nothing_speaks_of_it(db):
    small = build_small(1, hidden=False)

    assert small.hidden is None
    assert len(small.accounts) == 8
    assert not any(MARK in text for some in rows().values() for row in some for _k, text in row)
