"""Where mail is fetched: a maildir, or a mailbox on an IMAP server.

What is in it is still to be taken in; what was taken in is moved out, and only then. So nothing is
lost when the program or the database stops at any moment, and what was fetched twice is known by
its key. Nothing is ever deleted.
"""

from __future__ import annotations

import imaplib
import os
import re
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 200
"""Mails of one run; what is left is for the next."""
PATIENCE = 60  # seconds for an answer of the server
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True)
class Waiting:
    """A mail in the mailbox. `raw` is all of it, or its headers alone where it is too large."""

    name: str
    raw: bytes
    size: int
    whole: bool


class Mailbox(Protocol):
    """What a place for mail can do."""

    def waiting(self, most_bytes: int) -> Iterator[Waiting]:
        """The mails that are to be taken in, the oldest first."""

    def taken(self, mail: Waiting) -> None:
        """This mail was taken in and committed: move it out."""


class Maildir:
    """A maildir. New mail is in `new/`; what was taken in lies in `cur/` as seen."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def waiting(self, most_bytes: int) -> Iterator[Waiting]:
        """Read each file; one that another worker has moved meanwhile is none of ours."""
        new = self.path / "new"
        names = sorted(one.name for one in os.scandir(new) if one.is_file(follow_symlinks=False))
        for name in names[:AT_ONCE]:
            try:
                size = (new / name).stat().st_size
                with (new / name).open("rb") as file:
                    raw = file.read(most_bytes + 1)
            except FileNotFoundError:
                continue
            yield Waiting(name, raw, size, whole=size <= most_bytes)

    def taken(self, mail: Waiting) -> None:
        """Move it as mail programs do, without writing over anything."""
        source, target = self.path / "new" / mail.name, self.path / "cur" / f"{mail.name}:2,S"
        try:
            source.rename(target)
        except FileNotFoundError:
            if not target.exists():
                raise


class Imap:
    """A mailbox on a server; what was taken in is moved to another one beside it."""

    def __init__(self, server: imaplib.IMAP4, taken_box: str) -> None:
        self.server = server
        self.taken_box = taken_box

    def waiting(self, most_bytes: int) -> Iterator[Waiting]:
        """Look at the size first: a huge mail is not fetched."""
        for uid in self._ask("SEARCH", "NOT", "DELETED")[0].split()[:AT_ONCE]:
            said = self._ask("FETCH", uid.decode(), "(RFC822.SIZE)")
            found = SIZE.search(b" ".join(part for part in said if isinstance(part, bytes)))
            size = int(found[1]) if found else 0
            what = "BODY.PEEK[]" if size <= most_bytes else "BODY.PEEK[HEADER]"
            parts = self._ask("FETCH", uid.decode(), f"({what})")
            raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
            if raw is not None:
                yield Waiting(uid.decode(), raw, size or len(raw), whole=size <= most_bytes)

    def taken(self, mail: Waiting) -> None:
        """Move it; a server that cannot copies and marks, and expunges this one mail."""
        if "MOVE" in self.server.capabilities:
            self._ask("MOVE", mail.name, _quoted(self.taken_box))
            return
        self._ask("COPY", mail.name, _quoted(self.taken_box))
        self._ask("STORE", mail.name, "+FLAGS.SILENT", "(\\Deleted)")
        if "UIDPLUS" in self.server.capabilities:
            self._ask("EXPUNGE", mail.name)

    def _ask(self, command: str, *arguments: str) -> list[Any]:
        status, said = self.server.uid(command, *arguments)
        if status != "OK":
            raise imaplib.IMAP4.error(f"{command}: {said!r}")
        return [part for part in said if part is not None] or [b""]


@contextmanager
def opened() -> Iterator[Mailbox | None]:
    """The mailbox that is set, ready to be asked; None where none is."""
    if settings.MAILIN_MAILDIR:
        yield Maildir(_maildir(Path(settings.MAILIN_MAILDIR)))
    elif settings.MAILIN_IMAP_URL:
        with _server(settings.MAILIN_IMAP_URL) as box:
            yield box
    else:
        yield None


def _maildir(path: Path) -> Path:
    for part in ("new", "cur", "tmp"):
        (path / part).mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@contextmanager
def _server(url: str) -> Iterator[Imap]:
    """`imaps://user:password@host/INBOX?taken=Taken`; `imap+tls://` for STARTTLS."""
    at = urlsplit(url)
    host, name = at.hostname or "", unquote(at.path.strip("/")) or "INBOX"
    taken_box = parse_qs(at.query).get("taken", ["Taken"])[0]
    context = ssl.create_default_context()
    server: imaplib.IMAP4
    if at.scheme == "imaps":
        server = imaplib.IMAP4_SSL(host, at.port or 993, ssl_context=context, timeout=PATIENCE)
    else:
        server = imaplib.IMAP4(host, at.port or 143, timeout=PATIENCE)
    if at.scheme == "imap+tls":
        _close_the_line(server, context)
    with server:
        server.login(unquote(at.username or ""), unquote(at.password or ""))
        server.capabilities = _capabilities(server)
        server.create(_quoted(taken_box))  # says no where it is there already
        status, said = server.select(_quoted(name))
        if status != "OK":
            raise imaplib.IMAP4.error(f"cannot open {name}: {said!r}")
        yield Imap(server, taken_box)


def _close_the_line(server: imaplib.IMAP4, context: ssl.SSLContext) -> None:
    """STARTTLS. Of a server that nobody vouches for one hears that, and no farewell."""
    try:
        server.starttls(context)
    except OSError:
        with suppress(OSError):
            server.shutdown()
        raise


def _capabilities(server: imaplib.IMAP4) -> tuple[str, ...]:
    """What it can do for who is signed in, which is more than for anybody: moving, above all."""
    _status, said = server.capability()
    return tuple(said[-1].decode("ascii", "replace").upper().split())


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
