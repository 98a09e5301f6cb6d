"""What mail servers report of mail that went out and did not arrive (RFC 3464).

A report is believed as far as it shows the number of the mail it tells of, which only the servers
on its way and its reader have seen.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kakehashi.requests.mail.decoding import clean, header_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

MOST_RECIPIENTS = 50
NUMBER = re.compile(r"<([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})@")


@dataclass(frozen=True)
class Failure:
    """One address that a mail of ours did not reach for good, and why in the server's words."""

    mail_id: UUID
    address: str
    words: str


def failures(raw: bytes) -> list[Failure]:
    """What a mail reports as failed for good; nothing of a mail that is no report."""
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    if message.get_content_type() != "multipart/report":
        return []
    parts = _parts(message)
    numbers = [found for part in parts if (found := _number(part)) is not None]
    blocks = [
        block
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for block in _parts(part)[:MOST_RECIPIENTS]
    ]
    return list(_told(numbers[0], blocks)) if numbers else []


def _told(mail_id: UUID, blocks: list[Message]) -> Iterator[Failure]:
    for block in blocks:
        if _said(block, "action").lower() != "failed":
            continue
        words = _after(_said(block, "diagnostic-code"))
        status = _said(block, "status")
        if status not in words:
            words = f"{status} {words}".strip()
        for name in ("original-recipient", "final-recipient"):
            if address := _after(_said(block, name)).strip("<> ").lower():
                yield Failure(mail_id, address, words[:1000])


def _number(part: Message) -> UUID | None:
    """The number of the mail that a report returns, whole or its headers alone."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        returned = next(iter(_parts(part)), None)
    elif kind == "text/rfc822-headers":
        content: Any = part.get_payload(decode=True)
        returned = email.message_from_bytes(content or b"", policy=email.policy.compat32)
    else:
        return None
    found = NUMBER.search(_said(returned, "message-id").lower()) if returned else None
    return UUID(found[1]) if found else None


def _parts(message: Message) -> list[Message]:
    payload: Any = message.get_payload()
    return payload if isinstance(payload, list) else []


def _said(message: Message, name: str) -> str:
    return clean(" ".join(header_text(message.get(name)).split()))


def _after(said: str) -> str:
    """The value without its type: `rfc822; b@client.example`."""
    return said.partition(";")[2].strip()
