"""After a transactional test the database is empty again, at the price of what was in it.

Django truncates every table, hundreds of files each time; nearly all were empty before.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper
    from django.test import TransactionTestCase

PATIENCE = 60  # seconds
LATE = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend' AND state <> 'idle'
"""
QUEUE = ("procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers")
# The same in every database, and what tells that its wall is stated.
KEPT = {"django_content_type", "auth_permission", "django_site", "policy_stated"}
QUIETLY = "SET LOCAL session_replication_role = 'replica'"  # triggers and foreign keys rest


def empty(_case: TransactionTestCase) -> None:
    """Delete what a test has left in any table of a model, and in the queue."""
    with connection.cursor() as cursor:
        _wait_for_late_requests(cursor)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(QUIETLY)
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        for name in _with_rows(cursor, [*(set(names) - KEPT), *QUEUE]):
            cursor.execute(f'DELETE FROM "{name}"')


def _with_rows(cursor: CursorWrapper, names: list[str]) -> list[str]:
    parts = (f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in names)
    cursor.execute(" UNION ALL ".join(parts))
    return [name for (name,) in cursor.fetchall()]


def _wait_for_late_requests(cursor: CursorWrapper) -> None:
    """A browser that has gone may have left a request, which would write into the next test.

    Outside a transaction: inside one, PostgreSQL tells for ever what it told first.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        cursor.execute(LATE)
        if cursor.fetchone()[0] == 0:
            return
        time.sleep(0.02)
