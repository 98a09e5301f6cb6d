"""One job: its sheet, and what is done with the job itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kakehashi.briefs.web.readers import brief_or_404
from kakehashi.clients.web.answers import Page, answer
from kakehashi.clients.web.lists import id_of
from kakehashi.clients.web.readers import account_or_404, link
from kakehashi.policy.engine import Refused, hats, objection
from kakehashi.traffic import actions, onward, states
from kakehashi.traffic.models import Job, StateChange
from kakehashi.traffic.permission import objection_to
from kakehashi.traffic.queries import opening, sheets
from kakehashi.traffic.web.chart import chart_of
from kakehashi.traffic.web.forms.jobs import (
    AskChangeForm,
    EditJobForm,
    FromBriefForm,
    MoveForm,
    OpenJobForm,
)
from kakehashi.ui.formats import reader_name
from kakehashi.ui.toasts import done
from kakehashi.ui.web.silence import found_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.people.models import Person

UNPROCESSABLE = 422
MOVED = "kakehashi:moved"
ACTS = ("edit_job", "plan_job", "plan_back", "ask_change")


def job_or_404(pk: UUID) -> Job:
    return found_or_404(sheets.one, pk)


def address_of(job: Job) -> str:
    return reverse("traffic:job", args=[job.pk])


def crumbs(job: Job) -> list[tuple[str, str]]:
    return [(_("Jobs"), reverse("traffic:jobs")), (str(job), address_of(job))]


@require_safe
def job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The job sheet: lines, courts, dates, team, what changed."""
    found = job_or_404(pk)
    worn = hats(found.account_id)
    sheet = sheets.of(found)
    context = {
        "job": found,
        "sheet": sheet,
        "today": sheet.today,
        "at": now(),
        "chart": chart_of(found, sheet.plan, sheet.today),
        "sees_account": worn - {"job"},
        "lines": [
            (line, label, found.state(line), steps(request.person, found, line, worn))
            for line, label in StateChange.Line.choices
        ],
        "may": {act: objection(request.person, f"traffic.{act}", found, worn) for act in ACTS},
        "rows": [(row, may_do(request.person, row.task, worn)) for row in sheet.plan],
    }
    return render(request, "traffic/job.html", context)


def may_do(person: Person, task: Any, worn: frozenset[str]) -> dict[str, bool]:
    """Which buttons a task has for a reader."""
    return {
        verb: objection(person, f"traffic.{verb}", task, worn) is None
        for verb in ("do_task", "finish_task", "plan_task", "reopen_task")
    }


def steps(
    person: Person, job: Job, line: str, worn: frozenset[str]
) -> list[tuple[str, str, str | None]]:
    """Where a job may go on a line: state, label, and the objection, if there is one."""
    old = job.state(line)
    return [
        (new, Job.label_of(line, new), objection_to(person, _change(job, line, old, new), worn))
        for new in states.LINES[line][old]
    ]


def _change(job: Job, line: str, old: str, new: str) -> StateChange:
    return StateChange(account_id=job.account_id, job=job, line=line, old=old, new=new)


def move(request: HttpRequest, pk: UUID, line: str) -> HttpResponse:
    """A job moves on a line: a page, or a part of the board."""
    if line not in states.LINES:
        raise Http404
    found = job_or_404(pk)
    old = found.state(line)
    open_to = [new for new, _label, no in steps(request.person, found, line, hats(found.account_id))
               if no is None]  # fmt: skip
    sent = request.POST or None
    wanted = request.POST.get("new", "") or request.GET.get("to", "")
    news = [*open_to, wanted] if wanted in states.LINES[line] and wanted not in open_to else open_to
    form = MoveForm(sent, line=line, news=news, initial={"old": old, "new": wanted})
    if sent is not None and form.carry_out(
        lambda data: actions.move_job(job=found, line=line, by=request.person, at=now(), **data)
    ):
        words = {"job": found.number, "state": Job.label_of(line, found.state(line))}
        return _moved(request, found, _("%(job)s is in “%(state)s” now.") % words)
    if sent is not None:
        found = job_or_404(pk)
        form.put_back("old", found.state(line))
    context = {
        "job": found,
        "line": StateChange.Line(line).label,
        "form": form,
        "state": Job.label_of(line, found.state(line)),
        "can_move": bool(news),
        "crumbs": crumbs(found),
        "back": address_of(found),
        "action": request.path,
        "part": bool(request.headers.get("HX-Request")),
    }
    part = "#form" if context["part"] else ""
    status = UNPROCESSABLE if sent is not None else 200
    return render(request, f"traffic/move.html{part}", context, status=status)


def _moved(request: HttpRequest, job: Job, said: str) -> HttpResponse:
    """Done: on a page to the job, on the board say so and let it come anew."""
    done(request, said)
    if not request.headers.get("HX-Request"):
        return redirect(address_of(job))
    response = render(request, "traffic/done.html")
    response["HX-Trigger-After-Settle"] = MOVED
    return response


def open_job(request: HttpRequest) -> HttpResponse:
    """A new job, on an account or on the one that is typed."""
    account = None
    if named := request.GET.get("account", ""):
        account, _worn = account_or_404(id_of(named))
    form = OpenJobForm(request.POST or None, account=account, by=request.person)
    opened: list[Job] = []
    back = link("clients:account", account.pk) if account else reverse("traffic:jobs")
    page = Page(
        title=_("New job"),
        submit=_("Open the job"),
        back=back,
        crumbs=[(_("Jobs"), reverse("traffic:jobs"))],
        lead=reader_name(account) if account else "",
        objection=objection(request.person, "traffic.open_job", account) if account else None,
    )

    def act(data: dict[str, Any]) -> None:
        opened.append(actions.open_job(by=request.person, at=now(), **data))

    def after() -> tuple[str, str]:
        return address_of(opened[0]), _("Job %(number)s is open.") % {"number": opened[0].number}

    return answer(request, page, form, act, after)


def open_from_brief(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The job that an accepted brief asks for, with what the brief says filled in."""
    found = brief_or_404(pk)
    account = found.account
    form = FromBriefForm(
        request.POST or None, account=account, initial=opening.suggested(found)
    )  # fmt: skip
    opened: list[Job] = []
    back = reverse("briefs:brief", args=[found.pk])
    page = Page(
        title=_("Open the job"),
        submit=_("Open the job"),
        back=back,
        crumbs=[(_("Briefs"), reverse("briefs:list")), (found.title, back)],
        lead=_("Whoever works on it reads the version of the brief that was approved."),
        objection=onward.against(request.person, found),
    )

    def act(data: dict[str, Any]) -> None:
        opened.append(
            actions.open_job(account=account, brief=found, by=request.person, at=now(), **data)
        )

    def after() -> tuple[str, str]:
        return address_of(opened[0]), _("Job %(number)s is open.") % {"number": opened[0].number}

    return answer(request, page, form, act, after)


def edit_job(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = job_or_404(pk)
    form = EditJobForm(request.POST or None, row=found)
    page = Page(
        title=_("Edit the job"),
        submit=_("Save"),
        back=address_of(found),
        crumbs=crumbs(found),
        objection=objection(request.person, "traffic.edit_job", found),
    )

    def act(data: dict[str, Any]) -> None:
        actions.edit_job(job=found, by=request.person, at=now(), **data)

    return answer(request, page, form, act, lambda: (address_of(found), _("Saved.")))


def ask_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = job_or_404(pk)
    form = AskChangeForm(request.POST or None, job=found, reader=request.person)
    page = Page(
        title=_("Change request"),
        submit=_("Record"),
        back=address_of(found),
        crumbs=crumbs(found),
        lead=_("It is counted with its round. From the client's review the work goes back."),
        objection=objection(request.person, "traffic.ask_change", found),
    )

    def act(data: dict[str, Any]) -> None:
        actions.ask_change(job=found, by=request.person, at=now(), **data)

    return answer(request, page, form, act, lambda: (address_of(found), _("Recorded.")))


@require_POST
def plan_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Count the dates back from the live date."""
    found = job_or_404(pk)
    try:
        changed = actions.plan_back(job=found, by=request.person)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        said = _("%(n)s dates are set, counted back from the live date.") % {"n": len(changed)}
        messages.success(request, said if changed else _("The dates are as they should be."))
    return redirect(f"{address_of(found)}#plan")
