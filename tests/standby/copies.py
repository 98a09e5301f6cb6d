"""A standby of a running cluster, made from the embedded programs as an operator makes one."""

from __future__ import annotations

import subprocess
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

import psycopg

from kakehashi.house import cluster
from kakehashi.house.home import Home
from tests.cluster import CHEAP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60


@contextmanager
def standby_of(primary: Home, place: Path, *, name: str = "standby") -> Iterator[Home]:
    """A streaming copy of `primary` in `place`, that answers; it is gone afterwards."""
    copy = Home(place)
    copy.prepare()
    subprocess.run(
        [*cluster._step_down(), cluster.bin_dir() / "pg_basebackup", "--checkpoint=fast", "-R",
         "--create-slot", "--slot", name, "--wal-method=stream", "-h", primary.socket_dir,
         "-p", cluster.PORT, "-U", cluster.SUPERUSER, "-D", copy.postgres],
        check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    source = f"host={primary.socket_dir} port={cluster.PORT} user={cluster.SUPERUSER}"
    following = {"primary_conninfo": f"{source} application_name={name}"}
    server = cluster.start(copy, settings={**CHEAP, **following})
    try:
        wait(primary, "SELECT count(*) = 1 FROM pg_stat_replication WHERE state = 'streaming'")
        yield copy
    finally:
        cluster.stop(server)
        with suppress(psycopg.OperationalError):  # the primary is gone in some tests
            wait(primary, f"SELECT NOT active FROM pg_replication_slots WHERE slot_name = '{name}'")
            ask(primary, f"SELECT pg_drop_replication_slot('{name}')")


def ask(home: Home, question: str) -> object:
    with closing(psycopg.connect(cluster.conninfo(home), autocommit=True)) as connection:
        row = connection.execute(question).fetchone()
        return row and row[0]


def wait(home: Home, question: str) -> None:
    """Until the answer is yes."""
    end = time.monotonic() + PATIENCE
    while not ask(home, question):
        assert time.monotonic() < end, question
        time.sleep(0.02)
