"""SQL text stands where somebody looks for it, and nothing reaches around the wall."""

from __future__ import annotations

import re

from tests.architecture.source import modules

SQL = re.compile(
    r"\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|WITH\s+\w+\s+AS\s|COPY\s+\w+\s*\("
    r"|CREATE\s+(TABLE|ROLE|POLICY|TEMP|OR)\b|ALTER\s+\w+\s|GRANT\s|REVOKE\s|TRUNCATE\s|LOCK\s+TABLE)"
)
RUNS = {"execute", "executemany", "RawSQL", "extra"}
PACKAGES = {"policy", "search", "imports"}
ELSEWHERE = {
    "house.backup": "counts and dumps every table, as the owner",
    "house.doctor": "looks at queue and outbox from outside, as the owner",
    "house.roles": "makes the database and its roles, before any wall stands",
    "house.schema": "migrates, and notes what was stated",
    "house.watching": "times the statements that Django runs",
}
ON_ANOTHER_CONNECTION = {
    "policy.progress": "tells how far a run is while its transaction is still open",
}
OTHER_DATABASES = {
    "demo.scale": "fills an empty database as its owner",
    "demo.signin": "gives the demo agency's people their password, as the owner",
}


def may_speak_sql(name: str) -> bool:
    parts = name.split(".")
    return parts[0] in PACKAGES or "queries" in parts or name in ELSEWHERE


def test_sql_text_stands_in_policy_search_imports_and_queries():
    found = {
        module.name
        for module in modules()
        if not may_speak_sql(module.name) and any(SQL.match(text) for text in module.texts())
    }

    assert found == set()


def test_statements_are_run_there_as_well():
    found = {
        module.name
        for module in modules()
        if not may_speak_sql(module.name) and any(name in RUNS for name, _call in module.calls())
    }

    assert found == set()


def test_each_exception_is_still_needed():
    speaking = {
        module.name
        for module in modules()
        if any(SQL.match(text) for text in module.texts())
        or any(name == "execute" for name, _call in module.calls())
    }

    assert set(ELSEWHERE) <= speaking


def test_nothing_becomes_a_role_but_acting():
    """`SET ROLE` and the settings of acting are written in one place."""
    setting = re.compile(r"SET (LOCAL )?ROLE|RESET ROLE|agency\.person", re.IGNORECASE)
    found = {
        module.name for module in modules() if any(setting.search(text) for text in module.texts())
    }

    assert found == {"policy.acting"}


def test_no_other_connection_is_opened():
    """A second connection would be nobody's: only these have one, and each for its reason."""
    using = {
        module.name
        for module in modules()
        if any(name in {"using", "set_autocommit"} for name, _call in module.calls())
    }
    copying = {
        module.name
        for module in modules()
        if "connection.copy(" in module.path.read_text(encoding="utf-8")
    }
    connecting = {module.parts[0] for module in modules() if "psycopg" in module.imports()}

    assert using == set(OTHER_DATABASES)
    assert copying == set(ON_ANOTHER_CONNECTION)
    assert connecting == {"house"}
