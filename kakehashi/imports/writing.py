"""From the staging table `s` to a table `t`: what differs, what is updated, what is inserted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kakehashi.imports.staging import TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kakehashi.imports.staging import Stage


@dataclass(frozen=True)
class Field:
    """One column of the table and where its value comes from.

    `of` is the file's column without which the value stays as it is (always written if empty).
    `blank` is what an empty cell makes of it; None leaves what stands. `fresh` is the value of a
    new row whose file has no such column, or an empty cell that blanks nothing.
    """

    column: str
    source: str = ""
    of: str = ""
    blank: str | None = None
    fresh: str = "NULL"
    decides: bool = True
    """Whether a difference makes the row an updated one; what only follows from others does not."""

    def for_update(self) -> str:
        return f"coalesce({self.source}, {self._blank(f't.{self.column}')})"

    def for_insert(self, stage: Stage) -> str:
        if not self.source or not self.is_given(stage):
            return self.fresh
        return f"coalesce({self.source}, {self._blank(self.fresh)})"

    def is_given(self, stage: Stage) -> bool:
        return bool(self.source) and (not self.of or stage.has(self.of))

    def _blank(self, otherwise: str) -> str:
        return otherwise if self.blank is None else self.blank


def texts(*names: str) -> list[Field]:
    """Columns of text that may be empty but not NULL, filled from columns of the same name."""
    return [Field(n, f"s.{n}", n, blank="''", fresh="''") for n in names]


def derived(*names: str) -> list[Field]:
    """Keys that follow from a name: written with it, never a reason to write."""
    return [Field(n, f"s.{n}", fresh="''", decides=False) for n in names]


def given(stage: Stage, fields: Sequence[Field]) -> list[Field]:
    return [field for field in fields if field.is_given(stage)]


def mark_changed(stage: Stage, table: str, fields: Sequence[Field], key: str = "s.id") -> None:
    """Mark the rows that differ from what stands."""
    deciding = [field for field in given(stage, fields) if field.decides]
    if deciding:
        stage.execute(
            f"UPDATE {TABLE} s SET state = 'changed' FROM {table} t "
            f"WHERE t.id = {key} AND s.state = 'same' AND NOT s.rejected "
            f"AND ({_differs(deciding)})"
        )


def update(
    stage: Stage,
    table: str,
    fields: Sequence[Field],
    key: str = "s.id",
    among: str = "s.state = 'changed'",
) -> None:
    """Write what differs; the version tells those who edit the row meanwhile."""
    written = given(stage, fields)
    deciding = [field for field in written if field.decides]
    if deciding:
        values = ", ".join(f"{field.column} = {field.for_update()}" for field in written)
        stage.execute(
            f"UPDATE {table} t SET {values}, version = t.version + 1 FROM {TABLE} s "
            f"WHERE t.id = {key} AND {among} AND NOT s.rejected AND ({_differs(deciding)})"
        )


def insert(
    stage: Stage,
    table: str,
    fields: Sequence[Field],
    *,
    id_: str = "s.id",
    rows: str = f"{TABLE} s WHERE s.state = 'new' AND NOT s.rejected ORDER BY s.line",
) -> None:
    """Write the new rows, in the order of the file."""
    columns = ", ".join(("id", "version", *(field.column for field in fields)))
    values = ", ".join((id_, "1", *(field.for_insert(stage) for field in fields)))
    stage.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {rows}")


def _differs(fields: Sequence[Field]) -> str:
    old = ", ".join(f"t.{field.column}" for field in fields)
    new = ", ".join(field.for_update() for field in fields)
    return f"({old}) IS DISTINCT FROM ({new})"
