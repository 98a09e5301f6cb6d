"""Pages of a list by the key of their edge: as fast in the middle as at the start."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Q
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model, QuerySet

M = TypeVar("M", bound="Model")
SIZE = 40
LONGEST = 2000


@dataclass(frozen=True)
class Column:
    """One column of an order, how its value is read back, and which way it runs."""

    name: str
    read: Callable[[Any], Any]
    descending: bool = False

    def by(self, *, backward: bool) -> str:
        return f"-{self.name}" if self.descending is not backward else self.name

    def beyond(self, value: Any, *, backward: bool) -> Q:
        way = "lt" if self.descending is not backward else "gt"
        return Q(**{f"{self.name}__{way}": value})


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some rows of a list and the keys to go on from."""

    rows: list[M] = field(default_factory=list)
    previous: str = ""
    next: str = ""


def page(
    rows: QuerySet[M],
    columns: tuple[Column, ...],
    *,
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> Page[M]:
    """The page after or before a key; the last column must be unique. A broken key starts anew."""
    edge = edge_of(columns, before or after)
    backward = bool(before) and edge is not None
    found = list(beyond(rows, columns, after=after, before=before)[: size + 1])
    has_more = len(found) > size
    found = found[:size]
    if backward:
        found.reverse()
    if not found:
        return Page()
    return Page(
        rows=found,
        previous=_key(columns, found[0]) if _goes_back(backward, has_more, edge) else "",
        next=_key(columns, found[-1]) if backward or has_more else "",
    )


def beyond(
    rows: QuerySet[M], columns: tuple[Column, ...], *, after: str = "", before: str = ""
) -> QuerySet[M]:
    """All rows after a key in their order, or before it in the other."""
    edge = edge_of(columns, before or after)
    backward = bool(before) and edge is not None
    if edge is not None:
        rows = rows.filter(_beyond(columns, edge, backward=backward))
    return rows.order_by(*(column.by(backward=backward) for column in columns))


def cut(rows: list[M], columns: tuple[Column, ...], size: int) -> Page[M]:
    """A first page of rows that were asked for in their order, one more than fit on it."""
    found = rows[:size]
    return Page(rows=found, next=_key(columns, found[-1]) if len(rows) > size else "")


def _goes_back(backward: bool, has_more: bool, edge: list[Any] | None) -> bool:  # noqa: FBT001
    return has_more if backward else edge is not None


def _beyond(columns: tuple[Column, ...], edge: list[Any], *, backward: bool) -> Q:
    """Rows past an edge: by one comparison of tuples where all columns run the same way."""
    if len({column.descending for column in columns}) == 1:
        tuples = TupleLessThan if columns[0].descending is not backward else TupleGreaterThan
        return Q(tuples(tuple(F(column.name) for column in columns), tuple(edge)))
    past = Q()
    level = Q()
    for column, value in zip(columns, edge, strict=True):
        past |= level & column.beyond(value, backward=backward)
        level &= Q(**{column.name: value})
    return past


def _key(columns: tuple[Column, ...], row: Model) -> str:
    values = [getattr(row, column.name) for column in columns]
    text = json.dumps(values, cls=DjangoJSONEncoder, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def edge_of(columns: tuple[Column, ...], key: str) -> list[Any] | None:
    """The values of a key, or None if somebody has changed it in the address."""
    if not key or len(key) > LONGEST:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
        return [column.read(value) for column, value in zip(columns, values, strict=True)]
    except (ValueError, TypeError, ArithmeticError, binascii.Error):
        return None
