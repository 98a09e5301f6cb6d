"""What somebody who leaves still has to do on jobs, and how it ends behind a wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from kakehashi.people.holdings import Holding
from kakehashi.traffic.models import Assignment, Job, Task
from kakehashi.traffic.models.jobs import IS_OPEN

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kakehashi.people.models import Person


def held_by(person: Person, _on: dt.date) -> Iterator[Holding]:
    """Open tasks of theirs, and open jobs they run."""
    tasks = Task.objects.filter(person=person, done_at=None).select_related("job")
    for task in tasks.order_by("due_on", "pk"):
        path = reverse("traffic:job", args=[task.job_id])
        yield Holding(_("Task"), f"{task.job.number}: {task.title}", path)
    for job in Job.objects.filter(IS_OPEN, run_by=person).order_by("live_on", "pk"):
        yield Holding(_("Runs the job"), str(job), reverse("traffic:job", args=[job.pk]))


def settle(person: Person, on: dt.date) -> None:
    """Their tasks are nobody's again, and they are on no team any more."""
    Task.objects.filter(person=person, done_at=None).update(person=None, version=F("version") + 1)
    lasting = Assignment.objects.filter(person=person, ends_on=None)
    lasting.filter(starts_on__lte=on).update(ends_on=on, version=F("version") + 1)
