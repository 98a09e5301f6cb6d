"""The embedded server after accidents: what a killed one leaves behind, and who may share one."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import psycopg
import pytest

from kakehashi.house import cluster
from kakehashi.house.errors import HouseError
from kakehashi.house.home import Home
from tests.house import is_alive


@pytest.fixture
def pid_file(tmp_path):
    return tmp_path / "postmaster.pid"


@pytest.fixture
def stranger():
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield process
    process.communicate()


def test_a_number_given_to_somebody_else_is_forgotten_and_they_live(pid_file, stranger):
    pid_file.write_text(f"{stranger.pid}\n/data\n")

    cluster.clear_stale(pid_file.parent)

    assert not pid_file.exists()
    assert stranger.poll() is None


def test_a_server_of_ours_is_waited_for_also_under_a_japanese_path(pid_file, monkeypatch):
    looked = iter([("postgres", "Z"), ("postgres", "Z"), ("", "")])
    monkeypatch.setattr(cluster, "_process", lambda pid: next(looked))
    pid_file.write_bytes(b"4242\n/\xe6\xb7\xb1\xe3\x81\x84/postgres\n")

    cluster.clear_stale(pid_file.parent)

    assert next(looked, None) is None
    assert pid_file.exists()


def test_a_file_cut_short_is_removed(pid_file):
    pid_file.write_text("")

    cluster.clear_stale(pid_file.parent)

    assert not pid_file.exists()


def test_a_dead_servers_file_is_left_for_postgresql_to_clear(pid_file):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    pid_file.write_text(f"{gone.pid}\n/data\n")

    cluster.clear_stale(pid_file.parent)

    assert pid_file.exists()


@pytest.mark.slow
def test_a_server_is_shared_and_stopped_by_who_started_it(tmp_path):
    home = Home(tmp_path / "分かち合う home")
    with cluster.running(home, settings=cluster.FORGETFUL):
        pid = int((home.postgres / "postmaster.pid").read_text().split()[0])
        with cluster.in_use(home), psycopg.connect(cluster.conninfo(home)) as connection:
            listening = connection.execute("SHOW listen_addresses").fetchone()
            locale = connection.execute(
                "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) "
                "FROM pg_database WHERE datname = 'postgres'"
            ).fetchone()

    assert listening == ("",)
    assert locale == ("b", "C.UTF-8", "UTF8")
    assert not (home.postgres / "postmaster.pid").exists()
    assert not is_alive(pid)


@pytest.fixture
def without_namespaces(monkeypatch):
    monkeypatch.setattr(cluster, "_own_namespace", lambda: ("false",))
    cluster._step_down.cache_clear()
    yield
    cluster._step_down.cache_clear()


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
@pytest.mark.usefixtures("without_namespaces")
def test_root_without_namespaces_steps_down_to_another_user(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    home = Home(closed / "home")

    with cluster.running(home), psycopg.connect(cluster.conninfo(home)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)

    assert home.postgres.stat().st_uid != 0
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
@pytest.mark.usefixtures("without_namespaces")
def test_root_who_cannot_step_down_is_told_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_other_user", lambda: ())

    with pytest.raises(HouseError, match="ordinary user"), cluster.running(Home(tmp_path)):
        pass


@pytest.mark.slow
def test_a_cluster_that_was_only_half_made_is_made_again(tmp_path):
    home = Home(tmp_path)
    (home.path / "postgres.new").mkdir()
    (home.path / "postgres.new" / "PG_VERSION").write_text("18\n")

    with cluster.running(home, settings=cluster.FORGETFUL):
        assert (home.postgres / "global").is_dir()

    assert not (home.path / "postgres.new").exists()
