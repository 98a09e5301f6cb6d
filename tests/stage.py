"""The stage: the demo agency, built once for a whole run and copied for whoever needs one.

The copy is the database's own (CREATE DATABASE … TEMPLATE): a fraction of a second instead of
the many that the agency takes to be built through its actions.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils.timezone import localdate

from config.db import DB_NAME, PREPARED
from kakehashi.demo.build import build
from kakehashi.house import cluster
from kakehashi.people.models import Person
from tests.cluster import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

DEMO = f"{DB_NAME}_demo"
SEED = 1
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = %s AND backend_type = 'client backend'
"""


@pytest.fixture(scope="session")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The demo agency stands, ready to be copied."""
    with django_db_blocker.unblock():
        prepare_demo()


def prepare_demo() -> None:
    """Build the agency that is copied; the first worker who asks does it."""
    marker = HOME.run / "demo-is-ready"
    with cluster.locked(HOME.run / "demo.lock"):
        if not marker.exists():
            _copy(DB_NAME, DEMO)
            with connected_to(DEMO, PREPARED):
                build(localdate(), SEED, lambda _stage: None)
            marker.touch()


@contextmanager
def copy_of_demo(options: dict[str, Any] | None = None) -> Iterator[None]:
    """Everything in this process, its web server too, works on a fresh copy of the agency."""
    name = f"{DEMO}_{WORKER}"
    _drop(name)
    _copy(DEMO, name)
    with connected_to(name, options):
        yield
    _drop(name)


@contextmanager
def connected_to(name: str, options: dict[str, Any] | None = None) -> Iterator[None]:
    """The threads of a process share one set of settings: new connections go there."""
    settings = connection.settings_dict
    before = {"NAME": settings["NAME"], "OPTIONS": settings["OPTIONS"]}
    connection.close()
    connection.close_pool()
    settings.update(NAME=name, OPTIONS={**settings["OPTIONS"], **(options or {})})
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        settings.update(before)


def _copy(source: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    connection.close()


def _drop(name: str) -> None:
    """Whoever is still connected is sent away; the database's own cleaners go by themselves."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS, [name])
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
    connection.close()


def speak_english(*logins: str) -> None:
    """So that a story can be read in the language it is written in."""
    Person.objects.filter(handle__in=logins).update(language=Person.Language.EN)
