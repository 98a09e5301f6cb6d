"""What somebody who leaves, or an office that closes, still holds of our clients."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from kakehashi.clients.following import followers
from kakehashi.clients.models import Account, Handover, Seat
from kakehashi.people.holdings import Holding
from kakehashi.policy.access import narrow
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakehashi.people.models import Office, Person

OPEN = Q(moved_at=None, withdrawn_at=None)


def held_by(person: Person, on: dt.date) -> Iterator[Holding]:
    """Seats that go on after a day, and handovers that wait for the person."""
    after = on + dt.timedelta(days=1)
    seats = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=after), person=person)
    for seat in seats.select_related("account").order_by("account__sort_key", "role", "pk"):
        title = f"{reader_name(seat.account)}, {seat.get_role_display()}"
        yield Holding(_("Seat"), title, reverse("clients:account-people", args=[seat.account_id]))
    waiting = Handover.objects.filter(OPEN, receiver=person).select_related("giver")
    for handover in waiting.order_by("on", "pk"):
        title = _("from %(giver)s") % {"giver": reader_name(handover.giver)}
        yield Holding(_("Handover to take"), title, reverse("clients:handover", args=[handover.pk]))


def led_by(office: Office, _on: dt.date) -> Iterator[Holding]:
    """Accounts an office leads, of those the reader sees."""
    accounts = narrow(Account.objects.filter(lead_office=office), "pk")
    for account in accounts.order_by("sort_key", "pk"):
        path = reverse("clients:move-account", args=[account.pk])
        yield Holding(_("Leads the account"), reader_name(account), path)


def settle(person: Person, on: dt.date) -> None:
    """End every seat on the last day, and every handover that waits for who has left."""
    open_ones = Handover.objects.filter(OPEN, Q(receiver=person) | Q(giver=person))
    for handover in open_ones.select_related("proposed_by"):
        for follower in followers():
            follower.withdrawn(handover, by=handover.proposed_by, at=now())
    open_ones.update(withdrawn_at=now(), version=F("version") + 1)
    seats = Seat.objects.filter(person=person)
    to_come = seats.filter(starts_on__gt=on)
    to_come.filter(handovers=None).delete()
    to_come.update(ends_on=F("starts_on"), version=F("version") + 1)
    going_on = seats.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)
    going_on.update(ends_on=on, version=F("version") + 1)
