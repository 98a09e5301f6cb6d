"""Tasks of a job: add, edit, take out, begin, finish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kakehashi.clients.web.answers import Page, answer
from kakehashi.policy.engine import Refused, objection
from kakehashi.traffic import actions
from kakehashi.traffic.models import Task
from kakehashi.traffic.queries import plans
from kakehashi.traffic.web.forms.tasks import AddTaskForm, EditTaskForm, UseTemplateForm
from kakehashi.traffic.web.views.jobs import address_of, crumbs, job_or_404

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.traffic.models import Job


def task_or_404(pk: UUID, task_pk: UUID) -> Task:
    rows = Task.objects.select_related("job__account__lead_office", "job__made_by", "job__run_by")
    return get_object_or_404(rows.select_related("person"), pk=task_pk, job=pk)


def plan_of(job: Job) -> str:
    return f"{address_of(job)}#plan"


def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = job_or_404(pk)
    form = AddTaskForm(request.POST or None, tasks=plans.tasks_of(job))
    page = Page(
        title=_("New task"),
        submit=_("Add the task"),
        back=plan_of(job),
        crumbs=crumbs(job),
        objection=objection(request.person, "traffic.plan_job", job),
    )

    def act(data: dict[str, Any]) -> None:
        actions.add_task(job=job, by=request.person, at=now(), **data)

    return answer(request, page, form, act, lambda: (plan_of(job), _("The task is added.")))


def edit(request: HttpRequest, pk: UUID, task_pk: UUID) -> HttpResponse:
    task = task_or_404(pk, task_pk)
    form = EditTaskForm(request.POST or None, row=task, tasks=plans.tasks_of(task.job))
    page = Page(
        title=_("Edit the task"),
        submit=_("Save"),
        back=plan_of(task.job),
        crumbs=crumbs(task.job),
        objection=objection(request.person, "traffic.plan_task", task),
        template="traffic/task.html",
        context={"remove": reverse("traffic:remove-task", args=[pk, task_pk])},
    )

    def act(data: dict[str, Any]) -> None:
        actions.edit_task(task=task, by=request.person, at=now(), **{"after": [], **data})

    return answer(request, page, form, act, lambda: (plan_of(task.job), _("Saved.")))


def use_template(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = job_or_404(pk)
    form = UseTemplateForm(request.POST or None, job=job)
    page = Page(
        title=_("Tasks from a template"),
        submit=_("Add these tasks"),
        back=plan_of(job),
        crumbs=crumbs(job),
        objection=objection(request.person, "traffic.plan_job", job),
    )
    made: list[Task] = []

    def act(data: dict[str, Any]) -> None:
        made.extend(actions.use_template(job=job, by=request.person, **data))

    def after() -> tuple[str, str]:
        return plan_of(job), _("%(n)s tasks are added.") % {"n": len(made)}

    return answer(request, page, form, act, after)


def _done(
    request: HttpRequest, pk: UUID, task_pk: UUID, act: Callable[[Task], Any], said: str
) -> HttpResponse:
    """One press of a button, then back to where it was pressed."""
    task = task_or_404(pk, task_pk)
    try:
        act(task)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("/" if request.POST.get("from") == "home" else plan_of(task.job))


@require_POST
def begin(request: HttpRequest, pk: UUID, task_pk: UUID) -> HttpResponse:
    def act(task: Task) -> None:
        actions.begin_task(task=task, by=request.person, at=now())

    return _done(request, pk, task_pk, act, _("It is begun."))


@require_POST
def finish(request: HttpRequest, pk: UUID, task_pk: UUID) -> HttpResponse:
    def act(task: Task) -> None:
        actions.finish_task(task=task, by=request.person, at=now())

    return _done(request, pk, task_pk, act, _("It is done. Who waited for it is told."))


@require_POST
def reopen(request: HttpRequest, pk: UUID, task_pk: UUID) -> HttpResponse:
    def act(task: Task) -> None:
        actions.reopen_task(task=task, by=request.person, at=now())

    return _done(request, pk, task_pk, act, _("It is open again."))


@require_POST
def remove(request: HttpRequest, pk: UUID, task_pk: UUID) -> HttpResponse:
    def act(task: Task) -> None:
        actions.remove_task(task=task, by=request.person)

    return _done(request, pk, task_pk, act, _("The task is taken out of the plan."))
