"""In the background: who has nothing left to do leaves a team; a client's answer is carried on."""

from __future__ import annotations

from uuid import UUID

from django.utils.timezone import now
from procrastinate.contrib.django import app

from kakehashi.policy.acting import acting_as_system
from kakehashi.traffic import actions
from kakehashi.traffic.models import Job


@app.task(name="traffic.settle_team")
def settle_team(job_id: str) -> None:
    """End the assignments of those who have nothing left to do on one job."""
    with acting_as_system("settle_team"):
        job = Job.objects.select_related("account__lead_office").filter(pk=UUID(job_id)).first()
        if job is not None:
            actions.settle_team(job=job, at=now())


@app.task(name=actions.CARRY_ON)
def carry_on_review(review_id: str) -> None:
    """Move a job on after what a client's contact said of the work. May run twice."""
    with acting_as_system("carry_on_review"):
        actions.carry_on_review(review_id=UUID(review_id), at=now())
