"""What this package puts into an officer's calendar: everything of conflicts that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.conflicts.models import Commitment, Consent, SeatPermit, Wall
from kakehashi.conflicts.queries.checks import cooling_off
from kakehashi.people.feeds import Event, window
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakehashi.people.models import Person


def events(_person: Person) -> Iterator[Event]:
    """Days on which something ends, for officers; nobody else reads these tables."""
    first, last = window(localdate())
    register = reverse("conflicts:register")
    consents = Consent.objects.filter(withdrawn_at=None, expires_on__range=(first, last))
    for consent in consents.select_related("account").order_by("expires_on", "id"):
        if consent.expires_on:
            said = _("A consent lapses: %(account)s") % {"account": reader_name(consent.account)}
            yield Event(f"consent:{consent.pk}", said, consent.expires_on, path=register)
    promised = Commitment.objects.filter(withdrawn_at=None, ends_on__range=(first, last))
    for one in promised.select_related("account").order_by("ends_on", "id"):
        if one.ends_on:
            said = _("A commitment ends: %(account)s") % {"account": reader_name(one.account)}
            yield Event(f"commitment:{one.pk}", said, one.ends_on, path=register)
    for one, until in cooling_off(last):
        if first <= until <= last:
            said = _("A cooling-off ends: %(account)s") % {"account": reader_name(one.account)}
            yield Event(f"cooling:{one.pk}", said, until, path=register)
    permits = SeatPermit.objects.filter(withdrawn_at=None, ends_on__range=(first, last))
    for permit in permits.select_related("account", "person").order_by("ends_on", "id"):
        said = _("A permitted seat ends: %(person)s, %(account)s") % {
            "person": reader_name(permit.person), "account": reader_name(permit.account),
        }  # fmt: skip
        path = reverse("conflicts:staffing", args=[permit.account_id])
        yield Event(f"permit:{permit.pk}", said, permit.ends_on, path=path)
    for wall in Wall.objects.filter(lifted_at=None, ground_ends_on__range=(first, last)):
        if wall.ground_ends_on:
            said = _("What a wall stands on ends: %(wall)s") % {"wall": wall.name}
            path = reverse("conflicts:wall", args=[wall.pk])
            yield Event(f"wall:{wall.pk}", said, wall.ground_ends_on, path=path)
