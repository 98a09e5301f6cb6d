"""The plan of a job: its tasks from a template, their dates counted back from the live date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from kakehashi.policy.engine import require
from kakehashi.traffic import workback
from kakehashi.traffic.models import Dependency, Task
from kakehashi.traffic.queries import plans

if TYPE_CHECKING:
    from kakehashi.people.models import Person
    from kakehashi.traffic.models import Job, Template


@transaction.atomic
def use_template(*, job: Job, template: Template, by: Person) -> list[Task]:
    """Add the tasks of a template to a job, each after those it waits for; dates come later."""
    require(by, "traffic.plan_job", job)
    last = job.tasks.aggregate(last=Max("place"))["last"] or 0
    made: dict[int, Task] = {}
    for line in template.tasks.order_by("place"):
        made[line.place] = Task(
            account=job.account, job=job, place=last + len(made) + 1, role=line.role,
            title=plans.title_of(line), days=line.days,
        )  # fmt: skip
    Task.objects.bulk_create(made.values())
    Dependency.objects.bulk_create(
        Dependency(account=job.account, job=job, task=made[line.place], needs=made[before])
        for line in template.tasks.order_by("place")
        for before in sorted(set(line.after))
        if before in made
    )
    return list(made.values())


@transaction.atomic
def plan_back(*, job: Job, by: Person) -> list[Task]:
    """Count the dates of what is not done back from the live date, in each one's own calendar."""
    require(by, "traffic.plan_back", job)
    tasks = plans.tasks_of(job)
    if job.live_on is None:
        return []
    try:
        spans = workback.back_from(job.live_on, plans.steps(job, tasks))
    except workback.NoDays as nobody:
        raise ValidationError(
            _("Somebody on this job has no working day for two years: check their hours.")
        ) from nobody
    changed = [task for task in tasks if not task.is_done and _dates(task) != spans[task.pk]]
    for task in changed:
        task.starts_on, task.due_on = spans[task.pk]
        Task.objects.filter(pk=task.pk).update(
            starts_on=task.starts_on, due_on=task.due_on, version=F("version") + 1
        )
    return changed


def _dates(task: Task) -> tuple[object, object]:
    return task.starts_on, task.due_on
