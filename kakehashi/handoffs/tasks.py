"""In the background: a ball whose holder cannot answer it any more goes to somebody who can."""

from __future__ import annotations

import logging
from uuid import UUID

from django.utils.timezone import now
from procrastinate.contrib.django import app

from kakehashi.handoffs import actions, queries
from kakehashi.policy.acting import acting_as_system
from kakehashi.policy.queue import enqueue

log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="handoffs.find_stranded")
def find_stranded(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Look for balls nobody can answer where they are, each passed on by a task of its own."""
    with acting_as_system("pass_stranded"):
        for ball_id in queries.stranded():
            enqueue(pass_stranded, lock=f"ball {ball_id}", ball_id=str(ball_id))


@app.task(name="handoffs.pass_stranded")
def pass_stranded(ball_id: str) -> None:
    """Give one ball to whoever leads the account or keeps the desk now, else to who asked."""
    with acting_as_system("pass_stranded"):
        ball = queries.one(UUID(ball_id))
        if not ball.is_open or not queries.is_stranded(ball):
            return
        heir = queries.heir_of(ball)
        if heir is None:
            log.warning("ball %s waits for somebody who cannot answer; nobody else can", ball_id)
            return
        actions.pass_stranded(ball=ball, to=heir, at=now())
