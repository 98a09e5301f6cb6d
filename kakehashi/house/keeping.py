"""Backups by themselves: one a night while `up` runs, and which of them are kept."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kakehashi.house import children, keys, prepare
from kakehashi.house.errors import HouseError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable

FOLDER, HOUR, KEEP = "KAKEHASHI_BACKUP_DIR", "KAKEHASHI_BACKUP_HOUR", "KAKEHASHI_BACKUP_KEEP"
NAME = "kakehashi-%Y%m%dT%H%M%SZ.backup"
EVERY = "kakehashi-*Z.backup"
LAST_HOUR = 23
LOOK = 60  # seconds between two looks at the clock
PAUSE = 3600  # seconds until a backup that failed is tried again


@dataclass(frozen=True)
class Keeping:
    """Where nightly backups go, at which hour of the machine's day, and how many stay."""

    folder: Path
    key: str = ""  # the public half
    hour: int = 2
    days: int = 7
    weeks: int = 5
    months: int = 12

    @classmethod
    def from_environment(cls) -> Self | None:
        """Read what the operator chose; None where no folder was given.

        Raises HouseError for what cannot be meant, before anything is served.
        """
        folder = os.environ.get(FOLDER, "")
        if not folder:
            return None
        key = str(keys.to_seal_with(None))
        hour = os.environ.get(HOUR, "2")
        keep = os.environ.get(KEEP, "7,5,12").split(",")
        if not (hour.isdecimal() and int(hour) <= LAST_HOUR):
            message = f"{HOUR} is {hour!r}; it must be an hour, 0 to {LAST_HOUR}."
            raise HouseError(message)
        if [part for part in keep if not part.strip().isdecimal()] or len(keep) != len("dwm"):
            message = f"{KEEP} must be three numbers, of days, weeks and months: 7,5,12."
            raise HouseError(message)
        days, weeks, months = map(int, keep)
        return cls(Path(folder).expanduser().absolute(), key, int(hour), days, weeks, months)

    def is_due(self, now: dt.datetime) -> bool:
        """Whether none was made since the hour last struck. `now` has the machine's time zone."""
        struck = now.replace(hour=self.hour, minute=0, second=0, microsecond=0)
        if struck > now:
            struck -= dt.timedelta(days=1)
        made = self.made()
        return not made or max(made) < struck

    def made(self) -> dict[dt.datetime, Path]:
        """The backups that lie there, by when they were begun (UTC)."""
        return {
            dt.datetime.strptime(file.name, NAME).replace(tzinfo=dt.UTC): file
            for file in self.folder.glob(EVERY)
        }

    def next_file(self, now: dt.datetime) -> Path:
        """Where a backup begun now goes."""
        return self.folder / now.astimezone(dt.UTC).strftime(NAME)

    def prune(self) -> None:
        """Remove what is no longer kept; the newest always stays."""
        made = self.made()
        for when in made.keys() - self.kept(made):
            made[when].unlink()

    def kept(self, made: Iterable[dt.datetime]) -> set[dt.datetime]:
        """The last of each of so many days, weeks and months that have one."""
        newest_first = sorted(made, reverse=True)
        kept = set(newest_first[:1])
        spans: tuple[tuple[int, Callable[[dt.datetime], object]], ...] = (
            (self.days, lambda when: when.date()),
            (self.weeks, lambda when: when.isocalendar()[:2]),
            (self.months, lambda when: (when.year, when.month)),
        )
        for most, span in spans:
            last: dict[object, dt.datetime] = {}
            for when in newest_first:
                last.setdefault(span(when), when)
            kept |= set(list(last.values())[:most])
        return kept


@dataclass
class Nightly:
    """What makes the backup of the night, beside the supervisor's other children."""

    keeping: Keeping
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    next_look: float = 0

    def look(self) -> None:
        """Begin a backup when it is due; say so when one failed."""
        if self.process is not None:
            if self.process.poll() is None:
                return
            failed, self.process = self.process.returncode != 0, None
            if failed:
                prepare.tell("The backup failed; it is tried again in an hour.")
            self.next_look = time.monotonic() + (PAUSE if failed else LOOK)
        elif time.monotonic() >= self.next_look:
            self.next_look = time.monotonic() + LOOK
            if self.keeping.is_due(dt.datetime.now().astimezone()):
                self.process = self._begin()

    def stop(self) -> None:
        """End one that is being made: nothing of it remains."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()

    def _begin(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "kakehashi.house", "backup", "--nightly"]
        here = {FOLDER: str(self.keeping.folder), keys.VARIABLE: self.keeping.key}
        environment = {**self.environment, **here}
        return children.start(command, dying=signal.SIGTERM, environment=environment)
