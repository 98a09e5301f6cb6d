"""Fixtures for every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import cluster
from tests.browser import browser  # noqa: F401 - a fixture for every test
from tests.cast import cast  # noqa: F401 - a fixture for every test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,  # noqa: ARG001 - it comes first
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Have the template ready before pytest-django clones it."""
    with django_db_blocker.unblock():
        cluster.prepare_template()


@pytest.fixture(autouse=True)
def _no_job_of_another_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Django flushes managed tables only; the queue's tables are its library's."""
    yield
    marker = request.node.get_closest_marker("django_db")
    names = {"transactional_db", "live_server"} & set(request.fixturenames)
    if names or (marker and marker.kwargs.get("transaction")):
        _empty_the_queue(request)


def _empty_the_queue(request: pytest.FixtureRequest) -> None:
    from django.db import connection

    with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_periodic_defers, procrastinate_workers "
            "CASCADE"
        )
