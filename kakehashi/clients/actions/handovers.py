"""Handover (引き継ぎ): a seat moves from one person to another once both have read the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.ids import uuid7
from kakehashi.base.text import nfkc
from kakehashi.clients import gates, rules
from kakehashi.clients.actions.seats import refuse_rivals, refuse_unseatable
from kakehashi.clients.following import followers
from kakehashi.clients.models import Handover, HandoverConfirmation, Seat
from kakehashi.clients.queries import days, doors, sheet
from kakehashi.policy import edits
from kakehashi.policy.engine import Refused, require
from kakehashi.policy.integrity import spoken

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from kakehashi.people.models import Person

BOTH = 2


@transaction.atomic
def propose_handover(
    *, seat: Seat, receiver: Person, on: dt.date, by: Person, at: dt.datetime, note: str = ""
) -> Handover:
    """Propose that a seat goes to somebody else on a day. Writes the sheet as things stand now."""
    require(by, "clients.propose_handover", seat)
    _refuse_day(seat, on, at)
    if receiver == seat.person:
        raise ValidationError({"receiver": _("Choose somebody else to receive the seat.")})
    refuse_unseatable(receiver, seat.account, on, field="receiver")
    refuse_rivals(_received(seat.account_id, receiver.pk, on, seat.ends_on), field="receiver")
    handover = Handover(
        account=seat.account,
        seat=seat,
        giver=seat.person,
        receiver=receiver,
        on=on,
        note=nfkc(note),
        sheet=sheet.of(seat, at),
        proposed_by=by,
        proposed_at=at,
    )
    handover.full_clean()
    with spoken(Handover):
        handover.save(force_insert=True)
    for follower in followers():
        follower.proposed(handover, by=by, at=at)
    return handover


@transaction.atomic
def confirm_handover(*, handover: Handover, by: Person, at: dt.datetime) -> HandoverConfirmation:
    """Agree to a handover, once for each side. With the second the seat moves."""
    handover = _as_it_stands(handover)
    require(by, "clients.confirm_handover", handover)
    confirmation = HandoverConfirmation(
        account_id=handover.account_id, handover=handover, by=by, at=at
    )
    with spoken(HandoverConfirmation):
        confirmation.save(force_insert=True)
    for follower in followers():
        follower.confirmed(handover, by=by, at=at)
    if handover.confirmations.count() == BOTH:
        _move(handover)
    return confirmation


@transaction.atomic
def withdraw_handover(*, handover: Handover, by: Person, at: dt.datetime) -> Handover:
    """Call a handover off. The seat stays where it is."""
    handover = _as_it_stands(handover)
    require(by, "clients.withdraw_handover", handover)
    handover.withdrawn_at, handover.withdrawn_by = at, by
    edits.save(handover, version=handover.version, fields=["withdrawn_at", "withdrawn_by"])
    for follower in followers():
        follower.withdrawn(handover, by=by, at=at)
    return handover


def _as_it_stands(handover: Handover) -> Handover:
    """Read it again with the other side kept out, so that two last confirmations cannot pass."""
    doors.hold(handover)
    found = Handover.objects.filter(pk=handover.pk).first()
    if found is None:  # who was to receive it sees it no longer
        raise Refused(_("This handover was withdrawn."))
    return found


def _refuse_day(seat: Seat, on: dt.date, at: dt.datetime) -> None:
    if on < days.today(seat.account, at):
        raise ValidationError({"on": _("This day has passed.")})
    if on <= seat.starts_on:
        raise ValidationError({"on": _("The seat itself begins on that day or later.")})
    if seat.ends_on is not None and on > seat.ends_on:
        raise ValidationError({"on": _("The seat ends before that day.")})


def _move(handover: Handover) -> None:
    if not doors.may_seat(handover.receiver_id, handover.account_id):
        raise Refused(rules.not_available())
    received = _received(
        handover.account_id, handover.receiver_id, handover.on, doors.last_day_of(handover)
    )
    if problem := gates.against_seat(received):
        raise Refused(problem)
    with spoken(Seat):
        doors.move_seat(handover, uuid7())


def _received(account: UUID, receiver: UUID, on: dt.date, ends_on: dt.date | None) -> Seat:
    """The seat as its receiver is to have it."""
    return Seat(account_id=account, person_id=receiver, starts_on=on, ends_on=ends_on)
