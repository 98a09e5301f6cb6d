"""The pages of files: choose, upload, name the columns, rehearse, load; and export."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kakehashi.base.errors import Unreadable
from kakehashi.imports import actions, queries
from kakehashi.imports.kinds import KINDS
from kakehashi.imports.models import ImportRun, Upload
from kakehashi.imports.web.forms import ColumnsForm, UploadForm
from kakehashi.imports.web.problems import problem_file, shown_problems
from kakehashi.imports.web.staff import for_staff
from kakehashi.policy.engine import Refused, objection

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from kakehashi.imports.kinds import Kind

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """Every kind of file, with what this reader may do with it, and what was done lately."""
    kinds = [
        {"kind": kind, "no": objection(request.person, kind.ability, None)}
        for kind in KINDS.values()
    ]
    return render(request, "imports/index.html", {"kinds": kinds, "runs": queries.runs()})


@form_page
@for_staff
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Send a file."""
    found = _kind(kind)
    if reason := objection(request.person, found.ability, None):
        return _refused(request, found, reason)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = actions.upload_file(
                kind=found, name=file.name, chunks=file.chunks(), by=request.person, at=now()
            )
        except Unreadable as problem:
            form.add_error("file", problem.reason)
        else:
            return redirect("imports:columns", pk=kept.pk)
    return _form_page(request, "imports/upload.html", {"kind": found, "form": form})


@form_page
@for_staff
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which heading of the file is which column; the rehearsal follows."""
    found = get_object_or_404(Upload, pk=pk)
    if reason := objection(request.person, found.file_kind.ability, None):
        return _refused(request, found.file_kind, reason)
    known = queries.remembered_map(found, actions.digest_of(found.header))
    form = ColumnsForm(request.POST or None, upload=found, known=known)
    if request.method == "POST" and form.is_valid():
        run = actions.rehearse(upload=found, file_map=form.file_map, by=request.person, at=now())
        return redirect("imports:run", pk=run.pk)
    return _form_page(request, "imports/columns.html", {"upload": found, "form": form})


@require_safe
@for_staff
def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a run is, or what came of it."""
    found = get_object_or_404(_own_runs(request), pk=pk)
    if request.headers.get("HX-Request"):
        answer = render(request, "imports/run.html#progress", {"run": found})
        if found.is_over:
            answer["HX-Refresh"] = "true"
        return answer
    context = {"run": found, "rehearsal": queries.rehearsal_of(found)}
    if found.is_over and not found.error:
        context |= shown_problems(request, found)
    return render(request, "imports/run.html", context)


@require_POST
@for_staff
def load(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Load for real what was rehearsed."""
    rehearsal = get_object_or_404(_own_runs(request), pk=pk)
    try:
        made = actions.load_for_real(
            rehearsal=rehearsal,
            partial=request.POST.get("partial") == "yes",
            by=request.person,
            at=now(),
        )
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("imports:run", pk=rehearsal.pk)
    return redirect("imports:run", pk=made.pk)


@require_safe
@for_staff
def problems(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All problems of a run as a file, to work them off in a spreadsheet."""
    return problem_file(get_object_or_404(_own_runs(request), pk=pk))


def _own_runs(request: HttpRequest):  # noqa: ANN202 - a queryset
    """An administrator knows of others' runs, not of what was in their files."""
    return ImportRun.objects.select_related("upload", "person").filter(person=request.person)


def _refused(request: HttpRequest, kind: Kind, reason: str) -> HttpResponse:
    context = {"kind": kind, "reason": reason}
    return render(request, "imports/refused.html", context, status=HTTPStatus.FORBIDDEN)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404(_("There is no such kind of file."))
    return KINDS[name]


def _form_page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    refused = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, template, context, status=status)
