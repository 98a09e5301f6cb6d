"""Where what goes round is shown."""

from __future__ import annotations

from kakehashi.history.kinds import register as record


def register() -> None:
    record("approvals.Circulation", page="approvals:circulation")
