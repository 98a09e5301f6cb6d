"""A real `kakehashi up` to kill, as its own processes on its own home."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kakehashi.house.cluster import SUPERVISOR_LOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakehashi.house.home import Home

PROGRAM = (sys.executable, "-m", "kakehashi.house")
PATIENCE = (
    600  # seconds: a new home takes most of a minute on a busy machine, and many on a bad day
)
OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE")


def environment(home: Home, **more: str) -> dict[str, str]:
    """An installation's environment: none of what the test run has set for itself."""
    kept = {k: v for k, v in os.environ.items() if k not in OURS and not k.startswith("KAKEHASHI_")}
    return {**kept, "KAKEHASHI_HOME": str(home.path), **more}


def kakehashi(home: Home, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class House:
    """`kakehashi up`, and the processes it consists of."""

    home: Home
    port: int
    supervisor: subprocess.Popen[bytes] | None = None
    more: dict[str, str] = field(default_factory=dict)  # of its environment

    def start(self) -> None:
        """Start it and wait until it is ready."""
        log = (self.home.path / "up.log").open("ab")
        self.supervisor = subprocess.Popen(
            [*PROGRAM, "up", "--port", str(self.port), "--workers", "2"],
            env=environment(self.home, **self.more),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        log.close()
        self.wait_until_ready()

    def stop(self, how: signal.Signals = signal.SIGTERM, *, seconds: float = PATIENCE) -> int:
        """Ask it to stop and return its exit code."""
        assert self.supervisor is not None
        if self.supervisor.poll() is None:
            self.supervisor.send_signal(how)
        return self.supervisor.wait(timeout=seconds)

    def wait_until_ready(self, *, seconds: float = PATIENCE) -> None:
        end = time.monotonic() + seconds
        while not self._serves() or self.ask("/readyz") != http.client.OK:
            if time.monotonic() > end or self._has_ended():
                raise TimeoutError(self.said())
            time.sleep(0.05)

    def _serves(self) -> bool:
        """Whether the web server is ours: that of one just killed may answer for a moment more."""
        try:
            self.pid("web")
            return self.supervisor is None or self.pid("supervisor") == self.supervisor.pid
        except (StopIteration, ValueError, FileNotFoundError):
            return False

    def _has_ended(self) -> bool:
        return self.supervisor is not None and self.supervisor.poll() is not None

    def ask(self, path: str) -> int | None:
        """Return the status of a GET, or None when nobody answers."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked.request("GET", path)
            return asked.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            asked.close()

    def said(self) -> str:
        """Return what it has printed."""
        return (self.home.path / "up.log").read_text(encoding="utf-8", errors="replace")

    def pid(self, name: str) -> int:
        """Return the process of one part: database, web, web worker, worker or supervisor."""
        if name == "supervisor":
            return int((self.home.run / SUPERVISOR_LOCK).read_text(encoding="ascii"))
        if name == "database":
            file = self.home.postgres / "postmaster.pid"
            return int(file.read_bytes().split()[0])
        if name == "web worker":
            return max(self._children(self.pid("web")))
        word = {"web": "granian", "worker": "kakehashi.house worker"}[name]
        return next(p for p in self._children(self.pid("supervisor")) if word in command(p))

    def kill(self, name: str) -> int:
        """Kill one part the hard way, once it is there, and return what it was."""
        pid = self._found(name)
        os.kill(pid, signal.SIGKILL)
        if name == "supervisor" and self.supervisor is not None:
            self.supervisor.wait()
        return pid

    def _found(self, name: str, *, seconds: float = PATIENCE) -> int:
        """Return a part's process, which may just be starting again."""
        end = time.monotonic() + seconds
        while True:
            try:
                return self.pid(name)
            except (StopIteration, ValueError, IndexError, FileNotFoundError):
                if time.monotonic() > end:
                    raise
            time.sleep(0.05)

    def processes(self) -> list[int]:
        """Return the processes that still work on this home; the dead that nobody reaped do not."""
        mark = f"KAKEHASHI_HOME={self.home.path}".encode()
        data = str(self.home.postgres)
        return [p for p in everybody() if mark in _environ(p) or data in command(p)]

    def _children(self, parent: int) -> list[int]:
        return [pid for pid in everybody() if parent_of(pid) == parent]


def everybody() -> Iterator[int]:
    """Every process of this machine that we may look at."""
    return (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


def command(pid: int) -> str:
    """Return a process's command line; empty when it is gone."""
    return _read(pid, "cmdline").replace(b"\0", b" ").decode(errors="replace")


def is_alive(pid: int) -> bool:
    """Tell whether a process lives; one that nobody has reaped does not."""
    state = _read(pid, "stat").rpartition(b") ")[2][:1]
    return state not in {b"", b"Z", b"X"}


def parent_of(pid: int) -> int:
    fields = _read(pid, "stat").rpartition(b") ")[2].split()
    return int(fields[1]) if fields else 0


def _environ(pid: int) -> list[bytes]:
    return _read(pid, "environ").split(b"\0")


def _read(pid: int, name: str) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/{name}").read_bytes()
    return b""
