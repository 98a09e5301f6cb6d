"""Saving what a person edited, without overwriting what somebody else did meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kakehashi.policy.models import Change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kakehashi.policy.rows import EditedRow


class Stale(ValidationError):
    """Somebody else saved the same row after this person had opened it."""


def save(row: EditedRow, *, version: int, fields: Iterable[str]) -> None:
    """Write `fields` if the row is still at `version`; raises Stale, telling by whom, if not."""
    values = {name: getattr(row, name) for name in fields}
    manager = type(row)._default_manager
    changed = manager.filter(pk=row.pk, version=version).update(**values, version=F("version") + 1)
    if not changed:
        raise stale(row)
    row.version = version + 1


def stale(row: EditedRow) -> Stale:
    """The refusal to overwrite, telling who saved meanwhile."""
    return Stale(_told(row), code="stale")


def _told(row: EditedRow) -> str:
    last = Change.objects.filter(source=row._meta.db_table, row=str(row.pk)).order_by("-id").first()
    if last is None:
        return _(
            "Somebody else changed this meanwhile. Nothing was overwritten: compare and save again."
        )
    return _("%(who)s changed this at %(at)s. Nothing was overwritten: compare and save again.") % {
        "who": _name(last),
        "at": date_format(localtime(last.at), "SHORT_DATETIME_FORMAT"),
    }


def _name(change: Change) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_person WHERE id = %s", [change.by_id])
        found = cursor.fetchone()
    return found[0] if found else _("Somebody else")
