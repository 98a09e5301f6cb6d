"""Both banks of an account: seats past and present, contacts and whom they report to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from kakehashi.clients.models import Seat
from kakehashi.clients.queries import days
from kakehashi.clients.queries.listing import in_order
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from kakehashi.clients.models import Account, Contact
    from kakehashi.people.models import Person

WHOLE = Decimal(1)


def seats(account: Account, today: dt.date) -> tuple[list[Seat], list[Seat]]:
    """Seats that hold or are to come, and those that have ended, newest first."""
    rows = account.seats.select_related("person").prefetch_related("handovers")
    found = in_order(rows.order_by("person__sort_key", "-starts_on", "-pk"))
    ended = [seat for seat in found if seat.ends_on is not None and seat.ends_on < today]
    ended.sort(key=lambda seat: seat.ends_on or today, reverse=True)
    return [seat for seat in found if seat not in ended], ended


def at_the_same_time(seat: Seat) -> list[Seat]:
    """Other seats of the account in the same role that share a day with this one."""
    if seat.ends_on is not None and seat.ends_on < seat.starts_on:
        return []
    others = Seat.objects.filter(
        during(seat.starts_on, seat.ends_on), account=seat.account_id, role=seat.role
    )
    return list(others.exclude(pk=seat.pk).select_related("person").order_by("starts_on", "pk"))


def share_of(person: Person, day: dt.date) -> Decimal:
    """What the shares of a person's seats add up to on a day, of the seats the reader sees."""
    held = Seat.objects.filter(days.holding(day), person=person)
    return held.aggregate(total=Sum("share"))["total"] or Decimal(0)


def by_superior(contacts: list[Contact]) -> dict[UUID | None, list[Contact]]:
    """Contacts under whom they report to; None for those who report to nobody here."""
    here = {contact.pk for contact in contacts}
    found: dict[UUID | None, list[Contact]] = {}
    for contact in contacts:
        above = contact.reports_to_id if contact.reports_to_id in here else None
        found.setdefault(above, []).append(contact)
    return found
