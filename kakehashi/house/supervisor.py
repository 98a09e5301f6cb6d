"""`kakehashi up`: database, web server and worker as our children, none of which outlives us."""

from __future__ import annotations

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, NoReturn

from kakehashi.house import children, cluster, prepare
from kakehashi.house.address import Address
from kakehashi.house.errors import HouseError
from kakehashi.house.keeping import Keeping, Nightly

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from kakehashi.house.home import Home

WATCH = 0.2  # seconds between two looks at the children
CALM = 30  # seconds after which a child that died is no longer thought to be failing
LONGEST_PAUSE = 30
GRACE = 10  # seconds a child has to finish what it does
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (a comparison, not a binding)


class Stopped(BaseException):
    """Somebody told us to stop."""


@dataclass
class Child:
    """A process that has to run, and how to start it again when it dies."""

    name: str
    begin: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0
    failures: int = 0
    due: float = 0

    def start(self) -> None:
        """Start it now."""
        self.began = time.monotonic()
        self.process = self.begin()

    def look(self) -> None:
        """Start it again if it died, later each time it dies soon."""
        if self.process is not None and self.process.poll() is not None:
            self._died(f"ended with {self.process.returncode}")
        if self.process is None and time.monotonic() >= self.due:
            try:
                self.start()
            except HouseError as problem:
                self._died(str(problem))

    def _died(self, how: str) -> None:
        self.process = None
        self.failures = 1 if time.monotonic() - self.began > CALM else self.failures + 1
        pause = min(0.1 * 2**self.failures, LONGEST_PAUSE)
        self.due = time.monotonic() + pause
        prepare.tell(f"{self.name}: {how}; starting it again.")

    def tell_to_stop(self) -> None:
        """Ask it to finish."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self) -> None:
        """Wait until it has finished, and end it if that takes too long."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            prepare.tell(f"{self.name} does not stop; ending it.")
            self.process.kill()
            self.process.wait()


@dataclass
class Supervisor:
    """The children of one home, watched until somebody says stop."""

    address: Address
    host: str
    port: int
    workers: int
    children: list[Child] = field(default_factory=list)
    database: Child | None = None
    keeping: Keeping | None = None
    nightly: Nightly | None = None

    def serve(self, *, demo: bool) -> None:
        """Start everything in order, then watch it for ever."""
        if not self.address.is_outside:
            prepare.tell("Starting the database …")
            self.database = Child("database", lambda: cluster.again(self.address.home))
            self.database.process = cluster.own(self.address.home)
        prepare.bring_up_to_date(self.address)
        prepare.collect_static()
        sign_ins = self._demo() if demo else ""
        self.children = [Child("web", self._web), Child("worker", self._worker)]
        prepare.tell("Starting web server and worker …")
        for child in self.children:
            child.start()
        self._wait_until_ready()
        if self.keeping is not None:
            self.nightly = Nightly(self.keeping, self._as("owner"))
        print(f"{sign_ins}Kakehashi is ready: {self.url}", flush=True)
        self._watch()

    def stop(self) -> None:
        """Let requests and jobs finish, then stop the database."""
        if self.nightly is not None:
            self.nightly.stop()
        for child in self.children:
            child.tell_to_stop()
        for child in self.children:
            child.wait()
        if self.database is not None and self.database.process is not None:
            cluster.stop(self.database.process)

    @property
    def url(self) -> str:
        """Where to point a browser."""
        host = "localhost" if self.host in {"127.0.0.1", *EVERYWHERE} else self.host
        return f"http://{host}:{self.port}/"

    def _watch(self) -> NoReturn:
        everything = [child for child in (self.database, *self.children) if child]
        while True:
            for child in everything:
                child.look()
            if self.nightly is not None:
                self.nightly.look()
            time.sleep(WATCH)

    def _wait_until_ready(self, *, seconds: float = 180) -> None:
        end = time.monotonic() + seconds
        while self._ready() is not True:
            for child in self.children:
                child.look()
            if time.monotonic() > end:
                message = f"The web server does not answer at {self.url}readyz."
                raise HouseError(message)
            time.sleep(0.05)

    def _ready(self) -> bool:
        host = EVERYWHERE.get(self.host, self.host)
        asked = http.client.HTTPConnection(host, self.port, timeout=5)
        try:
            asked.request("GET", "/readyz")
            return asked.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            asked.close()

    def _demo(self) -> str:
        """Load the demo agency into an empty database; return who can sign in."""
        from kakehashi.people.models import Person

        told = self.address.home.path / "demo.txt"
        if not Person.objects.exists():
            prepare.tell("Loading the demo agency …")
            command = [sys.executable, "-m", "kakehashi.house", "demo"]
            loaded = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
            if loaded.returncode:
                message = "The demo agency could not be loaded."
                raise HouseError(message)
            told.write_text(loaded.stdout, encoding="utf-8")
        prepare.close_connections()
        return told.read_text(encoding="utf-8") if told.exists() else ""

    def _web(self) -> subprocess.Popen[bytes]:
        command = [
            *(sys.executable, "-m", "granian", "config.wsgi:application"),
            *("--interface", "wsgi", "--no-ws", "--host", self.host, "--port", str(self.port)),
            *("--workers", str(self.workers), "--blocking-threads", "1"),
            *("--respawn-failed-workers", "--respawn-interval", "0.2"),
            *("--workers-kill-timeout", str(GRACE // 2), "--log-level", "warning"),
        ]
        from kakehashi.house import metrics

        environment = {**self._as("login"), **metrics.share(self.address.home.run / "metrics")}
        return children.start(command, dying=signal.SIGKILL, environment=environment)

    def _worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "kakehashi.house", "worker"]
        return children.start(command, dying=signal.SIGKILL, environment=self._as("worker"))

    def _as(self, role: str) -> dict[str, str]:
        return {
            "KAKEHASHI_URL": self.url,  # in mails, unless the operator says another
            **os.environ,
            "KAKEHASHI_HOME": str(self.address.home.path),
            "KAKEHASHI_DB_ROLE": role,
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings"),
        }


def up(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    address = Address.from_environment()
    address.home.prepare()
    with alone(address.home):
        _refuse_taken(arguments.host, arguments.port)
        supervisor = Supervisor(address, arguments.host, arguments.port, arguments.workers)
        supervisor.keeping = Keeping.from_environment()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, _stop)
        try:
            supervisor.serve(demo=arguments.demo)
        except Stopped:
            prepare.tell("Stopping …")
        finally:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            supervisor.stop()
    return 0


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Be the only supervisor of a home; the kernel ends this with us, however we end."""
    with (home.run / cluster.SUPERVISOR_LOCK).open("a+") as handle:
        if not _got(handle):
            handle.seek(0)
            message = f"Already running on {home.path} (process {handle.read()})."
            raise HouseError(message)
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def _got(handle: IO[str], *, seconds: float = 0.5) -> bool:
    """Take the lock; a command that only looks whether we live holds it for a moment."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


def _stop(_number: int, _frame: object) -> NoReturn:
    raise Stopped


def _refuse_taken(host: str, port: int, *, seconds: float = 2) -> None:
    """Say that a port is taken before anything starts; one of ours just killed frees it soon."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    end = time.monotonic() + seconds
    while True:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as problem:
                if time.monotonic() > end:
                    message = f"Cannot serve at {host} port {port}: {problem.strerror}."
                    raise HouseError(message) from problem
            else:
                return
        time.sleep(0.2)
