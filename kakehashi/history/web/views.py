"""What changed on one record: a page of its own, and the same as a part of the record's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kakehashi.history import kinds, queries
from kakehashi.history.names import Names, values_of
from kakehashi.policy.scope import sees_account
from kakehashi.policy.visibility import TABLES, Class

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

FEW = 10  # on the record's own page


@require_safe
def record(request: HttpRequest, kind: str, pk: str) -> HttpResponse:
    """Everything that changed on a record the reader sees, the newest first."""
    row = _row_or_404(kind, pk)
    is_part = bool(request.headers.get("HX-Request"))
    number = queries.number_of(request.GET.get("page", ""))
    found = queries.of_record(row, number=number, size=FEW if is_part else queries.SIZE)
    shown = {
        "record": row,
        "kind": kinds.label(kind),
        "name": Names([]).named(row),
        "page": kinds.page_of(kind, values_of(row)),
        "entries": found.entries,
        "previous": found.previous and f"?page={found.previous}",
        "next": found.next and f"?page={found.next}",
    }
    return render(request, f"history/record.html{'#part' if is_part else ''}", shown)


def _row_or_404(kind: str, pk: str) -> Model:
    model = kinds.models().get(kind)
    if model is None:
        raise Http404
    try:
        row = model._default_manager.filter(pk=pk).first()
    except (ValidationError, ValueError):
        row = None
    if row is None or not _sees_rows(row):
        raise Http404
    return row


def _sees_rows(row: Model) -> bool:
    """Whether more is seen of its account than the name: what changed on it is more."""
    table = TABLES[row._meta.db_table]
    if table.kind not in {Class.WALLED, Class.FINANCE} or table.seen_as_row:
        return True
    return sees_account(values_of(row)[table.account])
