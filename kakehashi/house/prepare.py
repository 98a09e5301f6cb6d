"""A database ready for work: server, roles, schema; and static files ready to be served."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import django

from kakehashi.house import cluster, roles
from kakehashi.house.address import Address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager


def tell(sentence: str) -> None:
    """Say what takes long; on stderr, so that a script may read the rest."""
    print(sentence, file=sys.stderr, flush=True)


def set_up_django(role: str) -> None:
    """Load Django as one of the roles that may sign in to the database."""
    os.environ["KAKEHASHI_DB_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def server(address: Address) -> AbstractContextManager[None]:
    """Have a server for a while: the one that is there, or our own."""
    if address.is_outside:
        address.home.prepare()
        return nullcontext()
    if not (address.home.postgres / "PG_VERSION").exists():
        tell("Making a new database …")
    return cluster.running(address.home)


@contextmanager
def ready(role: str) -> Iterator[None]:
    """Work on a database that is up to date, as a role."""
    address = Address.from_environment()
    with server(address):
        bring_up_to_date(address)
        connect_as(role)
        try:
            yield
        finally:
            close_connections()


def bring_up_to_date(address: Address, *, always: bool = False) -> None:
    """Make what is missing, and migrate if the schema is not this program's."""
    roles.ensure(address)
    set_up_django("owner")
    connect_as("owner")
    from kakehashi.house import schema

    if always or not schema.is_current():
        tell("Bringing the database up to date …")
        schema.migrate()
    close_connections()


def close_connections() -> None:
    """Leave nothing open on a server that may stop now."""
    from django.db import connections

    connections.close_all()


def connect_as(role: str) -> None:
    """Go on as another role: what prepares the database may more than what works on it."""
    from django.db import connections

    from config.db import database

    connections["default"].close()
    connections.settings["default"].update(database(role))
    del connections["default"]


def collect_static() -> None:
    """Copy, name by content and compress what pages load, if any of it has changed."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = settings.STATIC_ROOT / "sources"
    now = _sources()
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return
    tell("Preparing static files …")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now, encoding="ascii")


def _sources() -> str:
    """Name the static files as they are by path, time and size."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_mtime_ns} {found.st_size}\n".encode())
    return digest.hexdigest()
