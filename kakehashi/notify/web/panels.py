"""What the pages of people show of mail: an address that bounces, one's own settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.notify import queries
from kakehashi.people.panels import Panel
from kakehashi.policy.engine import objection

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kakehashi.people.models import Person


def bouncing(request: HttpRequest, person: Person) -> Panel | None:
    """That mail to somebody does not arrive, for whoever sees the person."""
    bounce = queries.standing_bounce(person.email)
    if bounce is None:
        return None
    no = objection(request.person, "notify.lift_bounce", bounce)
    return Panel("notify/panel_bounce.html", {"bounce": bounce, "no": no})


def own(request: HttpRequest, person: Person) -> Panel:
    """The way to what one wants by mail, and for administrators to mail that did not arrive."""
    oversees = objection(request.person, "notify.try_again", None) is None
    return Panel(
        "notify/panel_own.html",
        {"bounce": queries.standing_bounce(person.email), "oversees": oversees},
    )
