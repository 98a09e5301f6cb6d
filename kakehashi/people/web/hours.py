"""A week as a page tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext

from kakehashi.base.hours import days_text, same_days, spans_text
from kakehashi.people.queries.calendars import calendar_of

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.base.hours import Week
    from kakehashi.people.models import Person


def hours_today(person: Person, day: dt.date) -> dict[str, Any]:
    """The week by which somebody works these days, and where its clock stands."""
    calendar = calendar_of(person)
    return {"lines": week_lines(calendar.week_on(day)), "zone": calendar.zone.key}


def week_lines(week: Week) -> list[tuple[str, str]]:
    """Days with the same hours in one line each, days off among them."""
    return [
        (days_text(first, last), spans_text(spans) or pgettext("not a working day", "off"))
        for first, last, spans in same_days(week)
    ]
