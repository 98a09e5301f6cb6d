"""Every table says where it stands how its rows were before, and PostgreSQL holds to it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.utils import translation

from kakehashi.clients.web.views.money import REVENUE
from kakehashi.history import columns, kinds
from kakehashi.policy.visibility import TABLES, Class, Past, role
from tests.architecture.source import templates

pytestmark = pytest.mark.django_db

JAPANESE = re.compile(r"[^\x00-\x7f]")
SAME_IN_BOTH = {"LEI"}
PANEL = re.compile(r"\{% history_of (?:\w+\.)*(\w+?)_? %\}")
LINK = re.compile(r'\{% url "history:record" "(\w+)"')
IN_OTHER_WORDS = {
    "conflicts_notice": "conflicts_wallnotice",
    "requests_request": "requests_clientrequest",
}
TOLD_IN_A_TAB = {
    "clients_account": "the tab History of the account",
    **dict.fromkeys(REVENUE, "the page of what changed in its figures"),
}
TRIGGERS = """
SELECT t.tgrelid::regclass::text, t.tgname::text FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid AND c.relnamespace = 'public'::regnamespace
WHERE NOT t.tgisinternal
"""
REWRITABLE = """
SELECT DISTINCT table_name::text FROM information_schema.table_privileges
WHERE grantee IN (%s, %s) AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')
"""


def ask(text: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall()


def of(past: Past) -> set[str]:
    return {name for name, table in TABLES.items() if table.past is past}


def test_each_change_of_a_recorded_table_is_written_down_and_of_no_other():
    standing = {(table, name) for table, name in ask(TRIGGERS) if name.startswith("policy_track_")}

    assert of(Past.RECORDED)
    assert standing == {
        (table, f"policy_track_{event}")
        for table in of(Past.RECORDED)
        for event in ("insert", "update", "delete")
    }


def test_a_table_that_is_its_own_history_is_not_rewritten():
    """Nobody has the right; or its guard lets a row be completed, and no more."""
    rewritable = {table for (table,) in ask(REWRITABLE, role("app"), role("gate"))}
    guarded = {table for table, name in ask(TRIGGERS) if name == "policy_guard"}

    assert of(Past.ITSELF) & rewritable == of(Past.ITSELF) & guarded
    assert {n for n in of(Past.ITSELF) if TABLES[n].guard} == of(Past.ITSELF) & guarded


def test_what_can_be_changed_and_is_not_recorded_says_why():
    """What the application may change stands in the history, or here with its reason."""
    unsaid = {
        name
        for name in of(Past.NONE)
        if not TABLES[name].unrecorded
        and TABLES[name].kind not in {Class.HISTORY, Class.INDEX, Class.CREDENTIALS, Class.SYSTEM}
    }

    assert unsaid == set()


def test_what_is_seen_as_its_row_is_found_by_the_same_key():
    kept = {n for n in kinds.recorded() if TABLES[n].seen_as_row}

    assert {kinds.models()[n]._meta.pk.get_internal_type() for n in kept} == {"UUIDField"}


@pytest.mark.parametrize("table", kinds.recorded())
def test_what_is_told_of_a_row_has_a_name_in_japanese(table):
    with translation.override("ja"):
        names = {columns.label(table, column) for column in columns.told(table)}
        names.add(kinds.label(table))

    assert {name for name in names - SAME_IN_BOTH if not JAPANESE.search(name)} == set()


@pytest.mark.parametrize("table", kinds.recorded())
def test_a_row_can_be_told_from_others_and_has_a_page_or_is_part_of_something(table):
    known = dict.fromkeys(kinds.order(table), "01900000-0000-7000-8000-000000000000")
    page = kinds.page_of(table, known)

    assert set(kinds.about(table)) <= set(kinds.order(table))
    assert kinds.about(table) or table in ALONE
    assert page or kinds.whole(table) or table in ALONE


def test_every_record_has_what_changed_on_a_page():
    """On the page of the row, beside it in a list, or with what it is part of."""
    recorded = kinds.recorded()

    assert set(panels()) <= set(recorded)
    assert {outermost(table) for table in recorded} - set(panels()) == set(TOLD_IN_A_TAB)


def panels():
    """The tables whose rows some template tells the changes of."""
    for path, text in templates():
        app = path.partition("/")[0]
        shown = [f"{app}_{name}" for name in PANEL.findall(text)]
        yield from (IN_OTHER_WORDS.get(table, table) for table in shown)
        yield from LINK.findall(text)


def outermost(table):
    whole = kinds.whole(table)
    return outermost(whole) if whole else table


ALONE = {"conflicts_wallnotice": "its page is for whoever is to read it, and for nobody else"}
