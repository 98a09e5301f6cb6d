"""The home of the agency that a bench looks at, and what computing there takes."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kakehashi.house.home import Home

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def at_home(named: str | None, what: str) -> Iterator[Home]:
    """The home that was named, which stays; or one of its own, which is removed afterwards."""
    home = Home(Path(named or tempfile.mkdtemp(prefix=f"kakehashi-{what}-")).absolute())
    os.environ["KAKEHASHI_HOME"] = str(home.path)
    os.environ.pop("DATABASE_URL", None)
    try:
        yield home
    finally:
        if not named:
            shutil.rmtree(home.path, ignore_errors=True)


@dataclass
class Spent:
    """Milliseconds of processor, Python's and PostgreSQL's together."""

    milliseconds: float = 0


@contextmanager
def processor(home: Home, *, newcomers: bool = False) -> Iterator[Spent]:
    """What is computed meanwhile: by us and by the database's processes; by new ones if asked."""
    spent = Spent()
    began, ours = processor_of_children(home), time.process_time()
    yield spent
    used = processor_of_children(home)
    pids = used.keys() if newcomers else used.keys() & began.keys()
    theirs = sum(used[pid] - began.get(pid, 0) for pid in pids)
    spent.milliseconds = theirs + (time.process_time() - ours) * 1000


def processor_of(pid: int) -> float:
    """Milliseconds a process has computed, by the kernel's own fine clock."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def processor_of_children(home: Home) -> dict[int, float]:
    """The same of every process of the database server."""
    server = (home.postgres / "postmaster.pid").read_text().split()[0]
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    found = {}
    for pid in children:
        with suppress(FileNotFoundError, ProcessLookupError):
            found[int(pid)] = processor_of(int(pid))
    return found
