"""A backup made while people work is restored whole, or refused with what to do."""

from __future__ import annotations

import stat
import threading
from dataclasses import dataclass

import psycopg
import pyrage
import pytest

from config.db import ADDRESS
from kakehashi.house import backup, cli, cluster
from kakehashi.house.address import Address
from kakehashi.house.errors import HouseError
from kakehashi.house.home import Home
from tests import stage
from tests.house import kakehashi

pytestmark = pytest.mark.slow

ROWS = "SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM public.{} t"
PAIR = """
INSERT INTO django_session (session_key, session_data, expire_date)
VALUES (%(n)s || 'a', '', now()), (%(n)s || 'b', '', now())
"""
LETTER = "拝啓　新緑の候\n"


@dataclass(frozen=True)
class Copy(Address):
    """A database of the test run: named otherwise than its roles."""

    database: str = ""

    def as_role(self, kind: str, *, dbname: str | None = None) -> str:
        return super().as_role(kind, dbname=dbname or self.database)


@pytest.fixture(scope="module")
def key():
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="module")
def made(demo, django_db_blocker, tmp_path_factory, key):
    """The demo agency with a file of somebody's, backed up while sessions are written."""
    file = tmp_path_factory.mktemp("backups") / "agency.backup"
    letter = ADDRESS.home.files / "letters" / "一.txt"
    letter.parent.mkdir(parents=True)
    letter.write_text(LETTER, encoding="utf-8")
    with django_db_blocker.unblock(), stage.copy_of_demo():
        source = Copy(ADDRESS.home, ADDRESS.name, database=stage.connection.settings_dict["NAME"])
        with Writing(source.as_role("owner")):
            backup.write(source, file, key.to_public())
        yield file, told(source.as_role("owner"))
    letter.unlink()
    letter.parent.rmdir()


class Writing:
    """Two rows in each transaction, as fast as it goes, for as long as this lasts."""

    def __init__(self, conninfo):
        self.conninfo = conninfo
        self.begun, self.over = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self.write)

    def write(self):
        with psycopg.connect(self.conninfo) as connection:
            number = 0
            while not self.over.is_set():
                number += 1
                connection.execute(PAIR, {"n": f"{number:08}"})
                connection.commit()
                self.begun.set()

    def __enter__(self):
        self.thread.start()
        assert self.begun.wait(120)

    def __exit__(self, *problem):
        self.over.set()
        self.thread.join()


def told(conninfo):
    """Every row of every table, as one number a table; what was being written apart."""
    with psycopg.connect(conninfo) as connection:
        tables = [name for (name,) in connection.execute(backup.TABLES).fetchall()]
        found = {name: connection.execute(ROWS.format(name)).fetchone()[0] for name in tables}
    found.pop("django_session")
    return found


def restore(folder, file, key, **more):
    """What `kakehashi restore` says on an empty home."""
    given = folder / "key"
    given.write_text(f"# kept apart\n{key}\n")
    home = Home(folder / "home")
    return home, kakehashi(home, "restore", str(file), "--key", str(given), **more)


def test_what_is_restored_equals_what_was_backed_up_while_people_wrote(made, tmp_path, key):
    file, rows = made

    home, ran = restore(tmp_path, file, key)

    assert ran.returncode == 0, ran.stderr
    assert (home.files / "letters" / "一.txt").read_text(encoding="utf-8") == LETTER
    with cluster.running(home, settings=cluster.FORGETFUL):
        here = Address(home, ADDRESS.name)
        assert told(here.as_role("owner")) == rows
        with psycopg.connect(here.as_role("owner")) as connection:
            keys = [k for (k,) in connection.execute("SELECT session_key FROM django_session")]
            assert keys
            assert {k[:-1] + "a" for k in keys} | {k[:-1] + "b" for k in keys} == set(keys)
        with psycopg.connect(here.as_role("login")) as connection:
            connection.execute(f"SET ROLE {here.role('app')}")
            assert connection.execute("SELECT count(*) FROM clients_account").fetchone() == (0,)

    _home, again = restore(tmp_path, file, key)
    assert again.returncode == 1
    assert "is not empty" in again.stderr


def test_a_backup_is_for_its_owner_only_and_never_overwritten(made):
    file, _rows = made

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert LETTER.encode() not in file.read_bytes()
    assert b"RAICHO" not in file.read_bytes()
    assert list(file.parent.iterdir()) == [file]


def test_another_key_a_cut_file_and_what_is_no_backup_are_refused(
    made, tmp_path, key, monkeypatch, capsys
):
    file, _rows = made
    whole = file.read_bytes()
    cut, changed, other = (tmp_path / name for name in ("cut", "changed", "other"))
    cut.write_bytes(whole[:-100])
    changed.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    other.write_text("PK")
    monkeypatch.setenv("KAKEHASHI_HOME", str(tmp_path / "home"))
    stranger = pyrage.x25519.Identity.generate()

    for given, with_key, sentence in (
        (file, stranger, "This key does not open"),
        (file, key.to_public(), "public half"),
        (file, "AGE-SECRET-KEY-1", "holds no key"),
        (cut, key, "cut short or damaged"),
        (changed, key, "cut short or damaged"),
        (other, key, "is not a backup"),
        (tmp_path / "nowhere", key, "No such file"),
    ):
        assert cli.main(["restore", str(given), "--key", str(with_key)]) == 1, given
        assert sentence in capsys.readouterr().err
    assert not (tmp_path / "home" / "postgres").exists()


def manifest(**other):
    return {"format": 1, "program": "9.9", "database": "kakehashi", "schema": [], **other}


def test_a_newer_version_and_another_name_are_refused():
    here = Address(ADDRESS.home, "kakehashi")

    backup._refuse_newer(manifest(schema=["people.0001_initial"]), here)
    for newer in (manifest(format=2), manifest(schema=["people.9999_later"])):
        with pytest.raises(HouseError, match=r"newer version \(9\.9\)"):
            backup._refuse_newer(newer, here)
    with pytest.raises(HouseError, match="database named elsewhere"):
        backup._refuse_newer(manifest(database="elsewhere"), here)


def test_a_key_is_made_once_and_told_by_its_public_half(tmp_path):
    home, file = Home(tmp_path / "home"), tmp_path / "key"

    made = kakehashi(home, "backup-key", str(file))
    again = kakehashi(home, "backup-key", str(file))

    assert made.stdout.startswith("age1")
    assert str(pyrage.x25519.Identity.from_str(file.read_text().split()[-1]).to_public()) == (
        made.stdout.strip()
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert again.returncode == 1
    assert "no key is overwritten" in again.stderr
