"""Targets: set, changed, dropped; their history tells what stood before. Long sums: asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import parse_qsl

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.money import minor_units, quantised
from kakehashi.money import kept, printing
from kakehashi.money.analysis import Named
from kakehashi.money.asking import Asked, NotThere
from kakehashi.money.models import Tally, Target
from kakehashi.money.queries import tallies, targets
from kakehashi.money.queries.book import STEPS, books
from kakehashi.money.queries.tallies import sight
from kakehashi.money.shown import Shown
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.policy.queue import enqueue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from decimal import Decimal
    from typing import Unpack

    from kakehashi.money.rules import Whose
    from kakehashi.people.models import Person


ADD_UP = "money.add_up"


class Details(TypedDict):
    """What a target says."""

    first: dt.date
    last: dt.date
    measure: str
    currency: str
    amount: Decimal


@transaction.atomic
def set_target(*, of: Whose, by: Person, at: dt.datetime, **details: Unpack[Details]) -> Target:
    """Say what an account, a client family, an office or a person is to bring."""
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


def tally_of(*, asked: Asked, form: str, at: dt.datetime) -> Tally:
    """A portfolio that was added up for its reader, or is being; asked for where it is neither."""
    found = tallies.tally_of(asked.reader, form, _said(asked, form), today=asked.today, at=at)
    return found or ask_for_tally(asked=asked, form=form, at=at)


@transaction.atomic
def ask_for_tally(*, asked: Asked, form: str, at: dt.datetime) -> Tally:
    """Have a portfolio added up in the background, in place of what was added up before."""
    reader, question = asked.reader, _said(asked, form)
    Tally.objects.filter(person=reader, form=form, question=question).delete()
    details = {"day": asked.today, "sight": sight(), "asked_at": at}
    tally, is_new = Tally.objects.get_or_create(
        person=reader, form=form, question=question, defaults=details
    )
    if is_new:  # else somebody's other window was quicker
        enqueue(ADD_UP, tally_id=str(tally.pk), person_id=str(reader.pk))
    return tally


def _said(asked: Asked, form: str) -> str:
    """A page is of all currencies, a workbook of one."""
    return asked.address(asked.currency if form == Tally.Form.WORKBOOK else "")


@transaction.atomic
def add_up(*, tally: Tally, at: Callable[[], dt.datetime], say: Callable[[int], None]) -> None:
    """As its reader: add up what they see now. Of what is not there for them nothing is kept."""
    saw = sight()
    asked = Asked(dict(parse_qsl(tally.question)), tally.person, tally.day)
    try:
        result = (
            _workbook(asked, at(), say) if tally.form == Tally.Form.WORKBOOK else _page(asked, say)
        )
    except NotThere:
        tally.delete()
    else:
        done = {"sight": saw, "done": STEPS, "finished_at": at()}
        Tally.objects.filter(pk=tally.pk).update(**result, **done)


def _page(asked: Asked, say: Callable[[int], None]) -> dict[str, Any]:
    found = books(asked.question, Named(), say)
    standing = targets.standing(asked.scope, asked.months)
    brought = targets.brought(asked.scope, standing, asked.today)
    return {"found": {"books": kept.said(found), "brought": brought}}


def _workbook(asked: Asked, at: dt.datetime, say: Callable[[int], None]) -> dict[str, Any]:
    return {"file": printing.workbook(Shown(asked, books(asked.question, say=say)), at)}


def _describe(target: Target, details: Details) -> None:
    for name, value in details.items():
        setattr(target, name, value)
    if quantised(target.amount, target.currency) != target.amount:
        told = {"currency": target.currency, "digits": minor_units(target.currency)}
        raise ValidationError({"amount": _("%(currency)s has %(digits)s decimal places.") % told})
    target.full_clean()
