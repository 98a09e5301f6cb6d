"""The problems of a run: a page of them, or all of them as a file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kakehashi.imports import queries
from kakehashi.imports.columns import guarded

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kakehashi.imports.models import ImportRun

WHOLE_ROW = "-"


def shown_problems(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """The problems a page shows: filtered, a hundred at a time."""
    column, text = request.GET.get("column", ""), request.GET.get("q", "").strip()
    found = queries.problems(run, column=column, text=text)
    after = request.GET.get("after", "")
    if after.isdecimal():
        found = found.filter(number__gt=min(int(after), 2**31 - 1))
    page = list(found[: queries.PAGE + 1])
    more = len(page) > queries.PAGE
    page = page[: queries.PAGE]
    labels = _labels(run)
    for problem in page:
        problem.label = labels.get(problem.column, problem.column)
    return {
        "problems": page,
        "next": _address(request, after=page[-1].number) if more else None,
        "first": _address(request) if after else None,
        "column": column,
        "q": text,
        "columns": [
            ("", _("All columns")),
            *((c or WHOLE_ROW, labels.get(c, c)) for c in queries.columns_with_problems(run)),
        ],
    }


def problem_file(run: ImportRun) -> HttpResponse:
    """Every problem as CSV that Excel opens, row numbers as the file's reader counts them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [
            _("Data row from 0"),
            _("Line in the sheet, if no row is blank"),
            _("Column"),
            _("Value"),
            _("Reason"),
        ]
    )
    labels = _labels(run)
    writer.writerows(
        [row, row + 2, guarded(labels.get(column, column)), guarded(value), guarded(reason)]
        for row, column, value, reason in run.problems.order_by("number").values_list(
            "row", "column", "value", "reason"
        )
    )
    answer = HttpResponse(
        text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{run.kind}-problems.csv"'
    return answer


def _labels(run: ImportRun) -> dict[str, str]:
    return {c.name: c.label for c in run.file_kind.columns} | {"": _("Whole row")}


def _address(request: HttpRequest, **changed: Any) -> str:
    asked = request.GET.copy()
    asked.pop("after", None)
    for name, value in changed.items():
        asked[name] = str(value)
    return f"?{asked.urlencode()}"
