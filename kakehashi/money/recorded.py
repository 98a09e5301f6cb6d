"""Where revenue and targets are shown, and what tells its rows apart."""

from __future__ import annotations

from kakehashi.history.kinds import register as record


def register() -> None:
    of_account = {"pk": "account_id"}
    line = ("month", "service_line")
    record("money.Target", page="money:change-target", about=("first", "last"))
    record("money.Revenue", page="clients:account-money", by=of_account, about=line)
    record("money.RevenueCost", page="clients:account-money", by=of_account, about=("revenue_id",))
