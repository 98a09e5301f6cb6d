"""Questions about jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.traffic.models import Job

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from uuid import UUID


def names_of_jobs(ids: AbstractSet[UUID]) -> dict[UUID, str]:
    """Number and title of those jobs that the acting person sees."""
    return {job.pk: str(job) for job in Job.objects.filter(pk__in=ids)}
