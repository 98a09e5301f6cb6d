"""What somebody who leaves, or an office that closes, still holds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from kakehashi.people import holdings
from kakehashi.people.holdings import Holding
from kakehashi.people.models import Absence, ReportingLine, Role
from kakehashi.policy.roles import FUNCTIONS
from kakehashi.policy.rows import during
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from kakehashi.people.models import Person


def held_by(person: Person, on: dt.date) -> list[Holding]:
    """Everything somebody else must take over before a person's last day."""
    after = on + dt.timedelta(days=1)
    return [*_reports(person, after), *_deputyships(person, after), *holdings.of_person(person, on)]


def _reports(person: Person, after: dt.date) -> list[Holding]:
    lines = ReportingLine.objects.filter(
        during(after), superior=person, kind=ReportingLine.Kind.SOLID
    )
    return [
        Holding(_("Reports to them"), reader_name(line.person), _path(line.person))
        for line in lines.select_related("person").order_by("person__sort_key", "pk")
    ]


def _deputyships(person: Person, after: dt.date) -> list[Holding]:
    absences = Absence.objects.filter(during(after), deputy=person).select_related("person")
    return [
        Holding(_("Stands in for"), reader_name(absence.person), _path(absence.person))
        for absence in absences.order_by("starts_on", "pk")
    ]


def _path(person: Person) -> str:
    return reverse("people:person", args=[person.pk])


def sole_functions(person: Person, on: dt.date) -> list[Role]:
    """Roles of finance, traffic, conflicts and administration that nobody else has there."""
    after = on + dt.timedelta(days=1)
    mine = person.roles.filter(during(after), role__in=FUNCTIONS).select_related("office")
    others = set(
        Role.objects.filter(during(after, after), role__in=FUNCTIONS)
        .exclude(person=person)
        .values_list("role", "office_id")
    )
    return [role for role in mine if (role.role, role.office_id) not in others]
