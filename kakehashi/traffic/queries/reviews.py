"""What clients are shown of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.traffic.models import Review

if TYPE_CHECKING:
    from uuid import UUID

    from kakehashi.traffic.models import Job


def one(pk: UUID) -> Review:
    """A review with who is asked and who asks. Raises Review.DoesNotExist behind the wall."""
    rows = Review.objects.select_related("account", "asked_of", "asked_by", "answered_by")
    return rows.get(pk=pk)


def of_job(job: Job) -> list[Review]:
    """What the client was shown of a job, the latest first."""
    rows = Review.objects.filter(job=job).select_related("asked_of", "answered_by")
    return list(rows.order_by("-round"))
