"""Outlook's winmail.dat (TNEF): the files and the text that are packed in it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from tnefparse import TNEF

from kakehashi.requests.files import Enclosure
from kakehashi.requests.mail.decoding import decoded

SIGNATURE = b"\x78\x9f\x3e\x22"
NAMELESS = "file"
logging.getLogger("tnefparse").setLevel(logging.CRITICAL)  # what it cannot read, we say


@dataclass
class Opened:
    """What was in the envelope."""

    text: str = ""
    html: str = ""
    enclosed: list[Enclosure] = field(default_factory=list)


def opened(data: bytes) -> Opened | None:
    """What is packed in it, or None if it cannot be read: the whole is kept then."""
    if not data.startswith(SIGNATURE):
        return None
    try:
        envelope = TNEF(data, do_checksum=False)
        return Opened(
            text=_text(envelope.body),
            html=_text(envelope.htmlbody),
            enclosed=[
                Enclosure(_text(one.long_filename()) or NAMELESS, "", bytes(one.data or b""))
                for one in envelope.attachments
            ],
        )
    except Exception:  # noqa: BLE001 - a stranger's bytes in a library's hands: any failure is "no"
        return None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return decoded(value).rstrip("\0")
    return str(value or "").rstrip("\0")
