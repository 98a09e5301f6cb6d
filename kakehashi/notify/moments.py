"""When collected mail goes out: half past eight and half past five, where its reader works."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import localdate

from kakehashi.notify.states import Choice
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    from kakehashi.people.models import Person

CLOCK = {Choice.MORNING: dt.time(8, 30), Choice.EVENING: dt.time(17, 30)}
LONGEST = 400  # days looked at: who is away for longer finds everything on the page
A_DAY = dt.timedelta(days=1)
SATURDAY = 5


class WorkingDays(Protocol):
    """As much of a calendar as is asked here."""

    @property
    def zone(self) -> ZoneInfo: ...

    def is_working_day(self, day: dt.date) -> bool: ...


@dataclass(frozen=True)
class OfficeWeek:
    """Monday to Friday in the zone of an office."""

    zone: ZoneInfo

    def is_working_day(self, day: dt.date) -> bool:
        return day.weekday() < SATURDAY


def calendar_of(person: Person) -> WorkingDays:
    """The working days of somebody, as the acting person knows them."""
    posts = person.employments.filter(during(localdate())).select_related("office")
    post = posts.order_by("starts_on", "pk").first()
    return OfficeWeek(ZoneInfo(post.office.timezone if post else settings.TIME_ZONE))


def collected_at(calendar: WorkingDays, choice: Choice, at: dt.datetime) -> dt.datetime | None:
    """The first such moment on a working day, not before `at`; None where there is none in sight.

    Asked again at that moment it gives the moment itself, unless the day has become a day off.
    """
    first = at.astimezone(calendar.zone).date()
    for number in range(LONGEST):
        day = first + number * A_DAY
        moment = dt.datetime.combine(day, CLOCK[choice], calendar.zone)
        if moment >= at and calendar.is_working_day(day):
            return moment
    return None
