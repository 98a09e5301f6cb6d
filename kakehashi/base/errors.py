"""What the lower layers say when input cannot be understood."""

from __future__ import annotations


class Unreadable(ValueError):
    """Input that cannot be understood; `reason` is a sentence fit for whoever sent it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
