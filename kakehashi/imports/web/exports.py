"""Files to export: small ones at once, large ones written in the background."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from kakehashi.imports import actions, rules
from kakehashi.imports.exporting import Export
from kakehashi.imports.kinds import KINDS
from kakehashi.imports.models import ExportRun
from kakehashi.imports.spreadsheet import WRITERS
from kakehashi.imports.web.staff import for_staff

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from kakehashi.imports.kinds import Kind

AT_ONCE = 5_000
COUNTED = 10_000_000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@for_staff
def export(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """The file, or for a large one the question whether to write it in the background."""
    found = _kind(kind, form)
    made = Export(found, labels=True)
    if made.count(AT_ONCE + 1) > AT_ONCE:
        context = {"kind": found, "form": form, "total": made.count(COUNTED)}
        return render(request, "imports/export_large.html", context)
    file = io.BytesIO()
    made.write(file, form, mark=True)
    answer = HttpResponse(file.getvalue(), content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(kind, form)}"'
    return answer


@require_POST
@for_staff
def ask(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """Have a large file written."""
    found = _kind(kind, form)
    total = Export(found).count(COUNTED)
    made = actions.ask_for_export(kind=found, form=form, by=request.person, at=now(), total=total)
    return redirect("imports:export-run", pk=made.pk)


@require_safe
@for_staff
def export_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the file is, or where it is."""
    found = get_object_or_404(ExportRun, pk=pk)
    context = {"run": found, "gone": rules.export_is_over(found) if found.finished_at else None}
    if request.headers.get("HX-Request"):
        answer = render(request, "imports/export.html#progress", context)
        if found.finished_at:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "imports/export.html", context)


@require_safe
@for_staff
def export_file(_request: HttpRequest, pk: UUID) -> FileResponse:
    """The file itself, for a quarter of an hour."""
    found = get_object_or_404(ExportRun, pk=pk)
    if rules.export_is_over(found):
        raise Http404
    name = _file_name(found.kind, found.form)
    return FileResponse(
        found.path.open("rb"), as_attachment=True, filename=name, content_type=TYPES[found.form]
    )


def _kind(kind: str, form: str) -> Kind:
    if kind not in KINDS or form not in WRITERS:
        raise Http404
    return KINDS[kind]


def _file_name(kind: str, form: str) -> str:
    return f"{kind}-{localdate().isoformat()}.{form}"
