"""What officers hear of: pages asked for that a wall hides, and what ends soon."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kakehashi import notify
from kakehashi.conflicts.actions.reminding import ENDING
from kakehashi.conflicts.actions.walls import TRIED
from kakehashi.conflicts.models import Consent, SeatPermit, Wall
from kakehashi.conflicts.queries import walls as queries
from kakehashi.conflicts.queries.ending import COOLING, by_ids
from kakehashi.ui.formats import date_text, reader_name

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from kakehashi.conflicts.queries.ending import Ending

TOLD_OF = dt.timedelta(days=7)


def register() -> None:
    """Say how the kind is called, and what it says."""
    label = gettext_lazy("Somebody asked for what a wall hides")
    notify.register(TRIED, label=label, render_all=_tried)
    label = gettext_lazy("Something of conflicts ends soon")
    notify.register(ENDING, label=label, render_all=_ending)


def _tried(ids: Collection[UUID | None]) -> dict[UUID | None, notify.Told]:
    if not queries.is_officer():
        return {}
    counted = queries.walls_tried(now() - TOLD_OF)
    walls = Wall.objects.filter(pk__in=[pk for pk in ids if pk and pk in counted])
    return {
        wall.pk: notify.Told(
            wall.name, reverse("conflicts:report", args=[wall.pk]), _how_often(counted[wall.pk])
        )
        for wall in walls
    }


def _ending(ids: Collection[UUID | None]) -> dict[UUID | None, notify.Told]:
    if not queries.is_officer():
        return {}
    found = by_ids([pk for pk in ids if pk])
    return {one.id: notify.Told(*_what(one), _on(one)) for one in found}


def _what(one: Ending) -> tuple[str, str]:
    """What ends, and where it stands."""
    register = reverse("conflicts:register")
    if isinstance(one.row, Wall):
        said = _("What a wall stands on ends: %(wall)s") % {"wall": one.row.name}
        return said, reverse("conflicts:wall", args=[one.id])
    account = reader_name(one.row.account)
    if isinstance(one.row, SeatPermit):
        said = _("A permitted seat ends: %(person)s, %(account)s")
        words = {"person": reader_name(one.row.person), "account": account}
        return said % words, reverse("conflicts:staffing", args=[one.row.account_id])
    if one.what == COOLING:
        said = _("A cooling-off ends: %(account)s")
    elif isinstance(one.row, Consent):
        said = _("A consent lapses: %(account)s")
    else:
        said = _("A commitment ends: %(account)s")
    return said % {"account": account}, register


def _on(one: Ending) -> str:
    return _("On %(day)s") % {"day": date_text(one.on, "long")}


def _how_often(number: int) -> str:
    said = ngettext(
        "%(number)s page behind this wall was asked for in the last 7 days.",
        "%(number)s pages behind this wall were asked for in the last 7 days.",
        number,
    )
    return said % {"number": number}
