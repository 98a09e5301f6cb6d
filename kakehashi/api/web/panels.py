"""What one's own settings show of feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.api import queries
from kakehashi.people.panels import Panel

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kakehashi.people.models import Person


def feeds(_request: HttpRequest, person: Person) -> Panel | None:
    """The way to one's calendar feeds, for our own people."""
    if not person.is_ours:
        return None
    live = [feed for feed in queries.own_feeds() if feed.is_live]
    return Panel("api/panel_own.html", {"live": len(live)})
