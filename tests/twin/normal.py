"""What may differ between two worlds that are the same to a reader: tokens, times, fresh ids."""

from __future__ import annotations

import io
import re
import zipfile

from kakehashi.demo.keys import EPOCH, SPREAD

TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")  # CSRF, masked anew for each page
TIME = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
SIGNED = re.compile(r"\b[\w-]{20,}:[\w-]{6}:[\w-]{43}\b")  # django.core.signing
KEY = re.compile(r"(/auth/\S*?/key/)\S+")  # a link that signs in
FEED = re.compile(r"(?<=/feeds/)[\w-]{43}(?=\.ics)")  # an address that was made just now
UUID = re.compile(r"\b([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b")
ZIP = b"PK\x03\x04"
PDF = b"%PDF"
PDF_TIME = re.compile(
    rb"D:\d{14}[^)]*|/ID ?\[[^\]]*\]|<(?:xmp|stEvt)[^>]*>[^<]*</(?:xmp|stEvt)[^>]*>"
)


def normal(body: bytes) -> str:
    """The body as a reader would compare it, whatever its format."""
    if body.startswith(ZIP):
        return "\n".join(f"== {name}\n{normal(part)}" for name, part in _members(body))
    if body.startswith(PDF):
        return PDF_TIME.sub(b"", body).decode("latin-1")
    return normal_text(body.decode("utf-8", "backslashreplace"))


def normal_text(text: str) -> str:
    text = SIGNED.sub("signed", TOKEN.sub("token", KEY.sub(r"\1key", text)))
    return TIME.sub("time", UUID.sub(_id, FEED.sub("token", text)))


def _id(found: re.Match[str]) -> str:
    """An id of the world's own is the same in both; one made just now is not."""
    made_at = int(found[1] + found[2], 16)
    return found[0] if made_at < EPOCH + SPREAD else "fresh id"


def _members(body: bytes) -> list[tuple[str, bytes]]:
    """A workbook's parts by name: where they lie and when they were put there is noise."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return [(name, archive.read(name)) for name in sorted(archive.namelist())]
