"""What the pages of people and offices show of our clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from kakehashi.clients.models import Account, Contact, Seat
from kakehashi.clients.queries import days
from kakehashi.people.panels import Panel

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kakehashi.people.models import Office, Person

MOST = 50


def accounts_of_person(_request: HttpRequest, person: Person) -> Panel | None:
    """Accounts one of ours serves, or a client's person deals with us on; those the reader sees."""
    today = localdate()
    if not person.is_ours:
        parts = Contact.objects.filter(person=person).select_related("account")
        known = list(parts.order_by("account__sort_key", "pk")[:MOST])
        return Panel("clients/panel_contact.html", {"parts": known})
    seats = Seat.objects.filter(days.holding(today), person=person).select_related("account")
    rows = list(seats.order_by("account__sort_key", "role", "pk")[:MOST])
    return Panel("clients/panel_person.html", {"seats": rows})


def accounts_of_office(_request: HttpRequest, office: Office) -> Panel:
    """Accounts an office leads, of those the reader sees."""
    accounts = Account.objects.filter(lead_office=office).order_by("sort_key", "pk")
    rows = list(accounts[: MOST + 1])
    return Panel(
        "clients/panel_office.html",
        {"accounts": rows[:MOST], "more": len(rows) > MOST, "office": office},
    )
