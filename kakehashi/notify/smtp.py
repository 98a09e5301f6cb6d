"""One mail given to a mail server, and what came of it, told apart by what can be done about it.

smtp://user:password@host:port, smtps:// for TLS from the start, smtp+tls:// for STARTTLS. The
server's certificate is verified, unless the address ends in ?verify=0.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from threading import Timer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from kakehashi.notify.rules import OF_THE_ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 20  # seconds for one answer of the server
IN_ALL = 60  # seconds from the first word until the message is sent
LAST_ANSWER = 600  # seconds for the answer to it: less would send twice (RFC 5321, 4.5.3.2.6)

READY, ACCEPTED, GO_ON, FOR_GOOD = 220, range(250, 260), 354, range(500, 600)
LINE_OF_DOT = re.compile(rb"(?m)^\.")
ENHANCED = re.compile(r"5\.\d{1,3}\.\d{1,3}\b")
OF_THE_WAY = {*range(500, 506), 521, 530, 534, 535, 538}  # syntax, no mail here, signing in


class Outcome(Enum):
    """What came of one try."""

    TAKEN = "the server has it"
    LATER = "the server does not take it now"
    BOUNCED = "the server says that the address is no good"
    REFUSED = "the server does not take it, and that is not the address's fault"


@dataclass(frozen=True)
class Answer:
    """What came of one try, and why in the server's own words."""

    outcome: Outcome
    words: str = ""


def deliver(*, sender: str, to: str, content: bytes) -> Answer:
    """Try once. Whatever a mail server or the way to it may do is an answer, not an exception."""
    try:
        with _conversation() as talk:
            return talk.hand_over(sender, to, content)
    except (OSError, smtplib.SMTPException) as problem:
        return Answer(Outcome.LATER, _told(problem))


@contextmanager
def _conversation() -> Iterator[Conversation]:
    talk = Conversation()
    try:
        talk.begin()
        yield talk
        talk.say_goodbye()
    finally:
        talk.end()


class Conversation:
    """With one server, from its greeting on. It hangs up if the server takes too long in all."""

    def __init__(self) -> None:
        self.server = urlsplit(settings.SMTP_URL)
        verify = parse_qs(self.server.query).get("verify") != ["0"]
        self.tls = ssl.create_default_context() if verify else ssl._create_unverified_context()  # noqa: S323 - asked for
        name = urlsplit(settings.SITE_URL).hostname or "localhost"
        if self.server.scheme == "smtps":
            self.smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                local_hostname=name, timeout=PATIENCE, context=self.tls
            )
        else:
            self.smtp = smtplib.SMTP(local_hostname=name, timeout=PATIENCE)
        self.host = self.server.hostname or "localhost"
        self.smtp._host = self.host  # type: ignore[attr-defined]  # whose certificate it is
        self.limit = self._limit(IN_ALL)

    def begin(self) -> None:
        """Connect and sign in. What fails here is not about any mail."""
        code, words = self.smtp.connect(self.host, self.server.port or 0)
        if code != READY:
            raise smtplib.SMTPConnectError(code, words)
        if self.server.scheme == "smtp+tls":
            self.smtp.starttls(context=self.tls)
        if self.server.username:
            password = unquote(self.server.password or "")
            self.smtp.login(unquote(self.server.username), password)
        self.smtp.ehlo_or_helo_if_needed()

    def hand_over(self, sender: str, to: str, content: bytes) -> Answer:
        """One message, step by step: it matters which of them the server refuses."""
        code, words = self.smtp.mail(sender)
        if code not in ACCEPTED:
            return _refusal(code, words, by_address=False)
        code, words = self.smtp.rcpt(to)
        if code not in ACCEPTED:
            return _refusal(code, words, by_address=code not in OF_THE_WAY)
        code, words = self.smtp.docmd("DATA")
        if code != GO_ON:
            return _refusal(code, words, by_address=False)
        self.smtp.send(LINE_OF_DOT.sub(b"..", content) + b".\r\n")
        self._wait_for_the_last_answer()
        code, words = self.smtp.getreply()
        if code not in ACCEPTED:
            return _refusal(code, words, by_address=False, tells_address=True)
        return Answer(Outcome.TAKEN, _words(code, words))

    def say_goodbye(self) -> None:
        """Nothing that happens here changes what came of it."""
        if self.smtp.sock is not None:
            self.smtp.sock.settimeout(PATIENCE)
        with suppress(OSError, smtplib.SMTPException):
            self.smtp.quit()

    def end(self) -> None:
        self.limit.cancel()
        self.smtp.close()

    def _wait_for_the_last_answer(self) -> None:
        self.limit.cancel()
        self.limit = self._limit(LAST_ANSWER)
        assert self.smtp.sock is not None
        self.smtp.sock.settimeout(LAST_ANSWER)

    def _limit(self, seconds: float) -> Timer:
        limit = Timer(seconds, self._hang_up)
        limit.daemon = True
        limit.start()
        return limit

    def _hang_up(self) -> None:
        if self.smtp.sock is not None:
            with suppress(OSError):  # it is gone already
                self.smtp.sock.shutdown(socket.SHUT_RDWR)


def _refusal(code: int, reply: bytes, *, by_address: bool, tells_address: bool = False) -> Answer:
    """A refusal for good is the address's fault if the server says so.

    By its enhanced code; without one, by having refused the recipient (`by_address`). After the
    message (`tells_address`) only the enhanced code tells.
    """
    words = _words(code, reply)
    if code not in FOR_GOOD:
        return Answer(Outcome.LATER, words)
    text = words.partition(" ")[2]
    bounced = by_address
    if ENHANCED.match(text):
        bounced = (by_address or tells_address) and OF_THE_ADDRESS.match(text) is not None
    return Answer(Outcome.BOUNCED if bounced else Outcome.REFUSED, words)


def _words(code: int, reply: bytes) -> str:
    return f"{code} {' '.join(reply.decode('utf-8', 'replace').split())}"


def _told(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPResponseException):
        reply = problem.smtp_error
        return _words(problem.smtp_code, reply if isinstance(reply, bytes) else reply.encode())
    return f"{type(problem).__name__}: {problem}"
