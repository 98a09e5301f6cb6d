"""In the background: who has nothing left to do on a job leaves its team."""

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
