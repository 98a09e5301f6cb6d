"""A mail server that does as it is told: takes mail, refuses it, stalls, hangs up."""

from __future__ import annotations

import socketserver
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

USUAL = {
    "CONNECT": "220 test",
    "EHLO": "250 test",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "MESSAGE": "250 kept",
    "QUIT": "221 bye",
}
HANG_UP = ""
PATIENCE = 60  # seconds


def eventually(true: Callable[[], object]) -> None:
    """Return once it is true; fails where it does not become true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


@dataclass
class Script:
    """What the server says at each step, how long it waits before, and what it was given.

    A step is a verb, CONNECT before the first and MESSAGE after the message. It may say several
    things in turn, the last of them for good; an empty one hangs up. It waits for so many seconds,
    or until something has happened.
    """

    says: dict[str, str | list[str]] = field(default_factory=dict)
    waits: dict[str, float | threading.Event] = field(default_factory=dict)
    keeps: bool = True
    address: str = ""
    given: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    def answer(self, step: str) -> str:
        self.steps.append(step)
        wait = self.waits.get(step, 0)
        if isinstance(wait, threading.Event):
            wait.wait(PATIENCE)
        else:
            time.sleep(wait)
        said = self.says.get(step, USUAL.get(step, "250 ok"))
        if isinstance(said, list):
            said = said.pop(0) if len(said) > 1 else said[0]
        return said

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(data, policy=policy.default) for data in self.given]


class Handler(socketserver.StreamRequestHandler):
    """One conversation."""

    def handle(self) -> None:
        script: Script = self.server.script
        if script.address.startswith("smtps"):
            try:
                self.request.do_handshake()
            except OSError:  # they do not trust us
                return
        if not self.say(script.answer("CONNECT")):
            return
        for raw in self.rfile:
            verb = raw.strip().upper()[:4].decode()
            said = script.answer(verb)
            if verb == "RCPT":
                script.to.append(raw.decode().strip())
            if not self.say(said) or verb == "QUIT":
                return
            if said.startswith("354") and not self.take(script):
                return

    def take(self, script: Script) -> bool:
        """Take a message; false where it breaks off, or after hanging up."""
        body = self.body()
        if body is None:
            return False
        said = script.answer("MESSAGE")
        if said.startswith("250") or not script.keeps:
            script.given.append(body)
        return self.say(said)

    def body(self) -> bytes | None:
        """Return the message; nothing of one that breaks off."""
        lines = []
        for raw in self.rfile:
            if raw == b".\r\n":
                return b"".join(lines)
            lines.append(raw)
        return None

    def say(self, text: str) -> bool:
        """False after hanging up."""
        if text:
            try:
                self.wfile.write(f"{text}\r\n".encode())
            except OSError:
                return False
        return bool(text)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None, **script: object) -> Iterator[Script]:
    """With `tls` it speaks TLS from the start."""
    made = Script(**script)
    with Server(("127.0.0.1", 0), Handler) as server:
        server.script = made
        made.address = f"{'smtps' if tls else 'smtp'}://127.0.0.1:{server.server_address[1]}"
        if tls:
            server.socket = tls.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield made
        server.shutdown()
