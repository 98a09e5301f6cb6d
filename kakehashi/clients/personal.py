"""What this package stores about a person, and how it forgets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.clients.models import Contact, Handover, Seat
from kakehashi.clients.queries import sheet

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

CONTACT = (
    "id", "account__name", "title", "department", "buying_role", "channel", "preferences", "portal",
    "shared_at", "left_on",
)  # fmt: skip
SEAT = ("id", "account__name", "role", "lead", "share", "starts_on", "ends_on")
HANDOVER = (
    "id", "giver__name", "receiver__name", "on", "note", "proposed_at", "moved_at", "withdrawn_at",
)  # fmt: skip


def exported(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Their parts as a contact, their seats, and the handovers they took part in."""
    handovers = Handover.objects.filter(Q(giver=person) | Q(receiver=person))
    return {
        "contacts": list(Contact.objects.filter(person=person).order_by("pk").values(*CONTACT)),
        "seats": list(Seat.objects.filter(person=person).order_by("pk").values(*SEAT)),
        "handovers": list(handovers.order_by("pk").values(*HANDOVER)),
    }


def forgotten(*, person: Person, by: Person | None, at: dt.datetime) -> list[Any]:  # noqa: ARG001
    """Empty what describes them; that they were there stays. Returns the rows it concerns."""
    contacts = Contact.objects.filter(person=person)
    rows = list(contacts.values_list("pk", flat=True))
    contacts.filter(left_on=None).update(left_on=localdate(at))
    contacts.update(title="", department="", preferences="", portal=False, version=F("version") + 1)
    for handover in Handover.objects.filter(sheet.names(person)):
        handover.sheet = sheet.without(handover.sheet, person)
        handover.version += 1
        handover.save(update_fields=["sheet", "version"])
        rows.append(handover.pk)
    return rows


def objection(person: Person) -> str | None:
    """A client's person who is still there is still needed."""
    live = Contact.objects.filter(person=person, left_on=None).select_related("account").first()
    if live is None:
        return None
    return _("Still a contact of %(account)s. Note there first that they have left.") % {
        "account": live.account.name
    }
