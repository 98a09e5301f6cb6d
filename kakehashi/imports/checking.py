"""Row by row: every cell as PostgreSQL takes it, or a problem.

Plain functions and memories, because a million rows pass here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _

from kakehashi.base import dates
from kakehashi.base.errors import Unreadable
from kakehashi.base.phrases import shortened
from kakehashi.imports.columns import NOTHING, Column, narrowed, plain
from kakehashi.imports.reading import BadRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kakehashi.imports.layouts import Layout
    from kakehashi.imports.outcome import Problems
    from kakehashi.imports.reading import Cell, Row

LONGEST_SHOWN = 200
MEMORY = 65_536


@dataclass(frozen=True)
class Fault:
    """Stands where a value would stand that cannot be read."""

    reason: str


Value = str | Fault


class Memory(dict["Cell", Value]):
    """What each cell of one column was read as: files repeat themselves."""

    def __init__(self, read: Callable[[Cell], Value]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, cell: Cell) -> Value:
        if len(self) >= MEMORY:
            self.clear()
        value = self[cell] = self.read(cell)
        return value


class Checker:
    """Goes through a file's rows once; gives the good ones as lines for COPY."""

    def __init__(self, layout: Layout, problems: Problems) -> None:
        self.layout = layout
        self.problems = problems
        self.count = 0
        self.columns = layout.columns
        self.constants = [
            layout.file_map.constants[c.name] for c in self.columns if c.name not in layout.sources
        ]
        width = len(layout.header)
        beyond = iter(range(width, width + len(self.constants)))
        self.plan = [
            (
                layout.sources[c.name] if c.name in layout.sources else next(beyond),
                _memory(c, layout),
            )
            for c in self.columns
        ]
        self.position = {c.name: at for at, c in enumerate(self.columns)}
        self.derive = [d.maker(self.position) for d in layout.kind.derived if d.fits(layout)]
        self.checks = [made for make in layout.kind.row_checks if (made := make(self.position))]

    def lines(self, rows: Iterable[Row | BadRow]) -> Iterator[str]:
        """Each row that can be taken so far, as COPY reads it."""
        plan, constants, derive, checks = self.plan, self.constants, self.derive, self.checks
        for number, cells in enumerate(rows):
            self.count = number + 1
            if isinstance(cells, BadRow):
                self._report(cells)
                continue
            row = [*cells, *constants] if constants else cells
            values = [memory[row[at]] for at, memory in plan]
            if Fault in map(type, values):
                self._blame(number, row, values)
                continue
            texts = cast("list[str]", values)
            if checks and (found := [no for check in checks for no in check(texts)]):
                self._object(number, row, found)
                continue
            texts += [make(texts) for make in derive]
            yield _line(number, texts)

    def _report(self, bad: BadRow) -> None:
        """A row the file itself has wrong; its columns by our names where they have one."""
        header = self.layout.header
        ours = {header[at]: name for name, at in self.layout.sources.items()}
        for each in bad.problems:
            self.problems.add(each.row, ours.get(each.column, each.column), each.value, each.reason)

    def _blame(self, number: int, row: Row, values: list[Value]) -> None:
        for (at, _memo), column, value in zip(self.plan, self.columns, values, strict=True):
            if isinstance(value, Fault):
                self.problems.add(number, column.name, shown(row[at]), value.reason)

    def _object(self, number: int, row: Row, found: list[tuple[str, str]]) -> None:
        for name, reason in found:
            at, _memo = self.plan[self.position[name]]
            self.problems.add(number, name, shown(row[at]), reason)


def shown(cell: Cell) -> str:
    """A cell as a problem shows it: as it stands in the file, within reason."""
    return shortened(str(cell), LONGEST_SHOWN)


def _memory(column: Column, layout: Layout) -> Memory:
    meanings = {
        narrowed(theirs): ours
        for theirs, ours in layout.file_map.values.get(column.name, {}).items()
    }
    parse = _parse(column, layout.file_map.formats.get(column.name))

    def read(cell: Cell) -> Value:
        value = plain(cell)
        if meanings:
            value = meanings.get(narrowed(value), value)
        try:
            return (value and parse(value)) or _blank(column)
        except Unreadable as error:
            return Fault(error.reason)

    return Memory(read)


def _parse(column: Column, form: str | None) -> Callable[[str], str]:
    """How a column's text is read: by its own rule, or a date by the form the map gives."""
    if form is None:
        return column.parse

    def parse(value: str) -> str:
        try:
            return column.parse(dates.parse_date(value, form).isoformat())
        except Unreadable:
            if _is_iso(value):  # a workbook's own date
                return column.parse(value)
            raise

    return parse


def _is_iso(value: str) -> bool:
    return value[4:5] == "-" and value[7:8] == "-"


def _blank(column: Column) -> Value:
    if column.required and not column.may_be_blank:
        return Fault(_("This cell must not be empty."))
    return NOTHING


def _line(number: int, values: list[str]) -> str:
    line = "\t".join(values)
    if "\\" in line or "\n" in line:
        line = "\t".join(v.replace("\\", "\\\\").replace("\n", "\\n") for v in values)
    return f"{number}\t{line}\n"
