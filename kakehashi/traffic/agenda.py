"""What this package puts into a person's calendar: their tasks, and when what they run is live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.people.feeds import Event, window
from kakehashi.traffic import states
from kakehashi.traffic.models import Job, Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakehashi.people.models import Person


def events(person: Person) -> Iterator[Event]:
    """Tasks from their first to their last day; live dates of jobs somebody runs or leads."""
    first, last = window(localdate())
    tasks = Task.objects.filter(person=person, done_at=None, due_on__range=(first, last))
    for task in (
        tasks.exclude(job__production__in=states.ENDED).select_related("job").order_by("pk")
    ):
        assert task.due_on is not None
        yield Event(
            key=f"task:{task.pk}",
            title=f"{task.job.number}: {task.title}",
            starts=task.starts_on or task.due_on,
            ends=task.due_on,
            path=reverse("traffic:job", args=[task.job_id]),
            note=task.job.title,
            version=task.version,
        )
    live = Job.objects.filter(live_on__range=(first, last)).exclude(production=states.CANCELLED)
    mine = live.filter(run_by=person).union(live.filter(made_by=person))
    for job in sorted(mine, key=lambda one: one.pk):
        assert job.live_on is not None
        yield Event(
            key=f"live:{job.pk}",
            title=_("%(job)s is live") % {"job": str(job)},
            starts=job.live_on,
            path=reverse("traffic:job", args=[job.pk]),
            version=job.version,
        )
