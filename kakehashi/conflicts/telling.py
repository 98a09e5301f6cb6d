"""What officers hear of: somebody asked for pages that a wall hides from them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy, ngettext

from kakehashi import notify
from kakehashi.conflicts.actions.walls import TRIED
from kakehashi.conflicts.models import Wall
from kakehashi.conflicts.queries import walls as queries

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

TOLD_OF = dt.timedelta(days=7)


def register() -> None:
    """Say how the kind is called, and what it says."""
    label = gettext_lazy("Somebody asked for what a wall hides")
    notify.register(TRIED, label=label, render_all=_tried)


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


def _how_often(number: int) -> str:
    said = ngettext(
        "%(number)s page behind this wall was asked for in the last 7 days.",
        "%(number)s pages behind this wall were asked for in the last 7 days.",
        number,
    )
    return said % {"number": number}
