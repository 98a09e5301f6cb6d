"""Fixtures for every test."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests import cluster
from tests.browser import browser  # noqa: F401 - a fixture for every test
from tests.cast import cast  # noqa: F401 - a fixture for every test
from tests.signing_in import as_  # noqa: F401 - a fixture for every test
from tests.stage import demo  # noqa: F401 - a fixture for every test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.utils import CursorWrapper
    from pytest_django.plugin import DjangoDbBlocker

PATIENCE = 5  # seconds
LATE = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend' AND state <> 'idle'
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that no worker ends long after the other.

    Last come those after which Django empties all tables, also of what was stated once for a run.
    """
    items.sort(
        key=lambda item: (_empties(item), not _is_slow(item), not item.nodeid.startswith("tests/"))
    )


def _empties(item: pytest.Item) -> bool:
    """Whether tables are emptied after a test."""
    marker = item.get_closest_marker("django_db")
    names = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(names) or bool(marker and marker.kwargs.get("transaction"))


def _is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,  # noqa: ARG001 - it comes first
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Have the template ready before pytest-django clones it."""
    with django_db_blocker.unblock():
        cluster.prepare_template()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Drop no database: they go with the run's cluster, whoever is still connected to them."""
    return True


@pytest.fixture(autouse=True)
def _no_job_of_another_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Django flushes managed tables only; the queue's tables are its library's.

    The database is asked for first, so that this comes before its flush, after browsers have gone.
    """
    if not _empties(request.node):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    yield
    _empty_the_queue(request)


def _empty_the_queue(request: pytest.FixtureRequest) -> None:
    from django.db import connection

    with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
        _wait_for_late_requests(cursor)
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_periodic_defers, procrastinate_workers "
            "CASCADE"
        )


def _wait_for_late_requests(cursor: CursorWrapper) -> None:
    """A browser that has gone may have left a request: its locks would meet the next test."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        cursor.execute(LATE)
        if cursor.fetchone()[0] == 0:
            return
        time.sleep(0.02)
