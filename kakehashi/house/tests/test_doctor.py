"""The doctor tells what is well, what to look at, what is ill, and what to do."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection

from kakehashi.house import cli, doctor
from kakehashi.house.keeping import Keeping
from kakehashi.policy import visibility

NOW = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
NONE = dt.timedelta()


def minutes(number):
    return dt.timedelta(minutes=number)


@pytest.mark.parametrize(
    ("found", "level", "says"),
    [
        (doctor.room(80 * doctor.GB), "well", "80.0 GB are free"),
        (doctor.room(3 * doctor.GB), "look", "make room"),
        (doctor.room(doctor.GB // 2), "ill", "a full disk stops"),
        (doctor.backups(None, NOW), "look", "set KAKEHASHI_BACKUP_DIR"),
        (doctor.queue(0, NONE, 0, minutes(0)), "well", "0 jobs wait"),
        (doctor.queue(3, minutes(1), 2, minutes(0)), "look", "2 failed"),
        (doctor.queue(3, minutes(6), 0, minutes(0)), "ill", "the longest 6 minutes"),
        (doctor.queue(0, NONE, 0, None), "ill", "there is no worker"),
        (doctor.queue(0, NONE, 0, minutes(240)), "ill", "silent for 4 hours"),
        (doctor.mail(0, 0, 0, NONE), "well", "0 mails wait"),
        (doctor.mail(2, 0, 0, minutes(5)), "well", "the oldest 5 minutes"),
        (doctor.mail(2, 0, 0, minutes(60 * 50)), "ill", "the oldest 2 days"),
        (doctor.mail(0, 1, 0, NONE), "look", "1 held"),
        (doctor.standby(0, None), "well", "0 bytes behind; pages are read from it"),
        (doctor.standby(9_000_000, minutes(4)), "look", "its last change 4 minutes old"),
        (doctor.clock(dt.timedelta(seconds=-1)), "well", "agrees"),
        (doctor.clock(dt.timedelta(seconds=-90)), "ill", "by 90 seconds"),
    ],
)
def test_each_part_is_told_with_what_to_do(found, level, says):
    assert found.level == level
    assert says in found.says


@pytest.mark.parametrize(("age", "level"), [(None, "ill"), (20, "well"), (30, "ill")])
def test_a_backup_older_than_a_day_is_told(tmp_path, age, level):
    keeping = Keeping(tmp_path)
    if age:
        keeping.next_file(NOW - dt.timedelta(hours=age)).touch()

    assert doctor.backups(keeping, NOW).level == level


@pytest.mark.django_db
def test_a_right_too_many_and_a_policy_too_few_are_found():
    assert visibility.differences() == []
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT DELETE ON clients_account TO {visibility.role('app')}")
        policy, *_ = visibility.policies(visibility.TABLES["people_office"])
        cursor.execute(f"DROP POLICY {policy} ON people_office")
        cursor.execute("ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY")

    assert visibility.differences() == ["clients_account", "people_office", "people_person"]


@pytest.mark.django_db
@pytest.mark.parametrize(("look", "query"), doctor.LOOKS)
def test_what_the_database_is_asked_can_be_told(look, query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = look(*cursor.fetchone())

    assert found.says


def test_an_empty_home_is_ill_and_told_as_a_script_reads_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KAKEHASHI_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("KAKEHASHI_BACKUP_DIR", str(tmp_path))
    monkeypatch.setenv("KAKEHASHI_BACKUP_KEY", "no key")

    assert cli.main(["doctor", "--json"]) == 1

    told = {found["part"]: found for found in json.loads(capsys.readouterr().out)}
    assert "kakehashi init" in told["database"]["says"]
    assert "holds no key" in told["backups"]["says"]
    assert not (tmp_path / "none").exists()
