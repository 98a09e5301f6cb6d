"""Checks that nobody asked for: something changed, and the officer hears of what is new in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import ngettext, override

from kakehashi.conflicts.actions.checks import CHECK, hits_of
from kakehashi.conflicts.examining import examine
from kakehashi.conflicts.models import Check, Hit, Recheck
from kakehashi.conflicts.queries import changed
from kakehashi.conflicts.queries.facts import question_about
from kakehashi.conflicts.terms import Result
from kakehashi.handoffs import actions as balls
from kakehashi.handoffs.actions import About
from kakehashi.policy.engine import require
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.clients.models import Account
    from kakehashi.conflicts.examining import Struck
    from kakehashi.people.models import Person


def tell_how_far(*, percent: int, begins: bool, ends: bool, at: dt.datetime) -> None:
    """Write down how much of all accounts is checked again; to begin anew ends what was begun."""
    running = Recheck.objects.filter(finished_at=None)
    if begins:
        running.update(finished_at=at)
        Recheck.objects.create(begun_at=at)
    running.update(percent=percent, finished_at=at if ends else None)


@transaction.atomic
def recheck(*, account: Account, occasion: str, by: Person, at: dt.datetime) -> Check | None:
    """As an officer: check an account again; None where nothing is new.

    What an earlier check told, whatever was decided of it, and whom a wall keeps apart already, is
    not told again, unless its clause has changed since or it weighs more now. Nobody else learns
    that a check ran: there is no receipt.
    """
    require(by, "conflicts.run_check", None)
    today = localdate(at)
    found = examine(question_about(account, starts_on=today), today)
    known, apart = changed.known_of(account), changed.walled_off(account)
    check = Check(
        occasion=occasion, account=account, company=account.company,
        categories=account.categories, office=account.lead_office, starts_on=today,
        asked_at=at, ran_at=at, mode=found.mode, result=found.result,
    )  # fmt: skip
    struck = [one for one in found.hits if _counts(one) and not one.found.holder.spoken_for & apart]
    hits = [hit for hit in hits_of(check, struck) if not changed.is_known(known, hit)]
    if not hits:
        return None
    check.save(force_insert=True)
    Hit.objects.bulk_create(hits)
    _tell(check, len(hits), by, at)
    return check


def _counts(one: Struck) -> bool:
    return one.result != Result.CLEAR


def _tell(check: Check, number: int, by: Person, at: dt.datetime) -> None:
    assert check.account is not None  # what is checked again is on file
    with override(by.language):
        title = ngettext(
            "%(account)s: touches %(number)s client it did not touch before",
            "%(account)s: touches %(number)s clients it did not touch before",
            number,
        ) % {"account": reader_name(check.account), "number": number}
        note = str(check.get_occasion_display())
    balls.ask(
        of=by,
        title=title[:200],
        note=note,
        account=check.account,
        private=True,
        kind=CHECK,
        about=About(CHECK, check.pk, reverse("conflicts:check", args=[check.pk])),
        by=by,
        at=at,
    )
