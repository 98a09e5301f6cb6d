"""What is done with the tasks of a job: plan them, give them to somebody, begin and finish them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc, one_line
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.traffic import telling, workback
from kakehashi.traffic.actions import team
from kakehashi.traffic.models import Dependency, Task
from kakehashi.traffic.workback import Step

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from kakehashi.people.models import Person
    from kakehashi.traffic.models import Job

PLANNED = ("title", "role", "person", "days", "starts_on", "due_on")


@transaction.atomic
def add_task(  # noqa: PLR0913 - what makes a task
    *,
    job: Job,
    title: str,
    by: Person,
    at: dt.datetime,
    role: str = "",
    person: Person | None = None,
    days: int = 1,
    starts_on: dt.date | None = None,
    due_on: dt.date | None = None,
    after: Collection[Task] = (),
) -> Task:
    """Add a task to a job, with whoever does it: they see the job from then on."""
    require(by, "traffic.plan_job", job)
    last = job.tasks.aggregate(last=Max("place"))["last"] or 0
    task = Task(account=job.account, job=job, place=last + 1)
    _write(task, title, role, person, days, starts_on, due_on)
    task.save(force_insert=True)
    _wait_for(task, after)
    _give(task, None, by, at)
    return task


@transaction.atomic
def edit_task(  # noqa: PLR0913 - what makes a task
    *,
    task: Task,
    version: int,
    title: str,
    role: str,
    person: Person | None,
    days: int,
    starts_on: dt.date | None,
    due_on: dt.date | None,
    after: Collection[Task],
    by: Person,
    at: dt.datetime,
) -> Task:
    """Change a task, or give it to somebody else."""
    require(by, "traffic.plan_task", task)
    had = task.person_id
    _write(task, title, role, person, days, starts_on, due_on)
    edits.save(task, version=version, fields=PLANNED)
    _wait_for(task, after)
    _give(task, had, by, at)
    return task


@transaction.atomic
def remove_task(*, task: Task, by: Person) -> None:
    """Take a task out of the plan; what waited for it waits for what it waited for."""
    require(by, "traffic.plan_task", task)
    before = list(task.waits_for.values_list("needs_id", flat=True))
    for waiting in task.awaited_by.all():
        known = set(Dependency.objects.filter(task=waiting.task_id).values_list("needs", flat=True))
        Dependency.objects.bulk_create(
            Dependency(
                account_id=task.account_id, job_id=task.job_id, task_id=waiting.task_id, needs_id=pk
            )
            for pk in before
            if pk not in known
        )
    job = task.job
    task.delete()
    team.look_over_team(job)


@transaction.atomic
def begin_task(*, task: Task, by: Person, at: dt.datetime) -> Task:
    """Say that somebody works on it now."""
    require(by, "traffic.do_task", task)
    if task.begun_at is None and not task.is_done:
        task.begun_at = at
        edits.save(task, version=task.version, fields=("begun_at",))
    return task


@transaction.atomic
def finish_task(*, task: Task, by: Person, at: dt.datetime) -> Task:
    """Say that it is done: who waits for it is told, and whoever leads the work when all is."""
    require(by, "traffic.finish_task", task)
    task.begun_at = task.begun_at or at
    task.done_at, task.done_by = at, by
    edits.save(task, version=task.version, fields=("begun_at", "done_at", "done_by"))
    telling.finished(task, by=by, at=at)
    team.look_over_team(task.job)
    return task


@transaction.atomic
def reopen_task(*, task: Task, by: Person, at: dt.datetime) -> Task:
    """Say that it is not done after all."""
    require(by, "traffic.reopen_task", task)
    task.done_at = task.done_by = None
    edits.save(task, version=task.version, fields=("done_at", "done_by"))
    if task.person is not None and task.person != by:
        telling.assigned(task, by=by, at=at)
    return task


def _write(  # noqa: PLR0913, PLR0917 - what makes a task
    task: Task,
    title: str,
    role: str,
    person: Person | None,
    days: int,
    starts_on: dt.date | None,
    due_on: dt.date | None,
) -> None:
    task.title, task.role, task.person, task.days = one_line(nfkc(title)), role, person, days
    task.starts_on, task.due_on = starts_on, due_on
    task.clean_fields(exclude=["account", "job", "person"])
    task.validate_constraints(exclude=["account", "job"])


def _wait_for(task: Task, after: Collection[Task]) -> None:
    """Write what a task waits for; raises where tasks would wait for each other."""
    wanted = {one.pk for one in after}
    if any(one.job_id != task.job_id for one in after) or task.pk in wanted:
        raise ValidationError({"after": _("Choose other tasks of this job.")})
    links = Dependency.objects.filter(job=task.job_id)
    mine = links.filter(task=task)
    mine.exclude(needs__in=wanted).delete()
    known = set(mine.values_list("needs_id", flat=True))
    Dependency.objects.bulk_create(
        Dependency(account_id=task.account_id, job_id=task.job_id, task=task, needs_id=pk)
        for pk in sorted(wanted - known)
    )
    refuse_circle(task.job)


def refuse_circle(job: Job) -> None:
    """Raise ValidationError where tasks of a job wait for each other."""
    after: dict[object, set[object]] = {pk: set() for pk in job.tasks.values_list("pk", flat=True)}
    for task, needs in Dependency.objects.filter(job=job).values_list("task_id", "needs_id"):
        after[task].add(needs)
    try:
        workback.in_order([Step(pk, 1, Everyday(), frozenset(one)) for pk, one in after.items()])
    except workback.Circle as circle:
        raise ValidationError({"after": _("These tasks would wait for each other.")}) from circle


class Everyday:
    """A calendar for who only asks for the order."""

    def is_working_day(self, _day: dt.date) -> bool:
        return True


def _give(task: Task, had: object, by: Person, at: dt.datetime) -> None:
    """Whoever has a task is on the job's team, and is told."""
    if task.person_id == had:
        return
    if task.person is not None:
        team.assign(task.job, task.person, at=at)
        telling.assigned(task, by=by, at=at)
    if had is not None:
        team.look_over_team(task.job)
