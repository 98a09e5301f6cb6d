"""What is recorded, by table: its model, what it is part of, where it is shown, how it is called.

A package says here where the page of a record is and which columns tell its rows apart; which
tables are recorded, and what each is part of, stands with their walls (policy.visibility).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.urls import reverse

from kakehashi.policy.visibility import TABLES, Past

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field, Model

CALLED = ("name", "title", "heading", "word", "company_name", "one_name")


@dataclass(frozen=True)
class Kind:
    """How rows of one table are shown. `page` is a route; `by` maps its names to columns."""

    page: str = ""
    by: tuple[tuple[str, str], ...] = (("pk", "id"),)
    about: tuple[str, ...] = ()


_kinds: dict[str, Kind] = {}


def register(
    label: str,
    *,
    page: str = "",
    by: dict[str, str] | None = None,
    about: tuple[str, ...] = (),
) -> None:
    """Say where rows of a model are shown, and which columns tell them apart."""
    fills = tuple(({"pk": "id"} if by is None else by).items())
    _kinds[apps.get_model(label)._meta.db_table] = Kind(page, fills, about)


def recorded() -> list[str]:
    """The tables whose changes are written down."""
    return [name for name, table in TABLES.items() if table.past is Past.RECORDED]


@cache
def models() -> dict[str, type[Model]]:
    """The model of each recorded table."""
    known = {model._meta.db_table: model for model in apps.get_models()}
    return {name: known[name] for name in recorded()}


@cache
def parts(table: str) -> tuple[str, ...]:
    """The recorded tables whose changes are told on the page of a row of `table`."""
    return tuple(name for name in recorded() if whole(name) == table)


@cache
def whole(table: str) -> str:
    """The table that rows of `table` are part of, or nothing."""
    column = TABLES[table].part_of
    if not column:
        return ""
    field: Any = models()[table]._meta.get_field(column.removesuffix("_id"))
    return str(field.related_model._meta.db_table)


@cache
def _fields(table: str) -> dict[str, Field]:
    return {str(field.column): field for field in models()[table]._meta.concrete_fields}


def field_of(table: str, column: str) -> Field | None:
    return _fields(table).get(column)


def order(table: str) -> list[str]:
    """The columns as the model lists them: a change keeps them in no order."""
    return list(_fields(table))


@cache
def about(table: str) -> tuple[str, ...]:
    """The columns that tell one row of a table from another."""
    said = _kinds.get(table, Kind()).about
    return said or tuple(name for name in CALLED if name in _fields(table))[:1]


def page_of(table: str, values: dict[str, Any]) -> str:
    """Where a row is shown, if it has a page and `values` name all that leads to it."""
    kind = _kinds.get(table)
    if kind is None or not kind.page:
        return ""
    filled = {name: values.get(column) for name, column in kind.by}
    return "" if None in filled.values() else reverse(kind.page, kwargs=filled)


def label(table: str) -> str:
    return str(models()[table]._meta.verbose_name)


def choices() -> Iterator[tuple[str, str]]:
    """Every kind of row by what it is called, in the order of the reader's words."""
    yield from sorted(((name, label(name)) for name in models()), key=lambda pair: pair[1])
