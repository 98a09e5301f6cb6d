"""The kinds of files that can be loaded and written, in the order an agency moves in."""

from __future__ import annotations

from kakehashi.imports.kinds.accounts import Accounts
from kakehashi.imports.kinds.categories import Categories
from kakehashi.imports.kinds.commitments import Commitments
from kakehashi.imports.kinds.companies import Companies
from kakehashi.imports.kinds.competitors import Competitors
from kakehashi.imports.kinds.contacts import Contacts
from kakehashi.imports.kinds.kind import Kind
from kakehashi.imports.kinds.offices import Offices
from kakehashi.imports.kinds.people import People
from kakehashi.imports.kinds.revenue import Revenue
from kakehashi.imports.kinds.seats import Seats
from kakehashi.imports.kinds.walls import Walls

__all__ = ["KINDS", "Kind"]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Offices(),
        People(),
        Companies(),
        Accounts(),
        Contacts(),
        Seats(),
        Revenue(),
        Walls(),
        Categories(),
        Commitments(),
        Competitors(),
    )
}
