"""Pages of a list of people, by the person at the edge: as fast at the end as at the start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from kakehashi.people.models import Person

if TYPE_CHECKING:
    from django.db.models import QuerySet

SIZE = 50
ORDER = (F("sort_key"), F("pk"))


@dataclass(frozen=True)
class Page:
    """Some people in the order of their readings, and whom to go on from."""

    rows: list[Person] = field(default_factory=list)
    previous: str = ""
    next: str = ""


def page(rows: QuerySet[Person], *, after: str, before: str, size: int = SIZE) -> Page:
    """The page after or before somebody; an edge that is nobody starts anew."""
    edge = _edge(before or after)
    backward = bool(before) and edge is not None
    if edge is not None:
        beyond = TupleLessThan if backward else TupleGreaterThan
        rows = rows.filter(beyond(ORDER, edge))
    signs = ("-sort_key", "-pk") if backward else ("sort_key", "pk")
    found = list(rows.order_by(*signs)[: size + 1])
    has_more = len(found) > size
    found = found[:size][::-1] if backward else found[:size]
    if not found:
        return Page()
    has_before = has_more if backward else edge is not None
    has_after = backward or has_more
    return Page(
        rows=found,
        previous=str(found[0].pk) if has_before else "",
        next=str(found[-1].pk) if has_after else "",
    )


def _edge(key: str) -> tuple[str, UUID] | None:
    try:
        found = Person.objects.filter(pk=UUID(key)).values_list("sort_key", "pk").first()
    except ValueError:
        return None
    return found
