"""Seats: who serves an account, as what, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.clients import gates, rules
from kakehashi.clients.models import Seat
from kakehashi.clients.queries import doors, people
from kakehashi.people.rules import not_working_on
from kakehashi.policy import edits
from kakehashi.policy.engine import hats, require
from kakehashi.policy.integrity import spoken
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person

OFFICER = f"role:{RoleCode.CONFLICTS_OFFICER}"


@transaction.atomic
def give_seat(  # noqa: PLR0913 - what makes a seat
    *,
    account: Account,
    person: Person,
    role: str,
    starts_on: dt.date,
    by: Person,
    ends_on: dt.date | None = None,
    lead: bool = False,
    share: Decimal | None = None,
) -> Seat:
    """Seat a person of ours on an account."""
    require(by, "clients.give_seat", account)
    refuse_unseatable(person, account, starts_on, field="person")
    seat = Seat(
        account=account,
        person=person,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        lead=lead,
        share=share,
    )
    _refuse_overlap(seat, field="person")
    seat.full_clean()
    refuse_rivals(seat, field="person")
    with spoken(Seat):
        seat.save(force_insert=True)
    return seat


@transaction.atomic
def change_seat(  # noqa: PLR0913 - what makes a seat
    *,
    seat: Seat,
    version: int,
    starts_on: dt.date,
    ends_on: dt.date | None,
    lead: bool,
    share: Decimal | None,
    by: Person,
) -> Seat:
    """Change a seat's days, its lead or its share. Another role is another seat."""
    require(by, "clients.change_seat", seat)
    is_longer = _is_longer(seat, starts_on, ends_on)
    seat.starts_on, seat.ends_on, seat.lead, seat.share = starts_on, ends_on, lead, share
    _refuse_overlap(seat, field="starts_on")
    seat.full_clean()
    if is_longer:  # one that shrinks stands for no longer than it did
        refuse_rivals(seat, field="ends_on")
    with spoken(Seat):
        edits.save(seat, version=version, fields=["starts_on", "ends_on", "lead", "share"])
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, on: dt.date, by: Person) -> Seat:
    """Say which day of a seat is the last. Who is to follow is said by a handover instead."""
    require(by, "clients.end_seat", seat)
    if problem := rules.before_it_began(seat, on):
        raise ValidationError({"on": problem})
    seat.ends_on = on
    seat.full_clean()
    edits.save(seat, version=seat.version, fields=["ends_on"])
    return seat


def refuse_unseatable(person: Person, account: Account | None, on: dt.date, *, field: str) -> None:
    """Raise if a person cannot serve an account from a day on: not ours by then, or walled off.

    Behind a wall the reason is neutral: only conflicts officers read that there is one.
    """
    if not person.is_ours:
        raise ValidationError({field: _("Choose one of our own people.")})
    if reason := not_working_on(person, on):
        raise ValidationError({field: reason})
    if account is None or doors.may_seat(person.pk, account.pk):
        return
    if OFFICER in hats(account.pk):
        raise ValidationError({field: _("A wall denies this person the account.")})
    raise ValidationError({field: rules.not_available()})


def refuse_rivals(seat: Seat, *, field: str) -> None:
    """Raise if something stands against a seat that other packages know of: a rival served."""
    if problem := gates.against_seat(seat):
        raise ValidationError({field: problem})


def _is_longer(seat: Seat, starts_on: dt.date, ends_on: dt.date | None) -> bool:
    return starts_on < seat.starts_on or (
        seat.ends_on is not None and (ends_on is None or ends_on > seat.ends_on)
    )


def _refuse_overlap(seat: Seat, *, field: str) -> None:
    """Raise if the person has the seat already in these days, or somebody else leads in its role.

    PostgreSQL refuses both again, whatever comes between.
    """
    for other in people.at_the_same_time(seat):
        if problem := rules.stands_in_the_way(other, seat):
            where, sentence = problem
            raise ValidationError({where or field: sentence})
