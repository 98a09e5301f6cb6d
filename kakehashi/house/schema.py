"""The schema as this version of the program wants it: migrations, then the wall's statement.

What was applied is written down as the comment of the schema `public`, which every role may read:
so any process tells in a millisecond whether the database is the one it was written for.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kakehashi.house.roles import LOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

POLICY = Path(__file__).resolve().parents[1] / "policy"


@cache
def fingerprint() -> str:
    """Name this program's schema: its migrations, and what the policy package says of tables."""
    digest = hashlib.sha256()
    for part in _parts():
        digest.update(part)
    return f"kakehashi {digest.hexdigest()[:32]}"


def applied() -> str | None:
    """Return the name of the schema that the database has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        return cursor.fetchone()[0]


def is_current() -> bool:
    """Tell whether the database has the schema this program was written for."""
    return applied() == fingerprint()


def migrations(connection: psycopg.Connection[Any]) -> list[str]:
    """Return the migrations that a database has, as `app.name`."""
    rows = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [name for (name,) in rows.fetchall()]


def on_disk() -> set[str]:
    """Return the migrations that this program knows, as `app.name`."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def migrate() -> None:
    """Bring the schema up to date as its owner and restate who may do what with each table.

    Of several machines that start at once, one does it and the others wait.
    """
    from kakehashi.house import migrating
    from kakehashi.policy import visibility

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            migrating.migrate()
            visibility.apply()
            cursor.execute(f"COMMENT ON SCHEMA public IS '{fingerprint()}'")
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _parts() -> Iterator[bytes]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for app, name in sorted(loader.disk_migrations):
        yield f"{app}.{name}\n".encode()
    for file in sorted(POLICY.rglob("*")):
        if file.suffix in {".py", ".sql"} and "tests" not in file.parts:
            yield str(file.relative_to(POLICY)).encode() + b"\n" + file.read_bytes()
