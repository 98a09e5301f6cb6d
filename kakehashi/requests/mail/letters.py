"""A mail as this product reads it: from bytes, without ever failing at what they say.

Nothing here believes anything. Whom a letter is from is asked of `proof`, what becomes of it of
`judging`.
"""

from __future__ import annotations

import base64
import datetime as dt
import email
import email.policy
import hashlib
import re
from dataclasses import dataclass, field
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING

from kakehashi.requests.files import Enclosure
from kakehashi.requests.mail import bodies
from kakehashi.requests.mail.decoding import clean, header_text, raw_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from email.message import Message

_TRACES = (
    "received return-path delivered-to x-original-to envelope-to authentication-results arc-seal "
    "arc-message-signature arc-authentication-results dkim-signature x-received received-spf"
)
TRACES = frozenset(_TRACES.split())
"""Headers that differ between two copies of one mail."""
RECIPIENTS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to",
              "to", "cc", "resent-to")  # fmt: skip
RAW_JIS = re.compile(rb"\x1b\$\(?[@BD].*?\x1b\([BJ]", re.DOTALL)
ID = re.compile(r"<[^<>\s]{1,290}>")
MOST_IDS = 50
LONGEST_ADDRESS = 320
_SIGNS = "auto-submitted precedence x-loop list-id x-autoreply x-autorespond x-failed-recipients"
SIGNS = frozenset(_SIGNS.split())
"""Headers by which machines are known."""


@dataclass(frozen=True)
class Address:
    """An address as a header names it, in lower case; `name` as it stands beside it."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass
class Letter:
    """What a mail says of itself."""

    size: int
    key: str
    message_id: str = ""
    answers: list[str] = field(default_factory=list)
    senders: list[Address] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    to: str = ""
    sent_at: dt.datetime | None = None
    subject: str = ""
    text: str = ""
    enclosed: list[Enclosure] = field(default_factory=list)
    inner: list[Letter] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    results: str | None = None
    null_return: bool = False
    signs: dict[str, str] = field(default_factory=dict)
    media_type: str = ""

    @property
    def sender(self) -> Address | None:
        """Whom it says it is from; nobody if it names several or none."""
        return self.senders[0] if len(self.senders) == 1 else None


def read(raw: bytes) -> Letter:
    """A whole mail."""
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    letter = _headers(message, len(raw), _key(raw, message))
    _body(letter, message)
    return letter


def unreadable(raw: bytes) -> Letter:
    """A mail that could not be read: what its headers say, and the whole as a file."""
    letter = read_headers(raw, len(raw))
    letter.remarks = ["unreadable"]
    letter.enclosed = [Enclosure("mail.eml", "message/rfc822", raw)]
    return letter


def read_headers(raw: bytes, size: int) -> Letter:
    """A mail that is too large to be fetched: only what its headers say."""
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    return _headers(message, size, _key(raw, message))


def _headers(message: Message, size: int, key: str) -> Letter:
    subject = header_text(_first(message, "subject"))
    return Letter(
        size=size,
        key=key,
        message_id=_ids([_first(message, "message-id")])[0],
        answers=_answered(message),
        senders=_addresses(_all(message, "from")),
        recipients=[
            one.address
            for one in _addresses(value for name in RECIPIENTS for value in _all(message, name))
        ],
        to=header_text(_first(message, "to"))[:LONGEST_ADDRESS],
        sent_at=_date(_first(message, "date")),
        subject=subject[:500],
        results=_results(message),
        null_return=_is_null_return(message),
        signs={name: header_text(_first(message, name)) for name in SIGNS if name in message},
        media_type=message.get_content_type(),
    )


def _body(letter: Letter, message: Message) -> None:
    content = bodies.content_of(message)
    letter.text = content.text
    letter.enclosed = content.enclosed
    letter.remarks = content.remarks
    letter.inner = [_whole(inner) for inner in content.inner]


def _whole(message: Message) -> Letter:
    raw = message.as_bytes(policy=email.policy.compat32)
    letter = _headers(message, len(raw), _key(raw, message))
    _body(letter, message)
    return letter


def _all(message: Message, name: str) -> list[str]:
    return [str(value) for key, value in message.raw_items() if key.lower() == name]


def _first(message: Message, name: str) -> str:
    found = _all(message, name)
    return found[0] if found else ""


def _answered(message: Message) -> list[str]:
    """The mails it answers, the nearest first."""
    nearest = _ids(_all(message, "in-reply-to"))
    further = _ids(_all(message, "references"))
    return [one for one in dict.fromkeys([*nearest, *reversed(further)]) if one][:MOST_IDS]


def _ids(values: Iterable[str]) -> list[str]:
    found = [one for value in values for one in ID.findall(header_text(value))]
    return found or [""]


def _addresses(values: Iterable[str]) -> list[Address]:
    """Every address in some headers, once.

    A header is taken apart before it is decoded: what an encoded word says makes no address.
    """
    found: dict[str, Address] = {}
    for value in values:
        unfolded = re.sub(rb"\r?\n[ \t]*", b" ", raw_bytes(value))
        plain = RAW_JIS.sub(_as_word, unfolded).decode("latin-1")
        for name, address in getaddresses([plain]):
            spelt = address.strip().lower()
            if "@" in spelt and spelt.isascii() and len(spelt) <= LONGEST_ADDRESS:
                shown = header_text(name.encode("latin-1").decode("utf-8", "surrogateescape"))
                found.setdefault(spelt, Address(spelt, shown[:300]))
    return list(found.values())


def _as_word(found: re.Match[bytes]) -> bytes:
    """Unencoded ISO-2022-JP as an encoded word: its bytes look like quotes and brackets."""
    return b"=?iso-2022-jp?B?" + base64.b64encode(found[0]) + b"?="


def _date(value: str) -> dt.datetime | None:
    try:
        said = parsedate_to_datetime(header_text(value))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if said.tzinfo is None:
        said = said.replace(tzinfo=dt.UTC)
    try:
        moment = said.astimezone(dt.UTC)
    except OverflowError:
        return None
    return moment if 1990 <= moment.year <= 2100 else None  # noqa: PLR2004 - years of mail


def _results(message: Message) -> str | None:
    """The topmost Authentication-Results: what a server further down wrote, anybody may have."""
    for name, value in message.raw_items():
        if name.lower() == "authentication-results":
            return header_text(value)
    return None


def _is_null_return(message: Message) -> bool:
    return any(header_text(value) == "<>" for value in _all(message, "return-path"))


def _key(raw: bytes, message: Message) -> str:
    """The same for two copies of one mail, whichever way they came; another for any other mail."""
    digest = hashlib.sha256()
    for name, value in message.raw_items():
        if name.lower() not in TRACES:
            digest.update(
                name.lower().encode() + b":" + b" ".join(raw_bytes(value).split()) + b"\n"
            )
    digest.update(b"\n" + re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[-1].replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def shortened(text: str, most: int) -> str:
    """As much of a text as is kept."""
    return clean(text)[:most]
