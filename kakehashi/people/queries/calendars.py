"""When people work: each one's calendar, from where they work, their own hours and absences."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from kakehashi.base.calendars import Calendar, Closure, DaysOff, Pattern
from kakehashi.base.hours import Week, parse_week
from kakehashi.base.public_days import PublicDays, country_of, zone_of
from kakehashi.people.models import Office, Person

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

OFFICE_WEEK = ("9:30–12:00, 13:00–18:30",) * 5 + ("", "")
CLIENT_WEEK = ("9:00–12:00, 13:00–18:00",) * 5 + ("", "")
ASKED = "SELECT person_id, to_jsonb(found)::text FROM acting_calendars(%s) found"


def calendar_of(person: Person) -> Calendar:
    """When somebody works, as far as the acting person may know of it."""
    return calendars_of([person])[person.pk]


def calendars_of(people: Iterable[Person]) -> dict[UUID, Calendar]:
    """Several calendars in one query. Who is not known works as most do where the agency is."""
    sides = {person.pk: person.side for person in people}
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [list(sides)])
        found = {pk: _calendar(json.loads(told)) for pk, told in cursor.fetchall()}
    return {pk: found.get(pk) or _calendar({"side": side}) for pk, side in sides.items()}


def office_of(person: Person) -> Office | None:
    """The office whose hours and days off are somebody's: of their first post."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT office_id FROM acting_calendars(%s)", [[person.pk]])
        found = cursor.fetchone()
    return Office.objects.filter(pk=found[0]).first() if found else None


def _calendar(told: dict[str, Any]) -> Calendar:
    zone, region = told.get("zone") or settings.TIME_ZONE, told.get("region", "")
    week = told.get("week") or OFFICE_WEEK
    if told["side"] != Person.Side.OURS:
        zone, region, week = zone_of(told.get("country", ""), here=zone), "", CLIENT_WEEK
    day = dt.date.fromisoformat
    public = PublicDays(told.get("country") or country_of(zone), region)
    return Calendar(
        ZoneInfo(zone),
        as_week(tuple(week)),
        DaysOff(
            public,
            tuple(
                Closure(day(first), day(last), yearly)
                for first, last, yearly in told.get("closures", ())
            ),
        ),
        tuple(_days(*days) for days in told.get("absences", ())),
        tuple(
            Pattern(_days(first, last), as_week(tuple(own)))
            for first, last, own in told.get("patterns", ())
        ),
    )


def _days(first: str, last: str | None) -> Any:
    day = dt.date.fromisoformat
    return day(first), day(last) if last else None


@lru_cache(maxsize=512)
def as_week(texts: tuple[str, ...]) -> Week:
    """A week as it is stored; most people share one of a few."""
    return parse_week(texts)
