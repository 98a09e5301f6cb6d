"""One throw-away cluster for a test run, and requests that step down as production does.

Loaded with `-p tests.cluster`, before pytest-django reads the settings: they name the home.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kakehashi.house import cluster, roles
from kakehashi.house.address import Address
from kakehashi.house.home import Home

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
CHEAP = {**cluster.FORGETFUL, "shared_buffers": "128MB", "max_wal_size": "512MB"}
CLEANUP = pytest.StashKey[ExitStack]()

if not IS_WORKER:
    # Set while this module loads, because pytest-django reads the settings straight afterwards.
    for name in (
        "DATABASE_URL",
        "DATABASE_REPLICA_URL",
        "KAKEHASHI_HOSTS",
        "KAKEHASHI_ORIGINS",
        "KAKEHASHI_TLS",
    ):
        os.environ.pop(name, None)
    os.environ["KAKEHASHI_HOME"] = tempfile.mkdtemp(prefix="kakehashi-test-")
    os.environ["KAKEHASHI_SECRET_KEY"] = "not a secret: this installation lives for one test run"
    os.environ["KAKEHASHI_DB_ROLE"] = "owner"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright leaves an event loop running
    atexit.register(shutil.rmtree, os.environ["KAKEHASHI_HOME"], ignore_errors=True)
HOME = Home(Path(os.environ["KAKEHASHI_HOME"]))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the one server of this run in its controller, before any worker starts."""
    if IS_WORKER or session.config.option.collectonly:
        return
    stack = session.config.stash.setdefault(CLEANUP, ExitStack())
    stack.enter_context(cluster.running(HOME, settings=CHEAP))
    address = Address.from_environment()
    roles.ensure(address, testing=True)
    with closing(roles.administrator(address)) as connection:
        connection.execute(
            f"GRANT SET ON PARAMETER session_replication_role TO {address.role('owner')}"
        )


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server, also after Ctrl-C."""
    if not IS_WORKER:
        config.stash.get(CLEANUP, ExitStack()).close()


def prepare_template() -> None:
    """Migrate the database that the tests' own are cloned from; the first who asks does it."""
    from django.db import connection

    from kakehashi.house import schema

    marker = HOME.run / "template-is-ready"
    with cluster.locked(HOME.run / "template.lock"):
        if not marker.exists():
            schema.migrate()
            marker.touch()
        connection.close()


class StepsDown:
    """Tests connect as the owner; a request starts as the powerless web login."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Be the login for the length of a request, whatever it becomes inside."""
        from django.db import connection

        from config.db import ADDRESS

        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {ADDRESS.role('login')}")
            try:
                return self.get_response(request)
            finally:
                if not connection.needs_rollback:
                    cursor.execute("RESET ROLE")
