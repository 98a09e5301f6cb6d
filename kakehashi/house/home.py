"""The data directory: where it is, what lies in it, and the secret everything is derived from."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import platformdirs

from kakehashi.house.errors import HouseError

SOCKET_FILE = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107  # bytes in sockaddr_un.sun_path, less its closing zero
CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Home:
    """Everything one installation keeps, under one path."""

    path: Path

    @property
    def postgres(self) -> Path:
        """The cluster's data directory."""
        return self.path / "postgres"

    @property
    def run(self) -> Path:
        """Locks and, where the path is short enough, the database's socket."""
        return self.path / "run"

    @property
    def files(self) -> Path:
        """What people upload and what is made for them."""
        return self.path / "files"

    @property
    def log(self) -> Path:
        """What the processes report."""
        return self.path / "log"

    @property
    def static(self) -> Path:
        """Style sheets, scripts and pictures as they are served."""
        return self.path / "static"

    @property
    def socket_dir(self) -> Path:
        """The directory of the database's socket: a Unix socket path has 107 bytes and no more."""
        if len(os.fsencode(self.run / SOCKET_FILE)) <= LONGEST_SOCKET_PATH:
            return self.run
        digest = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"kakehashi-{digest}"

    def prepare(self) -> None:
        """Make the directories, open to nobody but the user who runs the program."""
        for directory in (self.path, self.run, self.files, self.log, self.socket_dir):
            make_private(directory)

    @cached_property
    def secret_key(self) -> str:
        """The secret of this installation; several machines share it by environment."""
        given = os.environ.get("KAKEHASHI_SECRET_KEY")
        return given or _read_or_make(self.path / "secret_key")

    @classmethod
    def from_environment(cls) -> Self:
        """Return the home this process works in."""
        given = os.environ.get("KAKEHASHI_HOME")
        if given:
            return cls(Path(given).expanduser().absolute())
        if (CHECKOUT / "pyproject.toml").exists():
            return cls(CHECKOUT / "var")
        return cls(Path(platformdirs.user_data_dir("kakehashi", appauthor=False)))


def make_private(directory: Path) -> None:
    """Make a directory of mode 0700, or refuse one that somebody else owns or may enter."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = directory.lstat()
    except OSError as problem:
        message = f"Cannot use {directory}: {problem.strerror}."
        raise HouseError(message) from problem
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        message = (
            f"{directory} belongs to somebody else: remove it or choose another KAKEHASHI_HOME."
        )
        raise HouseError(message)
    if found.st_mode & 0o077:
        _close(directory)


def _close(directory: Path) -> None:
    if directory.parent == Path(tempfile.gettempdir()):
        message = f"Others may enter {directory}: remove it, or make it mode 0700."
        raise HouseError(message)
    directory.chmod(0o700)


def _read_or_make(file: Path) -> str:
    """Read the secret, or make one; of two processes that make one at once, one wins for both."""
    if not file.exists():
        make_private(file.parent)
        fresh = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text(encoding="ascii").strip()
