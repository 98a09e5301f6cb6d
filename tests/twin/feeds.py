"""What the worlds hold of calendars: everybody's feed, hours and days off of everything else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kakehashi.api.actions import hashed
from kakehashi.api.models import Feed
from kakehashi.demo.small import WRITTEN
from kakehashi.people.models import DayOff, OfficeHours, WorkingPattern

if TYPE_CHECKING:
    from kakehashi.demo.keys import Keys
    from kakehashi.demo.small import Small
    from kakehashi.people.models import Person

WEEK = ["10:00–17:00"] * 5 + ["", ""]


def token_of(role: str) -> str:
    """What opens the feed of a viewer; outside of tests it is 32 random bytes."""
    return f"feed-of-{role}"


def add(made: Small, viewers: dict[str, Person], key: Keys) -> None:
    """The same rows in both worlds: what differs is what a feed may not tell."""
    for role, person in viewers.items():
        Feed.objects.create(
            id=key("feed", role), person=person, name="Phone", token_hash=hashed(token_of(role)),
            made_at=WRITTEN,
        )  # fmt: skip
    office, person = made.offices["TYO1"], made.people["coordinator"]
    OfficeHours.objects.create(id=key("hours"), office=office, week=WEEK)
    DayOff.objects.create(
        id=key("day off"), office=office, name="年末年始休業", yearly=True,
        starts_on=dt.date(2024, 12, 29), ends_on=dt.date(2025, 1, 4),
    )  # fmt: skip
    WorkingPattern.objects.create(
        id=key("pattern"), person=person, week=WEEK, starts_on=WRITTEN.date()
    )
