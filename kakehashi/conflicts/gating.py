"""What conflicts hold against acts of the clients' package: no clearance, no seat on a rival."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.clients.models import Account
from kakehashi.conflicts import because, rules
from kakehashi.conflicts.queries import checks, seating
from kakehashi.conflicts.queries.walls import is_officer

if TYPE_CHECKING:
    from kakehashi.clients.models import Seat


def without_clearance(account: Account, before: str, after: str) -> str | None:
    """A prospect becomes active once the officer has cleared it, where the agency says so."""
    if (before, after) != (Account.Status.PROSPECT, Account.Status.ACTIVE):
        return None
    if not checks.needs_clearance():
        return None
    return rules.without_clearance(checks.last_receipt(account))


def serves_a_rival(seat: Seat) -> str | None:
    """Nobody serves rivals at once, nor within a client's barrier, but as the officer permits."""
    wanted = seating.Wanted(seat.person_id, seat.account_id, seat.starts_on, seat.ends_on)
    if not seating.refused([wanted], [seat.pk]):
        return None
    if is_officer():
        found = seating.standing_against([wanted], [seat.pk])
        return " ".join(because.told(found[seat.person_id][0].because))
    return rules.refused_seat(seating.permitted_until(seat.person_id, seat.account_id))
