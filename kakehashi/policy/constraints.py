"""Integrity that Django has no class for."""

from __future__ import annotations

from typing import Any

from django.db.backends.ddl_references import Statement, Table
from django.db.models.constraints import BaseConstraint

FOREIGN_KEY = (
    "FOREIGN KEY ({account}, {child}) REFERENCES {parent} ({account}, {key})"
    " DEFERRABLE INITIALLY DEFERRED"
)


class SameAccount(BaseConstraint):
    """The parent named by `field` belongs to this row's own account.

    Replaces the plain foreign key (declare the field with `db_constraint=False`); the parent
    needs a unique constraint on (account, id).
    """

    def __init__(self, *, field: str, name: str, **options: Any) -> None:
        self.field = field
        super().__init__(name=name, **options)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Put off to the end of the migration, when the parent's unique constraint exists."""
        schema_editor.deferred_sql.append(self._statement(model, schema_editor))

    constraint_sql = create_sql

    def _statement(self, model: Any, schema_editor: Any) -> Statement:
        field = model._meta.get_field(self.field)
        parent = field.related_model._meta
        quote = schema_editor.quote_name
        return Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s %(key)s",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            key=FOREIGN_KEY.format(
                account=quote("account_id"),
                child=quote(field.column),
                parent=quote(parent.db_table),
                key=quote(parent.pk.column),
            ),
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return schema_editor._delete_constraint_sql(schema_editor.sql_delete_fk, model, self.name)

    def validate(self, *_args: Any, **_kwargs: Any) -> None:
        """PostgreSQL checks it at commit; forms only offer parents of the same account."""

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameAccount) and (self.name, self.field) == (
            other.name,
            other.field,
        )

    def __hash__(self) -> int:
        return hash((self.name, self.field))
