"""Offices: opened, edited, moved within the tree, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.locales import check_country
from kakehashi.base.text import one_line
from kakehashi.people import holdings, rules
from kakehashi.people.actions.saving import changed, made, refuse
from kakehashi.people.models import Office
from kakehashi.people.queries import doors, structure
from kakehashi.policy import edits
from kakehashi.policy.engine import require

if TYPE_CHECKING:
    import datetime as dt
    from typing import Unpack

    from kakehashi.people.models import Person


class Details(TypedDict, total=False):
    """What can be said of an office, apart from its place."""

    code: str
    name: str
    name_en: str
    kind: str
    country: str
    timezone: str


@transaction.atomic
def open_office(*, parent: Office, by: Person, **details: Unpack[Details]) -> Office:
    """A new office within another. The agency itself is founded with its first administrator."""
    require(by, "people.open_office", parent)
    refuse(rules.office_closed_already(by, parent))
    office = Office(parent=parent)
    _describe(office, details)
    return made(office)


@transaction.atomic
def edit_office(*, office: Office, version: int, by: Person, **details: Unpack[Details]) -> Office:
    """Correct what an office is called and where its day begins."""
    require(by, "people.edit_office", office)
    _describe(office, details)
    changed(office, version=version, fields=list(details))
    return office


@transaction.atomic
def move_office(*, office: Office, version: int, parent: Office, by: Person) -> Office:
    """An office becomes part of another, with all below it; the wall follows at once."""
    require(by, "people.move_office", office)
    require(by, "people.move_office", parent)
    doors.lock_structure()
    refuse(
        rules.office_closed_already(by, parent),
        rules.below_itself(office, parent, structure.above()),
    )
    office.parent = parent
    changed(office, version=version, fields=["parent"])
    return office


@transaction.atomic
def close_office(*, office: Office, version: int, on: dt.date, by: Person) -> None:
    """The last day of an office in which nobody and nothing is left."""
    doors.lock_structure()
    office = Office.objects.select_for_update().get(pk=office.pk)
    require(by, "people.close_office", office)
    refuse(rules.office_is_in_use(office, on, holdings.of_office(office, on)))
    office.closed_on = on
    edits.save(office, version=version, fields=["closed_on"])


def keep_open(office: Office, day: dt.date) -> None:
    """Until this transaction ends nobody closes an office that is open on a day."""
    refuse(rules.office_is_closed(Office.objects.select_for_update().get(pk=office.pk), day))


def _describe(office: Office, details: Details) -> None:
    for name, value in details.items():
        setattr(office, name, one_line(str(value)))
    problems = {}
    if office.timezone not in available_timezones():
        problems["timezone"] = _("There is no such time zone; write it as Asia/Tokyo.")
    try:
        office.country = check_country(office.country) if office.country else ""
    except Unreadable as error:
        problems["country"] = str(error)
    if problems:
        raise ValidationError(problems)
