"""A person's calendar as others' programs read it (RFC 5545).

Packages register what belongs into it with `register`; see kakehashi.people.feeds. All of it is
read at each fetch, as the person: what a wall hides is not in it, from that moment on.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from icalendar import Calendar as ICal
from icalendar import Event as IEvent
from icalendar import vText

from kakehashi.people.feeds import Event, events_of, register

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from kakehashi.people.models import Person

__all__ = ["Event", "calendar_text", "register"]

MAKER = "-//Kakehashi//Calendar feed//EN"
DOMAIN = "kakehashi"
HOURLY = dt.timedelta(hours=1)
A_DAY = dt.timedelta(days=1)


def calendar_text(person: Person, zone: ZoneInfo, today: dt.date, *, site: str) -> bytes:
    """The feed as bytes, the same while nothing in it changes and the day is the same.

    Its entries lead to pages below `site`, where whoever fetches it has reached us.
    """
    return _written(events_of(person, today), zone, today, site)


def _written(events: Iterable[Event], zone: ZoneInfo, today: dt.date, site: str) -> bytes:
    feed = ICal()
    for name, value in (
        ("prodid", MAKER),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("name", vText(_("Kakehashi"))),
        ("x-wr-calname", vText(_("Kakehashi"))),
        ("x-wr-timezone", vText(zone.key)),
    ):
        feed.add(name, value)
    feed.add("refresh-interval", HOURLY, parameters={"value": "DURATION"})
    feed.add("x-published-ttl", vText("PT1H"))
    for event in sorted(events, key=lambda one: one.key):
        feed.add_component(_entry(event, today, site))
    return feed.to_ical(sorted=False)


def _entry(event: Event, today: dt.date, site: str) -> IEvent:
    entry = IEvent()
    entry.add("uid", f"{event.key}@{DOMAIN}")
    entry.add("dtstamp", dt.datetime.combine(today, dt.time(), dt.UTC))
    entry.add("sequence", event.version)
    entry.add("dtstart", _moment(event.starts))
    if (ends := _end(event)) is not None:
        entry.add("dtend", ends)
    entry.add("summary", event.title)
    if event.note:
        entry.add("description", event.note)
    if event.path:
        entry.add("url", site + event.path)
    entry.add("transp", "OPAQUE" if event.is_busy else "TRANSPARENT")
    return entry


def _end(event: Event) -> Any:
    """Days end on the day after the last one; a moment ends only if it has a length."""
    if isinstance(event.starts, dt.datetime):
        return _moment(event.ends) if event.ends is not None else None
    return (event.ends or event.starts) + A_DAY


def _moment(when: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """A moment in UTC, which every program shows at the right time of its own zone."""
    return when.astimezone(dt.UTC) if isinstance(when, dt.datetime) else when
