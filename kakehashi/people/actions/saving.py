"""How rows of this package are written: a rule's no is heard, the database's no is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kakehashi.policy import edits
from kakehashi.policy.engine import Refused
from kakehashi.policy.integrity import spoken

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from kakehashi.people.models import Employment, ReportingLine, Role
    from kakehashi.policy.rows import EditedRow, Row

    DatedRow = Employment | ReportingLine | Role

R = TypeVar("R", bound="Row")


def refuse(*objections: str | None) -> None:
    """Raise the first objection there is."""
    for reason in objections:
        if reason:
            raise Refused(reason)


def made(row: R) -> R:
    """Check and insert a new row."""
    row.full_clean()
    with spoken(type(row)):
        row.save(force_insert=True)
    return row


def changed(row: EditedRow, *, version: int, fields: Iterable[str]) -> None:
    """Check and write fields of a row that is still at `version`."""
    row.full_clean()
    with spoken(type(row)):
        edits.save(row, version=version, fields=fields)


def ended(row: DatedRow, *, version: int, on: dt.date) -> None:
    """Let a dated row end on a day; what was to begin later never comes true."""
    if row.starts_on > on:
        edits.save(row, version=version, fields=[])
        row.delete()
    else:
        row.ends_on = on
        changed(row, version=version, fields=["ends_on"])
