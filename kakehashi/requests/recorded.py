"""Where requests are shown, and what tells their parts apart."""

from __future__ import annotations

from kakehashi.history.kinds import register as record


def register() -> None:
    record("requests.ClientRequest", page="requests:request")
    record("requests.Mail", page="requests:mail", about=("came_at",))
