"""What people were told of the balls: they have seen what is older than yesterday."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.notify import actions
from kakehashi.notify.models import Notification
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as

if TYPE_CHECKING:
    from kakehashi.demo.world import World


def see_notices(world: World) -> None:
    """And so the first start mails nothing that is weeks old."""
    until = world.at(world.day(-1))
    told = Notification.objects.filter(made_at__lt=until).values("person")
    for person in Person.objects.filter(pk__in=told).order_by("pk"):
        with acting_as(person):
            actions.see_all(until=until, by=person, at=until)
