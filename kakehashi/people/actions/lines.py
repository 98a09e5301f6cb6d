"""Reporting lines: one solid line at a time, any number of dotted ones, never a circle."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from kakehashi.people import rules
from kakehashi.people.actions.saving import changed, ended, made, refuse
from kakehashi.people.models import ReportingLine
from kakehashi.people.queries import doors, structure
from kakehashi.policy.engine import require
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    from kakehashi.people.models import Person

SOLID = ReportingLine.Kind.SOLID


@transaction.atomic
def set_reporting_line(
    *,
    person: Person,
    superior: Person,
    starts_on: dt.date,
    by: Person,
    kind: str = SOLID,
    ends_on: dt.date | None = None,
) -> ReportingLine:
    """From a day on somebody reports to another; a solid line ends the one before it."""
    require(by, "people.set_reporting_line", person)
    line = ReportingLine(
        person=person, superior=superior, kind=kind, starts_on=starts_on, ends_on=ends_on
    )
    return draw(line)


@transaction.atomic
def end_reporting_line(*, line: ReportingLine, version: int, on: dt.date, by: Person) -> None:
    """The last day on which a line holds."""
    require(by, "people.set_reporting_line", line.person)
    ended(line, version=version, on=on)


def draw(line: ReportingLine) -> ReportingLine:
    """Write a line; what stands while the chain is checked stands until this is written."""
    doors.lock_structure()
    refuse(
        rules.not_employed(line.person, line.starts_on),
        rules.not_working_on(line.superior, line.starts_on),
    )
    if line.kind == SOLID and (replaced := _held_on(line.person, line.starts_on)):
        if replaced.starts_on == line.starts_on:
            replaced.superior, replaced.ends_on = line.superior, line.ends_on
            refuse(_circle(replaced))
            changed(replaced, version=replaced.version, fields=["superior", "ends_on"])
            return replaced
        ended(replaced, version=replaced.version, on=line.starts_on - dt.timedelta(days=1))
    refuse(_circle(line))
    return made(line)


def _held_on(person: Person, day: dt.date) -> ReportingLine | None:
    return person.lines_up.filter(during(day, day), kind=SOLID).first()


def _circle(line: ReportingLine) -> str | None:
    return rules.makes_a_circle(line, structure.solid_lines_beside(line))
