"""Where desks are shown, and what tells their keepers apart."""

from __future__ import annotations

from kakehashi.history.kinds import register as record


def register() -> None:
    record("handoffs.Desk", page="handoffs:desks", by={})
    record("handoffs.Keeper", about=("person_id",))
