"""What packages above hold against an act of this one: they register in AppConfig.ready.

A gate gives an objection in the reader's language, or None. It tells no more than the acting person
may know.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kakehashi.clients.models import Account, Seat

StatusGate = Callable[["Account", str, str], str | None]
SeatGate = Callable[["Seat"], str | None]
_of_status: list[StatusGate] = []
_of_seats: list[SeatGate] = []


def register(*, status: StatusGate | None = None, seat: SeatGate | None = None) -> None:
    """`status(account, before, after)` stands at a change of status, `seat(seat)` at a seat.

    An account that opens was a prospect before.
    """
    if status is not None and status not in _of_status:
        _of_status.append(status)
    if seat is not None and seat not in _of_seats:
        _of_seats.append(seat)


def against_status(account: Account, before: str, after: str) -> str | None:
    """The first objection to another status."""
    return next((no for gate in _of_status if (no := gate(account, before, after))), None)


def against_seat(seat: Seat) -> str | None:
    """The first objection to a seat as it is to stand, written already or not."""
    return next((no for gate in _of_seats if (no := gate(seat))), None)
