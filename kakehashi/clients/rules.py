"""Objections of the clients' package: a sentence in the reader's language, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.clients import states
from kakehashi.ui.formats import date_text, reader_name

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.clients.models import Account, Contact, Fact, Handover, Seat, StatusChange
    from kakehashi.people.models import Person
    from kakehashi.policy.rows import Dated


def not_available() -> str:
    """Somebody may not serve an account, for whatever reason: only officers read which."""
    return _("This person is not available for this account. Ask the conflicts officer.")


def seat_has_ended(_person: Person, seat: Seat) -> str | None:
    if seat.ends_on is not None and seat.ends_on < localdate():
        return _("This seat has ended already.")
    return None


def stands_in_the_way(other: Seat, seat: Seat) -> tuple[str, str] | None:
    """What another seat of the same role and days says against one: the field, if any, and why."""
    words = {"person": reader_name(other.person), "days": days_in_words(other)}
    if other.person_id == seat.person_id:
        said = _("%(person)s has this seat already (%(days)s). Change it, or choose other days.")
        return "", said % words
    if other.lead and seat.lead:
        said = _("%(person)s leads in this role (%(days)s). End that lead, or choose other days.")
        return "lead", said % words
    return None


def before_it_began(row: Dated, on: dt.date) -> str | None:
    """Nothing ends before it has begun."""
    if on >= row.starts_on:
        return None
    words = {"day": date_text(row.starts_on, "plain")}
    return _("It begins on %(day)s. Choose that day or a later one.") % words


def days_in_words(row: Dated) -> str:
    """From when to when."""
    first = date_text(row.starts_on, "plain")
    if row.ends_on is None:
        return _("from %(day)s") % {"day": first}
    return f"{first} – {date_text(row.ends_on, 'plain')}"


def is_being_handed_over(_person: Person, seat: Seat) -> str | None:
    """An open handover speaks for the seat: withdraw it first. Reads `handovers`, prefetched."""
    if any(handover.is_open for handover in seat.handovers.all()):
        return _("This seat is being handed over. Withdraw the handover first.")
    return None


def contact_has_left(_person: Person, contact: Contact) -> str | None:
    return _("This contact has left already.") if contact.left_on else None


def fact_is_retired(_person: Person, fact: Fact) -> str | None:
    return _("This entry was retired.") if fact.retired_at else None


def handover_is_closed(_person: Person, handover: Handover) -> str | None:
    if handover.moved_at:
        return _("The seat has moved already.")
    return _("This handover was withdrawn.") if handover.withdrawn_at else None


def has_confirmed(person: Person, handover: Handover) -> str | None:
    if any(confirmation.by_id == person.pk for confirmation in handover.confirmations.all()):
        return _("You have confirmed already.")
    return None


def status_move(account: Account, status: str, reason: str) -> tuple[str, str] | None:
    """The field that stands against a change of status, and why."""
    labels = dict(account.Status.choices)
    if not states.may_move(account.status, status):
        words = {"old": labels[account.status], "new": labels[status]}
        return "status", _("An account that is “%(old)s” does not become “%(new)s”.") % words
    if states.needs_reason(status) and not reason:
        return "reason", _("Say why: the agency learns from it.")
    return None


def status_before(last: StatusChange | None, on: dt.date) -> str | None:
    """States follow each other in the order of their days."""
    if last is None or on >= last.on:
        return None
    words = {"status": last.get_status_display(), "day": date_text(last.on, "plain")}
    said = _("The account became “%(status)s” on %(day)s. Choose that day or a later one.")
    return said % words


def is_giver_or_receiver(person: Person, handover: Handover) -> bool:
    return person.pk in {handover.giver_id, handover.receiver_id}


def holds_seat(person: Person, seat: Seat) -> bool:
    return seat.person_id == person.pk


def started_handover(person: Person, handover: Handover) -> bool:
    return person.pk in {handover.giver_id, handover.proposed_by_id}
