"""Rows made once and put back in later tests, as they were, in one statement.

Whatever triggers derive is among them, so none runs again: arranging the same people for the
thousandth time costs a few milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

TABLES = """
SELECT c.relname::text, ARRAY(
  SELECT a.attname::text FROM pg_attribute a
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  ORDER BY a.attnum
)
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname
"""
READ = sql.SQL("SELECT to_jsonb(t)::text FROM {table} t")
WRITE = sql.SQL(
    "INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE "
    "SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, {rows}::jsonb)"
)
QUIETLY = "SET LOCAL session_replication_role = {}"  # triggers and foreign keys rest


def taken(make: Callable[[], Any]) -> tuple[Any, str]:
    """What `make` makes, and the statements that put the same rows back."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = cursor.fetchall()
    before = {name: _rows(name) for name, _columns in tables}
    made = make()
    parts = []
    for name, columns in tables:
        after = _rows(name)
        if gone := before[name] - after:
            raise LookupError(f"{name} held rows that were changed: {sorted(gone)[:1]}")
        if new := after - before[name]:
            parts.append(_written(name, columns, sorted(new)))
    return made, ";\n".join(parts)


def put_back(statements: str) -> None:
    """Write the rows of a snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{QUIETLY.format('replica')};\n{statements};\n{QUIETLY.format('origin')}")


def _rows(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(READ.format(table=sql.Identifier(table)))
        return {row for (row,) in cursor.fetchall()}


def _written(table: str, columns: list[str], rows: list[str]) -> str:
    statement = WRITE.format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        rows=sql.Literal(f"[{','.join(rows)}]"),
    )
    return statement.as_string(connection.connection)
