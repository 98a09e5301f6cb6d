"""What this package stores about a person, and how it forgets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from kakehashi.requests.models import ClientRequest, Entry, Mail, Note

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

REQUEST = ("id", "account__name", "title", "text", "wanted_on", "channel", "written_at", "state")
ENTRY = ("id", "account__name", "request__title", "kind", "text", "channel", "at")
NOTE = ("id", "account__name", "request__title", "text", "at")
MAIL = ("id", "account__name", "subject", "text", "sender_address", "sender_name", "came_at",
        "fate")  # fmt: skip


def exported(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What they asked for, said, noted, and wrote by mail."""
    return {
        "requests": _values(ClientRequest.objects.filter(written_by=person), REQUEST),
        "said": _values(Entry.objects.filter(by=person), ENTRY),
        "notes": _values(Note.objects.filter(by=person), NOTE),
        "mails": _values(_mails(person), MAIL),
    }


def forgotten(*, person: Person, by: Person | None, at: dt.datetime) -> list[Any]:  # noqa: ARG001
    """Whom a mail came from is emptied, with its text; what was asked and decided stays."""
    _mails(person).update(sender_address="", sender_name="", to_address="", text="", message_id="")
    return []


def _mails(person: Person) -> Any:
    theirs = Q(contact__person=person)
    if person.email:
        theirs |= Q(sender_address__iexact=person.email)
    return Mail.objects.filter(theirs)


def _values(rows: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return list(rows.order_by("pk").values(*names))
