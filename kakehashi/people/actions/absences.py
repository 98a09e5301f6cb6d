"""Absences, and who stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kakehashi.people import rules
from kakehashi.people.actions.saving import changed, made, refuse
from kakehashi.people.models import Absence
from kakehashi.policy import edits
from kakehashi.policy.engine import require

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person


@transaction.atomic
def plan_absence(
    *,
    person: Person,
    starts_on: dt.date,
    ends_on: dt.date,
    by: Person,
    deputy: Person | None = None,
) -> Absence:
    """Days on which somebody is away; a deputy has their court meanwhile."""
    require(by, "people.plan_absence", person)
    absence = Absence(person=person, starts_on=starts_on, ends_on=ends_on, deputy=deputy)
    absence.full_clean()
    refuse(rules.not_employed(person, starts_on), rules.deputy_is_away(absence))
    return made(absence)


@transaction.atomic
def change_absence(
    *,
    absence: Absence,
    version: int,
    starts_on: dt.date,
    ends_on: dt.date,
    deputy: Person | None,
    by: Person,
) -> Absence:
    """Other days, or somebody else who stands in."""
    require(by, "people.plan_absence", absence.person)
    absence.starts_on, absence.ends_on, absence.deputy = starts_on, ends_on, deputy
    absence.full_clean()
    refuse(rules.deputy_is_away(absence))
    changed(absence, version=version, fields=["starts_on", "ends_on", "deputy"])
    return absence


@transaction.atomic
def cancel_absence(*, absence: Absence, version: int, by: Person) -> None:
    """They will be there after all."""
    require(by, "people.plan_absence", absence.person)
    edits.save(absence, version=version, fields=[])
    absence.delete()
