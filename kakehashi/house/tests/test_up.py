"""`kakehashi up`: alone on its home, stopped cleanly, back after any of it was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from contextlib import contextmanager

import pyrage
import pytest

from kakehashi.house.home import Home
from tests.house import PATIENCE, PROGRAM, House, environment, free_port, is_alive, kakehashi

pytestmark = pytest.mark.slow

DEEP = "深い 場所/that/is/longer/than/the/path/of/a/unix/socket/may/be/because/somebody/is/tidy"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home in a deep directory, with spaces and Japanese in its path."""
    home = Home(tmp_path_factory.mktemp("up") / DEEP)
    made = kakehashi(home, "init")
    assert made.returncode == 0, made.stderr
    yield home
    home.socket_dir.rmdir()


@pytest.fixture(scope="module")
def only(home):
    """The one house of this file: a test that leaves it standing saves the next one the start."""
    house = House(home, free_port())
    yield house
    house.stop()
    assert eventually(lambda: not living(house)), "a process outlived its supervisor"


@pytest.fixture
def house(only):
    if only.supervisor is None or only.supervisor.poll() is not None:
        only.start()
    return only


def living(house):
    return [pid for pid in house.processes() if is_alive(pid)]


def eventually(true, *, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def stopped_cleanly(home):
    log = (home.log / "postgres.log").read_text(encoding="utf-8")
    return log.rstrip().endswith("database system is shut down")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_when_told(house, how):
    assert house.ask("/healthz") == 200

    assert house.stop(how) == 0

    assert stopped_cleanly(house.home)
    assert eventually(lambda: not living(house))


def test_the_doctor_finds_a_running_house_well(house):
    looked = kakehashi(house.home, "doctor", "--json")

    levels = {found["part"]: found["level"] for found in json.loads(looked.stdout)}
    assert looked.returncode == 0, looked.stdout
    assert levels.pop("backups") == "look"
    assert set(levels.values()) == {"well"}
    assert levels.keys() >= {"database", "roles", "walls", "worker", "mail"}


def test_a_second_one_on_the_same_home_says_so_and_exits(house):
    second = kakehashi(house.home, "up", "--port", str(free_port()))

    assert second.returncode == 1
    assert "Already running" in second.stderr
    assert str(house.pid("supervisor")) in second.stderr
    assert house.ask("/readyz") == 200


def test_a_taken_port_is_told_before_anything_starts(house, tmp_path):
    other = kakehashi(Home(tmp_path), "up", "--port", str(house.port))

    assert other.returncode == 1
    assert f"port {house.port}" in other.stderr
    assert not (tmp_path / "postgres").exists()


def test_whatever_dies_is_started_again(house):
    for name in ("database", "web", "web worker", "worker"):
        old = house.kill(name)

        assert eventually(lambda old=old: not is_alive(old)), name
        assert eventually(lambda name=name, old=old: is_new(house, name, old)), name
        house.wait_until_ready()


def is_new(house, name, old):
    try:
        return house.pid(name) != old
    except (StopIteration, ValueError, FileNotFoundError):
        return False


def test_nothing_outlives_a_killed_supervisor(house):
    house.kill("supervisor")

    assert eventually(lambda: not living(house))
    assert stopped_cleanly(house.home)


@pytest.mark.parametrize("also", ["", "database", "web"])
def test_it_comes_back_after_it_was_killed(house, also):
    if also:
        house.kill(also)
    house.kill("supervisor")

    house.start()

    assert house.ask("/readyz") == 200


def test_a_command_uses_the_server_that_runs(house):
    before = house.pid("database")

    assert kakehashi(house.home, "migrate").returncode == 0

    assert house.pid("database") == before
    assert house.ask("/readyz") == 200


def test_readiness_is_refused_while_the_database_is_away(house):
    with nobody_watching(house):
        house.kill("database")

        assert eventually(lambda: house.ask("/readyz") == 503)
        assert house.ask("/healthz") == 200

    house.wait_until_ready()


@contextmanager
def nobody_watching(house):
    """While the supervisor stands still, nothing that died is started again."""
    supervisor = house.pid("supervisor")
    os.kill(supervisor, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(supervisor, signal.SIGCONT)


def test_stopping_while_it_starts_leaves_nothing(only, home):
    if only.supervisor is not None:
        only.stop()
    starting = House(home, free_port())
    starting.supervisor = subprocess.Popen(
        [*PROGRAM, "up", "--port", str(starting.port)],
        env=environment(home),
        stderr=subprocess.PIPE,
    )
    assert b"Starting the database" in starting.supervisor.stderr.readline()

    assert starting.stop() == 0

    starting.supervisor.stderr.close()
    assert eventually(lambda: not living(starting))


def test_it_makes_the_backup_that_is_due(only, tmp_path):
    key = pyrage.x25519.Identity.generate()
    folder = tmp_path / "backups"
    only.stop()
    only.more["KAKEHASHI_BACKUP_DIR"] = str(folder)
    only.more["KAKEHASHI_BACKUP_KEY"] = str(key.to_public())
    only.start()

    assert eventually(lambda: list(folder.glob("*.backup"))), only.said()

    (file,) = folder.iterdir()
    assert pyrage.decrypt(file.read_bytes(), [key])[:13] == b"manifest.json"
    assert eventually(lambda: not list(only.home.run.glob("backup-*")))
