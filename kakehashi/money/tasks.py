"""In the background: sums that lists are sorted by, and portfolios too large to be waited for."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from kakehashi.money import actions, queries
from kakehashi.money.models import Tally
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as, acting_as_system
from kakehashi.policy.progress import Progress

KEEP_TALLIES = dt.timedelta(days=1)


@app.periodic(cron="23 * * * *")
@app.task(name="money.keep_years")
def keep_years(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Add up the years of this month once; there is nothing to do at most hours."""
    with acting_as_system("keep_years"):
        queries.keep_years(localdate())


@app.task(name=actions.ADD_UP)
def add_up(tally_id: str, person_id: str) -> None:
    """Add up a portfolio for one person, as they see things now. Done twice, it is done once."""
    with acting_as(UUID(person_id)):
        language = Person.objects.values_list("language", flat=True).get(pk=person_id)
    with translation.override(language), Progress(Tally, UUID(tally_id)) as progress:
        try:
            with acting_as(UUID(person_id)):
                waiting = Tally.objects.select_related("person").filter(finished_at=None)
                tally = waiting.filter(pk=tally_id).first()
                if tally is not None:
                    actions.add_up(tally=tally, at=now, say=lambda done: progress.tell(done=done))
        except Exception:
            reason = _("Something went wrong on our side. Try again.")
            progress.tell(finished_at=now(), error=reason)
            raise


@app.periodic(cron="41 * * * *")
@app.task(name="money.clear_old_tallies")
def clear_old_tallies(timestamp: int) -> None:
    """What was added up counts for an hour; after a day nobody asks for its file either."""
    moment = dt.datetime.fromtimestamp(timestamp, dt.UTC)
    with acting_as_system("clear_old_tallies"):
        Tally.objects.filter(asked_at__lt=moment - KEEP_TALLIES).delete()
