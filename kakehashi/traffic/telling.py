"""Who hears of tasks: whoever is given one, whoever waited for it, whoever leads the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kakehashi import notify
from kakehashi.notify import actions
from kakehashi.traffic.models import Job, Task
from kakehashi.ui.formats import date_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection
    from uuid import UUID

    from kakehashi.people.models import Person

ASSIGNED, READY, ALL_DONE = "traffic.assigned", "traffic.ready", "traffic.all_done"
OF_TASK, OF_JOB = "task", "job"


def register() -> None:
    """Say how each kind is called, and what it says."""
    notify.register(ASSIGNED, label=gettext_lazy("A task is given to you"), render_all=_given)
    notify.register(READY, label=gettext_lazy("Your task can begin"), render_all=_ready)
    notify.register(
        ALL_DONE, label=gettext_lazy("All tasks of a job are done"), render_all=_all_done
    )


def assigned(task: Task, *, by: Person, at: dt.datetime) -> None:
    assert task.person is not None
    _tell(task.person, ASSIGNED, OF_TASK, task.pk, task.job, by, at)


def finished(task: Task, *, by: Person, at: dt.datetime) -> None:
    """Tell those whose task can begin now; when nothing is left, whoever leads the work."""
    left = Task.objects.filter(job=task.job_id, done_at=None)
    waiting = left.filter(waits_for__needs=task, person__isnull=False).select_related("person")
    for one in waiting.exclude(waits_for__needs__in=left).distinct():
        assert one.person is not None
        _tell(one.person, READY, OF_TASK, one.pk, task.job, by, at)
    leads = task.job.made_by or task.job.run_by
    if leads is not None and not left.exists():
        _tell(leads, ALL_DONE, OF_JOB, task.job_id, task.job, by, at)


def _tell(  # noqa: PLR0913, PLR0917 - what a notice consists of
    who: Person, kind: str, subject: str, subject_id: UUID, job: Job, by: Person, at: dt.datetime
) -> None:
    actions.tell(
        person=who, kind=kind, subject_kind=subject, subject_id=subject_id,
        account=job.account, by=by, at=at,
    )  # fmt: skip


def _tasks(ids: Collection[UUID | None]) -> list[Task]:
    rows = Task.objects.filter(pk__in=[pk for pk in ids if pk])
    return list(rows.select_related("job"))


def _given(ids: Collection[UUID | None]) -> dict[UUID | None, notify.Told]:
    return {task.pk: _told(task, _until(task)) for task in _tasks(ids)}


def _ready(ids: Collection[UUID | None]) -> dict[UUID | None, notify.Told]:
    said = _("What it waited for is done.")
    return {task.pk: _told(task, f"{said} {_until(task)}") for task in _tasks(ids)}


def _all_done(ids: Collection[UUID | None]) -> dict[UUID | None, notify.Told]:
    jobs = Job.objects.filter(pk__in=[pk for pk in ids if pk])
    said = _("All tasks are done: hand the work on.")
    return {
        job.pk: notify.Told(str(job), reverse("traffic:job", args=[job.pk]), said) for job in jobs
    }


def _told(task: Task, said: str) -> notify.Told:
    title = _("%(task)s (%(job)s)") % {"task": task.title, "job": str(task.job)}
    return notify.Told(title, reverse("traffic:job", args=[task.job_id]), said)


def _until(task: Task) -> str:
    if task.due_on is None:
        return _("It is yours now.")
    return _("It is yours, until %(day)s.") % {"day": date_text(task.due_on, "short")}
