"""What ends soon of consents, promises, cooling-offs, walls and seats: for officers to read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.utils.timezone import localdate

from kakehashi.conflicts.models import Commitment, Consent, SeatPermit, Wall
from kakehashi.conflicts.queries.checks import cooling_off
from kakehashi.notify.models import Notification

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from uuid import UUID

    from kakehashi.people.models import Person

AHEAD = (30, 7)  # days before the end on which an officer is reminded
CONSENT, COMMITMENT, WALL, SEAT = "consent", "commitment", "wall", "seat"
COOLING = "cooling"


class Ending(NamedTuple):
    """One thing that ends on a day."""

    what: str
    row: Consent | Commitment | Wall | SeatPermit
    on: dt.date

    @property
    def id(self) -> UUID:
        return self.row.pk


def ending(day: dt.date) -> list[Ending]:
    """Everything that ends within the longest notice, what ends first first."""
    last = day + dt.timedelta(days=AHEAD[0])
    days = (day, last)
    found = [
        *_rows(Q(expires_on__range=days), Q(ends_on__range=days), Q(ground_ends_on__range=days)),
        *(Ending(COOLING, one, on) for one, on in cooling_off(day) if day <= on <= last),
    ]
    return sorted(found, key=lambda one: (one.on, str(one.id)))


def by_ids(ids: Collection[UUID]) -> list[Ending]:
    """Those of the things with these ids that still stand; what cools off ends with that."""
    here = Q(pk__in=ids)
    cooling = {one.pk: on for one, on in cooling_off(localdate()) if one.pk in set(ids)}
    return [
        Ending(COOLING, one.row, cooling[one.id]) if one.id in cooling else one
        for one in _rows(here, here, here)
    ]


def is_due(one: Ending, person: Person, day: dt.date) -> bool:
    """Whether a reminder's day has come since somebody was last told of it."""
    passed = [one.on - dt.timedelta(days=n) for n in AHEAD if day >= one.on - dt.timedelta(days=n)]
    told = Notification.objects.filter(person=person, subject_kind=one.what, subject_id=one.id)
    last = told.order_by("-made_at").values_list("made_at", flat=True).first()
    return bool(passed) and (last is None or localdate(last) < passed[-1])


def _rows(consents: Q, dated: Q, walls: Q) -> Iterator[Ending]:
    of_account = ("account",)
    for consent in Consent.objects.filter(consents, withdrawn_at=None).select_related(*of_account):
        if consent.expires_on:
            yield Ending(CONSENT, consent, consent.expires_on)
    for promise in Commitment.objects.filter(dated, withdrawn_at=None).select_related(*of_account):
        if promise.ends_on:
            yield Ending(COMMITMENT, promise, promise.ends_on)
    for wall in Wall.objects.filter(walls, lifted_at=None):
        if wall.ground_ends_on:
            yield Ending(WALL, wall, wall.ground_ends_on)
    permits = SeatPermit.objects.filter(dated, withdrawn_at=None)
    for permit in permits.select_related("account", "person"):
        yield Ending(SEAT, permit, permit.ends_on)
