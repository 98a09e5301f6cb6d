"""Where an installation keeps its things, and that nobody else gets at them."""

from __future__ import annotations

import os
import stat
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kakehashi.house.errors import HouseError
from kakehashi.house.home import LONGEST_SOCKET_PATH, SOCKET_FILE, Home, make_private


@pytest.fixture(autouse=True)
def _no_secret_given(monkeypatch):
    monkeypatch.delenv("KAKEHASHI_SECRET_KEY")


def test_a_short_home_keeps_its_socket(tmp_path):
    home = Home(tmp_path)

    assert home.socket_dir == tmp_path / "run"


@pytest.mark.parametrize("name", ["x" * 100, "深い場所" * 9])
def test_a_deep_home_has_a_short_private_socket_directory(tmp_path, name):
    home = Home(tmp_path / name)
    home.prepare()

    path = home.socket_dir / SOCKET_FILE
    assert len(os.fsencode(path)) <= LONGEST_SOCKET_PATH
    assert stat.S_IMODE(home.socket_dir.stat().st_mode) == 0o700
    home.socket_dir.rmdir()


def test_two_deep_homes_do_not_share_a_socket(tmp_path):
    one, other = Home(tmp_path / ("x" * 100)), Home(tmp_path / ("y" * 100))

    assert one.socket_dir != other.socket_dir


def test_a_socket_directory_that_others_may_enter_is_refused(tmp_path):
    home = Home(tmp_path / ("z" * 100))
    home.socket_dir.mkdir(mode=0o755)
    try:
        with pytest.raises(HouseError, match="Others may enter"):
            home.prepare()
    finally:
        home.socket_dir.rmdir()


def test_a_socket_directory_that_is_a_link_is_refused(tmp_path):
    home = Home(tmp_path / ("w" * 100))
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    home.socket_dir.symlink_to(tmp_path / "elsewhere")
    try:
        with pytest.raises(HouseError, match="somebody else"):
            home.prepare()
    finally:
        home.socket_dir.unlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
def test_a_directory_of_somebody_else_is_refused():
    with tempfile.TemporaryDirectory() as directory:
        os.chown(directory, 65534, -1)
        with pytest.raises(HouseError, match="somebody else"):
            make_private(Path(directory))


def test_a_home_that_was_open_is_closed(tmp_path):
    (tmp_path / "home").mkdir(mode=0o755)
    home = Home(tmp_path / "home")

    home.prepare()

    assert stat.S_IMODE(home.path.stat().st_mode) == 0o700


def test_the_secret_is_made_once_and_is_private(tmp_path):
    made = Home(tmp_path / "home").secret_key

    assert len(made) >= 50
    assert Home(tmp_path / "home").secret_key == made
    assert stat.S_IMODE((tmp_path / "home" / "secret_key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "home").iterdir()] == ["secret_key"]


def test_processes_that_make_the_secret_at_once_agree(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: Home(tmp_path / "home").secret_key, range(32)))

    assert len(made) == 1


def test_a_secret_that_is_given_is_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("KAKEHASHI_SECRET_KEY", "shared by several machines")

    assert Home(tmp_path / "home").secret_key == "shared by several machines"
    assert not (tmp_path / "home").exists()
