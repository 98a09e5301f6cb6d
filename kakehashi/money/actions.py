"""Targets: set, changed, dropped. What stood before stays in their history."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.money import minor_units, quantised
from kakehashi.money.models import Target
from kakehashi.policy import edits
from kakehashi.policy.engine import require

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal
    from typing import Unpack

    from kakehashi.clients.models import Account
    from kakehashi.people.models import Office, Person


class Details(TypedDict):
    """What a target says."""

    first: dt.date
    last: dt.date
    measure: str
    currency: str
    amount: Decimal


@transaction.atomic
def set_target(
    *, of: Account | Office | Person, by: Person, at: dt.datetime, **details: Unpack[Details]
) -> Target:
    """Say what an account, an office or a person is to bring."""
    require(by, "money.set_target", of)
    target = Target(**{str(of._meta.model_name): of}, set_by=by, set_at=at)
    _describe(target, details)
    target.save(force_insert=True)
    return target


@transaction.atomic
def change_target(
    *, target: Target, version: int, by: Person, at: dt.datetime, **details: Unpack[Details]
) -> Target:
    """Of two who change it the second is told what stands now."""
    require(by, "money.change_target", target)
    target.set_by, target.set_at = by, at
    _describe(target, details)
    edits.save(target, version=version, fields=[*details, "set_by", "set_at"])
    return target


@transaction.atomic
def drop_target(*, target: Target, by: Person, at: dt.datetime) -> Target:
    """It is aimed at no longer."""
    require(by, "money.change_target", target)
    target.dropped_at = at
    edits.save(target, version=target.version, fields=["dropped_at"])
    return target


def _describe(target: Target, details: Details) -> None:
    for name, value in details.items():
        setattr(target, name, value)
    if quantised(target.amount, target.currency) != target.amount:
        told = {"currency": target.currency, "digits": minor_units(target.currency)}
        raise ValidationError({"amount": _("%(currency)s has %(digits)s decimal places.") % told})
    target.full_clean()
