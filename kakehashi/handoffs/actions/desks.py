"""Desks: places that are asked instead of a person, and who keeps them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.handoffs.models import Desk, Keeper
from kakehashi.people.actions.saving import changed, made
from kakehashi.people.rules import not_working_on
from kakehashi.policy.engine import require
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    from kakehashi.people.models import Office, Person


@transaction.atomic
def open_desk(*, office: Office, name: str, by: Person, name_en: str = "") -> Desk:
    """A desk of an office. Nobody can ask it before somebody keeps it."""
    require(by, "handoffs.keep_desks", None)
    return made(Desk(office=office, name=name.strip(), name_en=name_en.strip()))


@transaction.atomic
def keep_desk(*, desk: Desk, person: Person, starts_on: dt.date, by: Person) -> Keeper:
    """Somebody keeps a desk from a day on; whoever kept it until then does so to the day before.

    What waits at the desk goes to the new keeper by a task (tasks.pass_stranded).
    """
    require(by, "handoffs.keep_desks", None)
    if not person.is_ours:
        raise ValidationError({"person": _("Choose one of our own people.")})
    if no := not_working_on(person, starts_on):
        raise ValidationError({"person": no})
    for keeper in desk.keepers.filter(during(starts_on)):
        if keeper.starts_on >= starts_on:
            raise ValidationError({"starts_on": _("Somebody keeps it from that day on already.")})
        keeper.ends_on = starts_on - dt.timedelta(days=1)
        changed(keeper, version=keeper.version, fields=["ends_on"])
    return made(Keeper(desk=desk, person=person, starts_on=starts_on))
