"""In the background: who is affected by a wall is told, what has ended is flagged, attempts told.

Each is done as a conflicts officer; only who that is is found as nobody in particular.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from kakehashi.clients.models import Account
from kakehashi.conflicts import actions
from kakehashi.conflicts.models import Check, ConsentRequest, Wall
from kakehashi.conflicts.queries import ruling
from kakehashi.conflicts.queries import walls as queries
from kakehashi.conflicts.queries.changed import (
    SINCE_LAST_NIGHT,
    accounts_after,
    accounts_to_check,
    is_ruled_otherwise,
)
from kakehashi.conflicts.terms import Occasion
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as, acting_as_system
from kakehashi.policy.queue import enqueue

if TYPE_CHECKING:
    from procrastinate.tasks import Task

log = logging.getLogger(__name__)
A_DAY = dt.timedelta(days=1)
A_MOMENT = dt.timedelta(minutes=20)  # more than lies between two looks
AT_A_TIME = 50  # accounts; a check that hits thousands takes a second to be kept


@app.task(name="conflicts.tell_affected")
def tell_affected(wall_id: str, officer_id: str) -> None:
    """Tell everybody on a side of a wall who was not told yet."""
    with acting_as(UUID(officer_id)):
        wall = Wall.objects.filter(pk=wall_id, lifted_at=None).first()
        if wall is not None:  # to somebody who is no officer any more there is none
            officer = Person.objects.get(pk=officer_id)
            actions.tell_affected(wall=wall, by=officer, at=now())


@app.task(name="conflicts.run_check")
def run_check(check_id: str, officer_id: str) -> None:
    """Find what somebody's case touches, as the officer it was referred to."""
    with acting_as(UUID(officer_id)):
        check = Check.objects.filter(pk=check_id, ran_at=None).first()
        if check is not None:
            officer = Person.objects.get(pk=officer_id)
            actions.run_check(check=check, by=officer, at=now())


@app.task(name="conflicts.take_up_consent")
def take_up_consent(request_id: str, officer_id: str) -> None:
    """A client has answered: as the officer who asked, draw what follows from it."""
    with acting_as(UUID(officer_id)):
        request = ConsentRequest.objects.filter(pk=request_id).first()
        if request is not None:
            officer = Person.objects.get(pk=officer_id)
            actions.take_up_consent(request=request, by=officer, at=now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="conflicts.watch")
def watch(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Have newcomers told what the walls around them change."""
    with acting_as_system("watch_walls"):
        for wall in queries.walls_with_news():
            if officer := queries.keeper_of(wall, localdate()):
                enqueue(
                    tell_affected,
                    lock=f"wall {wall.pk}",
                    wall_id=str(wall.pk),
                    officer_id=str(officer.pk),
                )


@app.periodic(cron="*/10 * * * *")
@app.task(name="conflicts.ask_for_rule")
def ask_for_rule(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Ask the first officer of an agency that is being set up how it treats rivals."""
    with acting_as_system("watch_walls"):
        agency = ruling.agency() if ruling.is_open() else None
        officer = next(iter(queries.officers(localdate())), None) if agency else None
    if agency is not None and officer is not None:
        with acting_as(officer):
            actions.ask_for_rule(agency=agency, by=officer, at=now())


@app.periodic(cron="10 0 * * *")
@app.task(name="conflicts.flag_ended_grounds")
def flag_ended_grounds(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Flag walls whose ground has ended: no wall falls by date."""
    today = localdate()
    with acting_as_system("watch_walls"):
        ended = [(wall, queries.keeper_of(wall, today)) for wall in queries.ended(today)]
    for wall, officer in ended:
        if officer is None:
            log.warning("a wall whose ground has ended has no officer to ask")
            continue
        with acting_as(officer):
            actions.flag_ended(wall=Wall.objects.get(pk=wall.pk), by=officer, at=now())


@app.periodic(cron="30 0 * * *")
@app.task(name="conflicts.report_attempts")
def report_attempts(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Tell the officers, as themselves, at which walls somebody asked for what is behind them."""
    with acting_as_system("watch_walls"):
        officers = queries.officers(localdate())
    for officer in officers:
        with acting_as(officer):
            actions.tell_attempts(officer=officer, since=now() - A_DAY, at=now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="conflicts.recheck_changed")
def recheck_changed(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Check again what changed a moment ago: families, categories, what was promised to whom."""
    _have_checked(now() - A_MOMENT)


@app.periodic(cron="50 0 * * *")
@app.task(name="conflicts.recheck_nightly")
def recheck_nightly(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Check again whatever changed in a day: what was told already is not told twice.

    All accounts are, if the agency judges otherwise than the day before.
    """
    since = now() - SINCE_LAST_NIGHT
    _have_checked(since)
    with acting_as_system("watch_walls"):
        if is_ruled_otherwise(since):
            enqueue(recheck_all, lock="recheck all")


def _have_checked(since: dt.datetime) -> None:
    with acting_as_system("watch_walls"):
        for account_id, occasion in accounts_to_check(since).items():
            task = RECHECKS[occasion]
            enqueue(task, lock=f"recheck {account_id}", account_id=str(account_id))


def _rechecking(name: str, occasion: Occasion) -> Task[Any, Any, Any]:
    """A task that checks an account again; its name says why, for a task is given ids alone."""

    @app.task(name=f"conflicts.{name}")
    def again(account_id: str) -> None:
        _recheck(account_id, occasion)

    return again


RECHECKS = {
    occasion: _rechecking(name, occasion)
    for name, occasion in {
        "recheck_promised": Occasion.COMMITMENT,  # it may be hit by what a client was promised
        "recheck_merged": Occasion.MERGER,  # its family is another than before
        "recheck_advertised": Occasion.BRAND,  # it advertises something else
        "recheck_declared": Occasion.NIGHTLY,  # of its rivals something was declared
    }.items()
}


@app.task(name="conflicts.recheck_all")
def recheck_all(after_id: str = "") -> None:
    """Check every account again because the agency judges otherwise, some at a time.

    What comes next is asked for first: a worker that stops begins again with these, which tells
    nothing twice, and one of them that fails holds up none behind it.
    """
    with acting_as_system("watch_walls"):
        batch = accounts_after(UUID(after_id) if after_id else None, AT_A_TIME)
        if batch.accounts:
            enqueue(recheck_all, lock="recheck all", after_id=str(batch.accounts[-1]))
        actions.tell_how_far(
            percent=batch.percent, begins=not after_id, ends=not batch.accounts, at=now()
        )
    for account_id in batch.accounts:
        _recheck(str(account_id), Occasion.RULE)


def _recheck(account_id: str, occasion: Occasion) -> None:
    """As the first officer who sees the account."""
    with acting_as_system("watch_walls"):
        officers = queries.officers(localdate())
    for officer in officers:
        with acting_as(officer):
            rows = Account.objects.select_related("company", "lead_office")
            account = rows.filter(pk=account_id).first()
            if account is not None:
                actions.recheck(account=account, occasion=occasion, by=officer, at=now())
                return
    log.warning("an account that changed has no officer who could check it")


@app.periodic(cron="10 1 * * *")
@app.task(name="conflicts.remind")
def remind(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Remind officers, as themselves, of what ends soon."""
    with acting_as_system("watch_walls"):
        officers = queries.officers(localdate())
    for officer in officers:
        with acting_as(officer):
            actions.remind(officer=officer, at=now())
