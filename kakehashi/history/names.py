"""What the rows that some changes tell of and name are called, as far as the reader sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import ForeignKey
from django.utils.translation import gettext as _

from kakehashi.history import columns, kinds
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import Field, Model

    from kakehashi.policy.models import Change

PEOPLE = frozenset(["authors", "people"])  # lists of ids
DEEPEST = 4  # a name may be made of another's, and that of another's


def person_model() -> type[Model]:
    """Who signs in is a person: policy and history stand below the package of people."""
    return get_user_model()._meta.get_field("person").related_model


class Names:
    """All that is named in some changes, looked up together: one query for each kind of row."""

    def __init__(self, changes: list[Change]) -> None:
        self.people = person_model()
        self._rows: dict[type[Model], dict[str, Model | None]] = {}
        wanted = list(self._named_in(changes))
        for _step in range(DEEPEST):
            wanted = list(self._fetch(wanted))

    def person(self, pk: UUID | None) -> Model | None:
        return self._row(self.people, str(pk)) if pk else None

    def row(self, table: str, pk: str | None) -> Model | None:
        return self._row(kinds.models()[table], str(pk)) if pk else None

    def currency(self, table: str, values: dict[str, Any]) -> str | None:
        """The currency of a row's amounts where it stands in what the row is about."""
        for column in kinds.about(table):
            field = kinds.field_of(table, column)
            if isinstance(field, ForeignKey):
                row = self._row(field.related_model, str(values.get(column)))
                if row is not None and hasattr(row, "currency"):
                    return str(row.currency)
        return None

    def text(self, table: str, column: str, value: Any, values: dict[str, Any]) -> str:
        """A value as a reader reads it; names for ids."""
        if value in (None, "", []):
            return ""
        if column in PEOPLE:
            return ", ".join(self._name(self.people, str(one)) for one in value)
        field = kinds.field_of(table, column)
        if isinstance(field, ForeignKey):
            return self._name(field.related_model, str(value))
        return columns.text(table, column, value, values)

    def called(self, table: str, values: dict[str, Any], row: Model | None) -> str:
        """What tells a row from others of its kind; by what a change says where the row is gone."""
        if row is not None and kinds.about(table) == ("name",):
            return reader_name(row)
        shown = [self.text(table, name, values.get(name), values) for name in kinds.about(table)]
        return " · ".join(part.partition("\n")[0] for part in shown if part)

    def named(self, row: Model) -> str:
        """What one row is called, by itself."""
        table, values = row._meta.db_table, values_of(row)
        wanted = list(self._ids(table, values, kinds.about(table)))
        for _step in range(DEEPEST):
            wanted = list(self._fetch(wanted))
        return self.called(table, values, row)

    def _name(self, model: type[Model], pk: str) -> str:
        row = self._row(model, pk)
        if row is None:
            return _("somebody or something you do not see")
        table = model._meta.db_table
        if table in kinds.models() and (said := self.called(table, values_of(row), row)):
            return said
        return reader_name(row)

    def _row(self, model: type[Model], pk: str) -> Model | None:
        return self._rows.get(model, {}).get(pk)

    def _named_in(self, changes: list[Change]) -> Iterable[tuple[type[Model], str]]:
        for change in changes:
            yield kinds.models()[change.source], change.row
            if change.by_id:
                yield self.people, str(change.by_id)
            if change.record:
                yield kinds.models()[kinds.whole(change.source)], change.record
            named = (*columns.told(change.source), *kinds.about(change.source))
            for values in (change.before, change.after):
                yield from self._ids(change.source, values or {}, named)

    def _ids(
        self, table: str, values: dict[str, Any], names: Iterable[str]
    ) -> Iterable[tuple[type[Model], str]]:
        for column in names:
            if not values.get(column):
                continue
            field: Field | None = kinds.field_of(table, column)
            if isinstance(field, ForeignKey):
                yield field.related_model, str(values[column])
            elif column in PEOPLE:
                yield from ((self.people, str(one)) for one in values[column])

    def _fetch(self, wanted: list[tuple[type[Model], str]]) -> Iterable[tuple[type[Model], str]]:
        """Read what was not read yet, and say what the names of those rows are made of."""
        fresh: dict[type[Model], set[str]] = {}
        for model, pk in wanted:
            if pk not in self._rows.setdefault(model, {}):
                fresh.setdefault(model, set()).add(pk)
        for model, keys in fresh.items():
            found = {str(row.pk): row for row in model._default_manager.filter(pk__in=keys)}
            self._rows[model] |= {key: found.get(key) for key in keys}
            table = model._meta.db_table
            if table in kinds.models():
                for row in found.values():
                    yield from self._ids(table, values_of(row), kinds.about(table))


def values_of(row: Model) -> dict[str, Any]:
    """A row's values by their columns."""
    return {str(field.column): getattr(row, field.attname) for field in row._meta.concrete_fields}
