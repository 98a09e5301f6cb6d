"""What may differ between two worlds that are the same to a reader: tokens and times of day."""

from __future__ import annotations

import io
import re
import zipfile

TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")  # CSRF, masked anew for each page
TIME = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
SIGNED = re.compile(r"\b[\w-]{20,}:[\w-]{6}:[\w-]{43}\b")  # django.core.signing
ZIP = b"PK\x03\x04"
PDF = b"%PDF"
PDF_TIME = re.compile(rb"D:\d{14}[^)]*|/ID ?\[[^\]]*\]|<xmp[^>]*>[^<]*</xmp[^>]*>")


def normal(body: bytes) -> str:
    """The body as a reader would compare it, whatever its format."""
    if body.startswith(ZIP):
        return "\n".join(f"== {name}\n{normal(part)}" for name, part in _members(body))
    if body.startswith(PDF):
        return PDF_TIME.sub(b"", body).decode("latin-1")
    text = body.decode("utf-8", "backslashreplace")
    return TIME.sub("time", SIGNED.sub("signed", TOKEN.sub("token", text)))


def _members(body: bytes) -> list[tuple[str, bytes]]:
    """A workbook's parts by name: where they lie and when they were put there is noise."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return [(name, archive.read(name)) for name in sorted(archive.namelist())]
