"""What this package puts into a person's calendar: days on which they, or all, are away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kakehashi.people.feeds import Event, window
from kakehashi.people.queries.calendars import office_of
from kakehashi.people.queries.office_hours import work_at
from kakehashi.policy.rows import during
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakehashi.people.models import Person
    from kakehashi.people.queries.office_hours import OfficeWork


def events(person: Person) -> Iterator[Event]:
    """Absences, standing in for others, days off of the office and of the country."""
    yield from _absences(person)
    yield from _deputyships(person)
    if office := office_of(person):
        work = work_at(office)
        yield from _days_off(work)
        yield from _holidays(work)


def _absences(person: Person) -> Iterator[Event]:
    absences = person.absences.filter(during(*window(localdate()))).select_related("deputy")
    for absence in absences.order_by("starts_on", "pk"):
        deputy = absence.deputy and reader_name(absence.deputy)
        yield Event(
            key=f"absence:{absence.pk}",
            title=_("Absent"),
            starts=absence.starts_on,
            ends=absence.ends_on,
            path=reverse("people:person", args=[person.pk]),
            note=_("%(name)s stands in") % {"name": deputy} if deputy else "",
            version=absence.version,
            is_busy=True,
        )


def _deputyships(person: Person) -> Iterator[Event]:
    absences = person.deputises.filter(during(*window(localdate()))).select_related("person")
    for absence in absences.order_by("starts_on", "pk"):
        yield Event(
            key=f"deputyship:{absence.pk}",
            title=_("Standing in for %(name)s") % {"name": reader_name(absence.person)},
            starts=absence.starts_on,
            ends=absence.ends_on,
            path=reverse("people:person", args=[absence.person_id]),
            version=absence.version,
        )


def _days_off(work: OfficeWork) -> Iterator[Event]:
    for day_off in work.days_off:
        for first, last in day_off.closure.within(*window(localdate())):
            yield Event(
                key=f"day-off:{day_off.pk}:{first.year}",
                title=reader_name(day_off),
                starts=first,
                ends=last,
                path=reverse("people:office", args=[day_off.office_id]),
                version=day_off.version,
            )


def _holidays(work: OfficeWork) -> Iterator[Event]:
    language = (get_language() or "en").partition("-")[0]
    for day, name in work.holidays(*window(localdate()), language):
        yield Event(key=f"holiday:{work.country}{work.region}:{day}", title=name, starts=day)
