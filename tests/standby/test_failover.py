"""A primary that dies while people write: what was acknowledged stands on the one that follows."""

from __future__ import annotations

import threading
import time
from contextlib import closing

import psycopg
import pytest

from kakehashi.house import cluster
from kakehashi.house.home import Home
from tests.cluster import CHEAP
from tests.standby.copies import ask, standby_of, wait

WRITERS = 4
ENOUGH = 200
SYNCHRONOUS = {
    **CHEAP,
    "shared_buffers": "16MB",
    "synchronous_commit": "remote_apply",
}


class Writer(threading.Thread):
    """Commits one row after the other and notes what was acknowledged."""

    def __init__(self, home: Home, number: int) -> None:
        super().__init__(daemon=True)
        self.home, self.number = home, number
        self.acknowledged: list[int] = []

    def run(self) -> None:
        try:
            with closing(psycopg.connect(cluster.conninfo(self.home), autocommit=True)) as writing:
                for count in range(10**9):
                    row = count * WRITERS + self.number
                    writing.execute("INSERT INTO written VALUES (%s)", [row])
                    self.acknowledged.append(row)
        except psycopg.OperationalError:
            return  # the primary is gone: this row was never acknowledged


@pytest.mark.slow
def test_no_acknowledged_write_is_lost_when_the_primary_dies_under_load(tmp_path):
    home = Home(tmp_path / "primary")
    home.prepare()
    server = cluster.start(home, settings=SYNCHRONOUS)
    try:
        with standby_of(home, tmp_path / "standby") as copy:
            with closing(psycopg.connect(cluster.conninfo(home), autocommit=True)) as connection:
                connection.execute("CREATE TABLE written (row bigint PRIMARY KEY)")
            cluster_waits_for_its_standby(home)
            writers = [Writer(home, number) for number in range(WRITERS)]
            for writer in writers:
                writer.start()
            until(lambda: sum(len(w.acknowledged) for w in writers) > ENOUGH)
            server.kill()
            server.wait()
            for writer in writers:
                writer.join(timeout=60)
            ask(copy, "SELECT pg_promote()")
            wait(copy, "SELECT NOT pg_is_in_recovery()")

            with closing(psycopg.connect(cluster.conninfo(copy), autocommit=True)) as reading:
                kept = {row for (row,) in reading.execute("SELECT row FROM written")}
                reading.execute("INSERT INTO written VALUES (-1)")  # and people work on

        acknowledged = {row for writer in writers for row in writer.acknowledged}
        assert len(acknowledged) > ENOUGH
        assert acknowledged <= kept
    finally:
        cluster.stop(server)


def cluster_waits_for_its_standby(home: Home) -> None:
    """From now on a commit is acknowledged when the standby has it."""
    with closing(psycopg.connect(cluster.conninfo(home), autocommit=True)) as connection:
        connection.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        connection.execute("SELECT pg_reload_conf()")
    wait(home, "SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'")
    with closing(psycopg.connect(cluster.conninfo(home), autocommit=True)) as connection:
        connection.execute("CHECKPOINT")  # the checkpointer tells commits to wait: it knows by now


def until(is_so) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)
