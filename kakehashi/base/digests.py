"""What tells printed words from any others: a digest of them, written the same way each time."""

from __future__ import annotations

import hashlib
import json
from typing import Any

CLOSE = (",", ":")
"""Without a space between; so digests are written that are kept and compared later."""


def digest_of(words: Any, separators: tuple[str, str] | None = None) -> str:
    """SHA-256 of some words as JSON, whatever order they are given in."""
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=separators)
    return hashlib.sha256(text.encode()).hexdigest()
