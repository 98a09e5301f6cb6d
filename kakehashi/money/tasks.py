"""In the background: the sums that lists are sorted by are ready before they are asked for."""

from __future__ import annotations

from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from kakehashi.money import queries
from kakehashi.policy.acting import acting_as_system


@app.periodic(cron="23 * * * *")
@app.task(name="money.keep_years")
def keep_years(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Add up the years of this month once; there is nothing to do at most hours."""
    with acting_as_system("keep_years"):
        queries.keep_years(localdate())
