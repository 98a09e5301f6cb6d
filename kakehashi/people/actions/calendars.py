"""When offices and people work: hours of an office, agency days off, somebody's own hours."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.hours import DAYS_OF_WEEK, parse_spans, spans_text
from kakehashi.base.public_days import regions
from kakehashi.base.text import one_line
from kakehashi.people.actions.saving import changed, made
from kakehashi.people.models import DayOff, OfficeHours, WorkingPattern
from kakehashi.people.queries.office_hours import country_at
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from kakehashi.people.models import Office, Person

A_DAY = dt.timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEW = 0  # the version of hours that nobody has entered yet


class Closing(TypedDict):
    """What can be said of days off; texts as somebody typed them."""

    name: str
    name_en: str
    starts_on: dt.date
    ends_on: dt.date
    yearly: bool


# An office's week


@transaction.atomic
def set_office_hours(
    *, office: Office, version: int, week: Sequence[str], region: str, by: Person
) -> OfficeHours:
    """The hours of an office and of those below that have none; and whose holidays it keeps."""
    require(by, "people.set_office_hours", office)
    hours = OfficeHours.objects.filter(office=office).first() or OfficeHours(office=office)
    hours.week, hours.region = _read(week), _known(region, office)
    if hours._state.adding:
        if version != NEW:
            raise edits.stale(hours)
        return made(hours)
    changed(hours, version=version, fields=["week", "region"])
    return hours


@transaction.atomic
def inherit_hours(*, hours: OfficeHours, version: int, by: Person) -> None:
    """From now on an office works as the one above it."""
    require(by, "people.set_office_hours", hours.office)
    edits.save(hours, version=version, fields=[])
    hours.delete()


def _known(region: str, office: Office) -> str:
    if region and region not in dict(regions(country_at(office))):
        raise ValidationError({"region": _("Choose a region from the list.")})
    return region


# Agency days off


@transaction.atomic
def add_day_off(*, office: Office, by: Person, **told: Unpack[Closing]) -> DayOff:
    """An office and all below it are closed on some days, once or every year."""
    require(by, "people.plan_days_off", office)
    day_off = DayOff(office=office)
    _describe(day_off, told)
    return made(day_off)


@transaction.atomic
def change_day_off(*, day_off: DayOff, version: int, by: Person, **told: Unpack[Closing]) -> DayOff:
    """Other days, or another name for them."""
    require(by, "people.plan_days_off", day_off.office)
    _describe(day_off, told)
    changed(day_off, version=version, fields=list(told))
    return day_off


@transaction.atomic
def remove_day_off(*, day_off: DayOff, version: int, by: Person) -> None:
    """The office is open after all."""
    require(by, "people.plan_days_off", day_off.office)
    edits.save(day_off, version=version, fields=[])
    day_off.delete()


def _describe(day_off: DayOff, told: Closing) -> None:
    for name, value in told.items():
        setattr(day_off, name, one_line(value) if isinstance(value, str) else value)


# Somebody's own hours


@transaction.atomic
def set_own_hours(
    *,
    person: Person,
    week: Sequence[str],
    starts_on: dt.date,
    by: Person,
    ends_on: dt.date | None = None,
) -> WorkingPattern:
    """From a day on somebody works other hours; what they had before ends the day before."""
    require(by, "people.set_own_hours", person)
    before = person.patterns.filter(during(starts_on, starts_on), starts_on__lt=starts_on).first()
    if before is not None:
        before.ends_on = starts_on - A_DAY
        changed(before, version=before.version, fields=["ends_on"])
    return made(
        WorkingPattern(person=person, week=_read(week), starts_on=starts_on, ends_on=ends_on)
    )


@transaction.atomic
def change_own_hours(
    *,
    pattern: WorkingPattern,
    version: int,
    week: Sequence[str],
    starts_on: dt.date,
    ends_on: dt.date | None,
    by: Person,
) -> WorkingPattern:
    """Correct somebody's own hours, or say until when they hold."""
    require(by, "people.set_own_hours", pattern.person)
    pattern.week, pattern.starts_on, pattern.ends_on = _read(week), starts_on, ends_on
    changed(pattern, version=version, fields=["week", "starts_on", "ends_on"])
    return pattern


@transaction.atomic
def remove_own_hours(*, pattern: WorkingPattern, version: int, by: Person) -> None:
    """They work their office's hours after all."""
    require(by, "people.set_own_hours", pattern.person)
    edits.save(pattern, version=version, fields=[])
    pattern.delete()


def _read(week: Sequence[str]) -> list[str]:
    """Seven days in one spelling; each that cannot be read is named."""
    if len(week) != DAYS_OF_WEEK:
        raise ValueError("A week has seven days.")
    read, problems = [], {}
    for day, text in zip(WEEKDAYS, week, strict=True):
        try:
            read.append(spans_text(parse_spans(text)))
        except Unreadable as error:
            problems[day] = error.reason
    if problems:
        raise ValidationError(problems)
    if not any(read):
        raise ValidationError({WEEKDAYS[0]: _("Enter hours for at least one day.")})
    return read
