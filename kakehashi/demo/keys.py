"""Ids that follow from a seed and a name: two worlds of one seed agree row by row."""

from __future__ import annotations

import hashlib
from uuid import UUID

EPOCH = 1_735_689_600_000  # 2025-01-01 in milliseconds: these rows are older than any made later
SPREAD = 1_000_000_000
VERSION, VARIANT = 7 << 76, 2 << 62


class Keys:
    """Gives every row of a world its id: the same for the same seed, noun and name."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __call__(self, *name: object) -> UUID:
        told = "\x1f".join(map(str, (self.seed, *name)))
        digest = int.from_bytes(hashlib.sha256(told.encode()).digest()[:16], "big")
        made_at = EPOCH + digest % SPREAD
        return UUID(
            int=made_at << 80
            | VERSION
            | (digest >> 64 & 0xFFF) << 64
            | VARIANT
            | digest & (1 << 62) - 1
        )
