"""The program `kakehashi`: the house's own commands, and those that the packages register."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import socket
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

from django.db.utils import OperationalError

from kakehashi.base.errors import Unreadable
from kakehashi.house import prepare, supervisor, worker
from kakehashi.house.address import Address
from kakehashi.house.errors import HouseError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from types import ModuleType

    Run = Callable[[argparse.Namespace], int]
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

COMMAND_MODULES = (
    "kakehashi.people.commands",
    "kakehashi.conflicts.commands",
    "kakehashi.imports.commands",
    "kakehashi.money.commands",
    "kakehashi.search.commands",
    "kakehashi.demo.commands",
)
FAILED, UNREADABLE, INTERRUPTED = 1, 2, 130
HIGHEST_PORT = 65535


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; what goes wrong for the user's part is one sentence, never a traceback."""
    _print_whatever_the_terminal_can_show()
    arguments = parser().parse_args(argv)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who read us went away
        return FAILED
    except (HouseError, Unreadable, OperationalError, OSError) as problem:
        sentence = _sentence_for(problem)
        if sentence is None:
            raise
        print(f"kakehashi: {sentence}", file=sys.stderr)
        return UNREADABLE if isinstance(problem, Unreadable) else FAILED


def _print_whatever_the_terminal_can_show() -> None:
    """Write out the code of a character that the terminal's encoding has not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(arguments: argparse.Namespace) -> int:
    if arguments.db_role is None:
        code = arguments.run(arguments)
    else:
        with prepare.ready(arguments.db_role), _speaking_the_terminals_language():
            code = arguments.run(arguments)
    sys.stdout.flush()  # a reader who went away is noticed here, not when Python ends
    return code


def _sentence_for(problem: Exception) -> str | None:
    """Say what went wrong; None if it is a fault of ours."""
    if isinstance(problem, OperationalError):
        return f"The database failed: {str(problem).strip()}"
    if isinstance(problem, OSError):
        file = problem.filename
        return None if file is None else f"{os.fsdecode(file)}: {problem.strerror}."
    return str(problem)


def _speaking_the_terminals_language() -> AbstractContextManager[None]:
    from django.utils import translation

    from kakehashi.imports.commands import language_of_terminal

    return translation.override(language_of_terminal(os.environ))


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command there is."""
    top = argparse.ArgumentParser(
        prog="kakehashi",
        description="The system an advertising agency's account service department runs on.",
        epilog="KAKEHASHI_HOME is the data directory; DATABASE_URL names an outside PostgreSQL.",
    )
    top.add_argument("--version", action="version", version=f"kakehashi {version('kakehashi')}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_up(commands)
    _add(commands, "init", _init, "prepare an empty home without serving")
    _add(commands, "migrate", _migrate, "bring the database up to date and restate the walls")
    _add_worker(commands)
    _add_backup(commands)
    looked = _add(commands, "doctor", _doctor, "tell whether this installation is well")
    looked.add_argument("--json", action="store_true", help="print what a script reads")
    for name in COMMAND_MODULES:
        if module := _import(name):
            module.register(commands)
    for listed in commands._choices_actions:
        described = commands.choices[listed.dest]
        described.description = described.description or _as_sentence(listed.help or "")
    return top


def _add(commands: Commands, name: str, run: Run, what: str) -> argparse.ArgumentParser:
    added = commands.add_parser(name, help=what)
    added.set_defaults(run=run, db_role=None)
    return added


def _add_up(commands: Commands) -> None:
    up = _add(commands, "up", supervisor.up, "run database, web server and worker until stopped")
    up.add_argument(
        "--host", type=_address, default="127.0.0.1", help="address to listen on (%(default)s)"
    )
    up.add_argument("--port", type=_port, default=8000, help="port to listen on (%(default)s)")
    up.add_argument(
        "--workers",
        type=_positive,
        default=min(max(os.cpu_count() or 2, 2), 8),
        help="web server processes (%(default)s)",
    )
    up.add_argument(
        "--demo", action="store_true", help="load the demo agency into an empty database"
    )


def _add_worker(commands: Commands) -> None:
    work = _add(commands, "worker", worker.run, "run background work only")
    work.add_argument(
        "--concurrency", type=_positive, default=2, help="jobs at a time (%(default)s)"
    )


def _add_backup(commands: Commands) -> None:
    key = _add(commands, "backup-key", _backup_key, "make a key for backups")
    key.add_argument("file", metavar="FILE", help="where the key is written; keep it apart")
    written = _add(commands, "backup", _backup, "write everything into an encrypted file")
    written.add_argument("file", metavar="FILE", nargs="?")
    written.add_argument(
        "--nightly", action="store_true", help="into KAKEHASHI_BACKUP_DIR, and remove old ones"
    )
    written.add_argument("--key", help="a key, its public half, or a file of one")
    read = _add(commands, "restore", _restore, "make an empty home what a backup holds")
    read.add_argument("file", metavar="FILE")
    read.add_argument("--key", help="the file of the key that opens it")


def _backup_key(arguments: argparse.Namespace) -> int:
    from kakehashi.house import keys

    return keys.make(arguments)


def _backup(arguments: argparse.Namespace) -> int:
    from kakehashi.house import backup

    return backup.backup(arguments)


def _restore(arguments: argparse.Namespace) -> int:
    from kakehashi.house import backup

    return backup.restore(arguments)


def _doctor(arguments: argparse.Namespace) -> int:
    from kakehashi.house import doctor

    return doctor.doctor(arguments)


def _init(_arguments: argparse.Namespace) -> int:
    address = Address.from_environment()
    with prepare.server(address):
        prepare.bring_up_to_date(address)
        prepare.collect_static()
    print(f"Ready: {address.home.path}")
    return 0


def _migrate(_arguments: argparse.Namespace) -> int:
    address = Address.from_environment()
    with prepare.server(address):
        prepare.bring_up_to_date(address, always=True)
    return 0


def _import(name: str) -> ModuleType | None:
    """Import a package's commands; a package that has none is no mistake, a broken one is."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as problem:
        if problem.name != name:
            raise
        return None


def _address(name: str) -> str:
    """Return the number of a host: the server listens on numbers."""
    try:
        return str(socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)[0][4][0])
    except OSError as problem:
        message = f"{name}: {problem.strerror}"
        raise argparse.ArgumentTypeError(message) from problem


def _port(text: str) -> int:
    return _whole(text, most=HIGHEST_PORT)


def _positive(text: str) -> int:
    return _whole(text)


def _whole(text: str, *, most: int | None = None) -> int:
    """Return a whole number from 1 on."""
    number = int(text) if text.isascii() and text.isdecimal() else 0
    if number < 1 or (most is not None and number > most):
        wanted = "1 or more" if most is None else f"1 to {most}"
        message = f"{text!r} is not a whole number, {wanted}"
        raise argparse.ArgumentTypeError(message)
    return number


def _as_sentence(what: str) -> str:
    return f"{what[:1].upper()}{what[1:]}."
