"""Nightly backups: when one is due, what is kept."""

from __future__ import annotations

import datetime as dt

import pyrage
import pytest

from kakehashi.house.errors import HouseError
from kakehashi.house.keeping import Keeping

TOKYO = dt.timezone(dt.timedelta(hours=9))


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("made", "now", "due"),
    [
        (None, "2026-11-27 09:00", True),
        ("2026-11-27 02:00", "2026-11-27 09:00", False),
        ("2026-11-26 02:00", "2026-11-27 01:59", False),
        ("2026-11-26 02:00", "2026-11-27 02:00", True),
        ("2026-11-27 01:59", "2026-11-27 02:00", True),
        ("2026-11-20 02:00", "2026-11-27 01:00", True),  # the machine was off for a week
    ],
)
def test_one_is_due_when_none_was_made_since_the_hour_struck(tmp_path, made, now, due):
    keeping = Keeping(tmp_path)
    if made:
        keeping.next_file(at(made)).touch()

    assert keeping.is_due(at(now)) is due


def test_the_last_of_each_day_week_and_month_is_kept(tmp_path):
    made = [at("2026-01-01 02:00") + dt.timedelta(days=n) for n in range(331)]
    made += [at("2026-11-27 13:00")]
    keeping = Keeping(tmp_path, days=3, weeks=2, months=3)

    assert sorted(f"{when:%m-%d %H}" for when in keeping.kept(made)) == [
        "09-30 02",
        "10-31 02",
        "11-22 02",
        "11-25 02",
        "11-26 02",
        "11-27 13",
    ]


def test_the_newest_stays_even_if_nothing_is_to_be_kept(tmp_path):
    keeping = Keeping(tmp_path, days=0, weeks=0, months=0)
    for when in ("2026-11-26 02:00", "2026-11-27 02:00"):
        keeping.next_file(at(when)).touch()

    keeping.prune()

    assert [file.name for file in tmp_path.iterdir()] == ["kakehashi-20261126T170000Z.backup"]


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("KAKEHASHI_BACKUP_HOUR", "24", "must be an hour"),
        ("KAKEHASHI_BACKUP_HOUR", "two", "must be an hour"),
        ("KAKEHASHI_BACKUP_KEEP", "7", "three numbers"),
        ("KAKEHASHI_BACKUP_KEEP", "7,-1,2", "three numbers"),
        ("KAKEHASHI_BACKUP_KEY", "", "Give a key"),
        ("KAKEHASHI_BACKUP_KEY", "age1nonsense", "holds no key"),
    ],
)
def test_what_cannot_be_meant_is_said_before_anything_starts(
    variable, value, sentence, tmp_path, monkeypatch
):
    key = pyrage.x25519.Identity.generate()
    monkeypatch.setenv("KAKEHASHI_BACKUP_DIR", str(tmp_path))
    monkeypatch.setenv("KAKEHASHI_BACKUP_KEY", str(key.to_public()))
    assert Keeping.from_environment() == Keeping(tmp_path, str(key.to_public()))
    monkeypatch.setenv(variable, value)

    with pytest.raises(HouseError, match=sentence):
        Keeping.from_environment()
