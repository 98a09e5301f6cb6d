"""What the pages of files show, and the few statements that are not the ORM's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q

from kakehashi.imports.layouts import guess
from kakehashi.imports.maps import FileMap
from kakehashi.imports.models import ImportProblem, ImportRun, Mapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kakehashi.imports.models import Upload
    from kakehashi.imports.reading import Problem

SHOWN_RUNS = 20
PAGE = 100


def runs() -> QuerySet[ImportRun]:
    """The latest runs one may know of: one's own; an administrator's are everybody's."""
    return ImportRun.objects.select_related("person", "upload").order_by("-asked_at", "-id")[
        :SHOWN_RUNS
    ]


def remembered_map(upload: Upload, headings: str) -> FileMap:
    """How such a file was read the last time, or what its headings seem to mean."""
    mapping = Mapping.objects.filter(
        person_id=upload.person_id, kind=upload.kind, headings=headings
    ).first()
    if mapping is not None:
        return FileMap.of(mapping.tables)
    return FileMap(columns=guess(upload.file_kind, upload.header))


def rehearsal_of(run: ImportRun) -> ImportRun | None:
    """The latest rehearsal of the same file, while that is kept."""
    if run.upload is None:
        return None
    return run.upload.runs.filter(rehearsed=True).order_by("-asked_at", "-pk").first()


def keep_problems(run: ImportRun, problems: Sequence[Problem]) -> None:
    """Keep a run's problems; said again when a run is done again."""
    columns: list[list[Any]] = [
        [problem.row for problem in problems],
        [problem.column[:200] for problem in problems],
        [problem.value for problem in problems],
        [problem.reason for problem in problems],
    ]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM imports_importproblem WHERE run_id = %s", [run.pk])
        cursor.execute(
            """
            INSERT INTO imports_importproblem
              (run_id, person_id, number, "row", "column", value, reason)
            SELECT %s, %s, p.number, p."row", p."column", p.value, p.reason
            FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[])
              WITH ORDINALITY AS p("row", "column", value, reason, number)""",
            [run.pk, run.person_id, *columns],
        )


def problems(run: ImportRun, *, column: str = "", text: str = "") -> QuerySet[ImportProblem]:
    """A run's problems, perhaps only those of one column or that mention something."""
    found = run.problems.order_by("number")
    if column:
        found = found.filter(column="" if column == "-" else column)
    if text:
        found = found.filter(Q(value__icontains=text) | Q(reason__icontains=text))
    return found


def columns_with_problems(run: ImportRun) -> list[str]:
    return list(run.problems.order_by("column").values_list("column", flat=True).distinct())
