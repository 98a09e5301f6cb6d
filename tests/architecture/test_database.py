"""What PostgreSQL itself says about keys, functions and roles; classes and policies are tested
with the kernel (kakehashi/policy/tests), the roles' rights with the house.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from kakehashi.policy.constraints import SameAccount
from kakehashi.policy.visibility import FINANCE, TABLES, WALLED, Class, role

pytestmark = pytest.mark.django_db

# Keys from tables of another class into walled ones: what they could tell of a row out of sight.
ACCOUNT = "account_id"
INTO_THE_WALL = {
    ("conflicts_behind", "clients_account"): "read by officers only",
    ("conflicts_check", "clients_account"): "an id that whoever asks has to know already",
    ("conflicts_commitment", "clients_account"): "read by officers only",
    ("conflicts_consent", "clients_account"): "read by officers only",
    ("conflicts_consent", "clients_contact"): "read by officers only",
    ("conflicts_consentrequest", "clients_account"): "read by whom it asks, and by officers",
    ("conflicts_denial", "clients_account"): "read by officers only",
    ("conflicts_hit", "clients_account"): "read by officers only",
    ("conflicts_mediaadjacency", "clients_account"): "read by officers only",
    ("conflicts_seatpermit", "clients_account"): "read by officers only",
    ("conflicts_siderule", "clients_account"): "read by officers only",
}
FOUND_OTHERWISE = {
    "handoffs_reminder": "with its ball",
    "notify_notification": "by the person it is for",
    "traffic_changerequest": "by its job",
    "traffic_dependency": "by its job or task",
    "traffic_statechange": "by its job",
    "requests_filebytes": "with its file",
}
KEYS = """
SELECT c.conrelid::regclass::text, c.confrelid::regclass::text, c.conname::text,
       ARRAY(SELECT a.attname::text FROM unnest(c.conkey) k
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k)
FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
"""
DEFINERS = """
SELECT p.proname::text, COALESCE(array_to_string(p.proconfig, ','), ''),
       has_function_privilege('public', p.oid, 'EXECUTE'),
       has_function_privilege(%s, p.oid, 'EXECUTE')
FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
"""
QUEUE = {"procrastinate_defer_jobs_v1"}  # a task is enqueued by whoever needs it


def ask(text: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall()


def walled() -> set[str]:
    return {table.name for table in (*WALLED, *FINANCE)}


def test_a_child_row_stands_in_its_parents_account():
    """Every key between walled tables carries the account, in PostgreSQL and not only on paper."""
    below = walled() - {"clients_account"}
    keys = [(c, p, frozenset(columns)) for c, p, _name, columns in ask(KEYS) if {c, p} <= below]
    together = {(child, parent, columns) for child, parent, columns in keys if ACCOUNT in columns}
    alone = {(child, parent, columns) for child, parent, columns in keys if ACCOUNT not in columns}

    assert together
    assert {(c, p, columns | {ACCOUNT}) for c, p, columns in alone} <= together


def test_a_row_below_an_account_names_one_account_only():
    """A second account in a row would be seen by whoever sees the first."""
    second = {
        (child, tuple(columns))
        for child, parent, _name, columns in ask(KEYS)
        if child in walled() - {"clients_account"} and parent == "clients_account"
        if columns != [ACCOUNT]
    }

    assert second == set()


def test_every_same_account_constraint_stands_in_the_database():
    declared = {
        constraint.name
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, SameAccount)
    }

    assert declared
    assert declared <= {name for _child, _parent, name, _columns in ask(KEYS)}


def test_every_column_that_points_at_a_walled_table_is_checked():
    """A field without a database key would point at rows of other accounts."""
    keyed = {(child, frozenset(columns)) for child, _parent, _name, columns in ask(KEYS)}
    loose = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.is_relation and field.related_model._meta.db_table in walled()
        if not {
            (model._meta.db_table, frozenset({field.column})),
            (model._meta.db_table, frozenset({ACCOUNT, field.column})),
        }
        & keyed
    }

    assert loose == set()


def test_keys_from_outside_into_the_wall_are_known():
    """A unique or foreign key answers without asking who reads: each of these says why it may."""
    found = {
        (child, parent)
        for child, parent, _name, _columns in ask(KEYS)
        if parent in walled() and child not in walled()
    }

    assert found == set(INTO_THE_WALL)


def test_functions_with_the_owners_rights_fix_where_they_look():
    """Else somebody's own table of the same name would be read in the owner's name."""
    loose = [
        name
        for name, config, *_rights in ask(DEFINERS, role("app"))
        if "search_path=" not in config
    ]

    assert loose == []


def test_nobody_calls_a_function_with_the_owners_rights_but_through_a_door():
    """Doors are called `acting_…`; everything else is the wall's own."""
    called = [(name, public, app) for name, _path, public, app in ask(DEFINERS, role("app"))]

    assert [name for name, public, _app in called if public] == []
    assert {
        name for name, _public, app in called if app and not name.startswith("acting_")
    } == QUEUE


def test_the_gate_calls_no_door():
    gate = {name for name, _path, _public, may in ask(DEFINERS, role("gate")) if may}

    assert gate <= QUEUE


def test_every_walled_table_finds_its_rows_by_account():
    """The wall filters by account_id: without an index first by it, each page would read all."""
    indexed = {
        table
        for (table,) in ask(
            "SELECT i.indrelid::regclass::text FROM pg_index i JOIN pg_attribute a"
            " ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
            " WHERE a.attname = 'account_id'"
        )
    }

    assert walled() - {"clients_account"} - indexed == set(FOUND_OTHERWISE)


def test_append_only_tables_are_append_only_for_everybody_but_the_owner():
    rewritten = {
        table
        for table, privilege in ask(
            "SELECT table_name::text, privilege_type::text FROM information_schema.table_privileges"
            " WHERE grantee = %s AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')",
            role("app"),
        )
        if TABLES[table].rights == "SELECT, INSERT"
    }

    assert rewritten == set()


def test_no_table_of_credentials_or_the_system_is_anybodys_to_read():
    closed = {n for n, t in TABLES.items() if t.kind in {Class.CREDENTIALS, Class.SYSTEM}}
    open_to_app = {
        table
        for (table,) in ask(
            "SELECT table_name::text FROM information_schema.table_privileges WHERE grantee = %s",
            role("app"),
        )
    }

    assert closed & open_to_app == set()
