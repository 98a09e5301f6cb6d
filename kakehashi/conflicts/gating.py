"""What conflicts hold against acts of the clients' package: no clearance, no account."""

from __future__ import annotations

from kakehashi.clients.models import Account
from kakehashi.conflicts import rules
from kakehashi.conflicts.queries import checks


def without_clearance(account: Account, before: str, after: str) -> str | None:
    """A prospect becomes active once the officer has cleared it, where the agency says so."""
    if (before, after) != (Account.Status.PROSPECT, Account.Status.ACTIVE):
        return None
    if not checks.needs_clearance():
        return None
    return rules.without_clearance(checks.last_receipt(account))
