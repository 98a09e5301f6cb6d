"""Hours and days off of the offices, and two people who work by their own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kakehashi.demo.content.calendars import CLOSURES, HOURS, OWN
from kakehashi.demo.content.people import FOUNDER
from kakehashi.demo.world import RECORDS
from kakehashi.people import actions
from kakehashi.people.actions.calendars import NEW

if TYPE_CHECKING:
    from kakehashi.demo.content.calendars import ClosureRow
    from kakehashi.demo.world import World


def set_hours(world: World) -> None:
    with world.acting(FOUNDER.login) as by:
        for code, week, region in HOURS:
            actions.set_office_hours(
                office=world.offices[code], version=NEW, week=week, region=region, by=by
            )


def plan_days_off(world: World) -> None:
    with world.acting(FOUNDER.login) as by:
        for row in CLOSURES:
            first, last = _days(world, row)
            actions.add_day_off(
                office=world.offices[row.office],
                name=row.name,
                name_en=row.name_en,
                starts_on=first,
                ends_on=last,
                yearly=row.yearly,
                by=by,
            )


def set_own_hours(world: World) -> None:
    """Each enters their own."""
    for row in OWN:
        with world.acting(row.login) as person:
            actions.set_own_hours(
                person=person,
                week=row.week,
                starts_on=world.day(row.first),
                ends_on=None if row.last is None else world.day(row.last),
                by=person,
            )


def _days(world: World, row: ClosureRow) -> tuple[dt.date, dt.date]:
    """What comes back every year began with the records; what does not comes next."""
    earliest = world.month(RECORDS) if row.yearly else world.today
    first = dt.date(earliest.year, *row.first)
    if first < earliest:
        first = first.replace(year=first.year + 1)
    last = dt.date(first.year, *row.last)
    return first, last if last >= first else last.replace(year=last.year + 1)
