"""What every format is read as: a header and rows of exactly its width."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NoReturn, Self

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.phrases import shortened
from kakehashi.base.text import one_line
from kakehashi.imports.reading import limits

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

Cell = str | date | datetime
"""Text as it stands in the file; a date only where a workbook's cell is one."""

Row = list[Cell]

STRANGE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffd-\uffff"
    "\U000e0000-\U0010ffff]"
)
"""Control characters, characters of one computer only (外字), traces of a wrong decoding."""


@dataclass(frozen=True)
class Problem:
    """What is wrong where: data row from 0, column by name, the value, a sentence."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class BadRow:
    """Stands where a row would stand that cannot be taken as it is."""

    problems: tuple[Problem, ...]


@dataclass
class Sheet:
    """A file's table. Its rows can be gone through once; closing it frees file and process."""

    header: list[str]
    rows: Generator[Row | BadRow, None, None]
    encoding: str = ""
    delimiter: str = ""

    def close(self) -> None:
        """Give back what reading holds, if the rows were not gone through to their end."""
        self.rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()


@dataclass
class Record:
    """A row as the format gave it, with what the format itself found wrong: position, reason."""

    cells: Row
    faults: list[tuple[int, str]]


def checked_header(cells: Row) -> list[str]:
    """The columns' names, or why they do not name the columns."""
    names = [one_line(str(cell)) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > limits.COLUMNS:
        _refuse(_("The file has %(count)s columns; at most %(most)s are read."), len(names))
    for at, name in enumerate(names, start=1):
        _check_name(at, name)
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise Unreadable(
            _("Two columns have the same name: %(names)s. Give each its own.")
            % {"names": shortened(", ".join(twice), 200)}
        )
    return names


def shaped(
    records: Iterable[Row | Record], header: list[str], *, doubtful: bool
) -> Generator[Row | BadRow, None, None]:
    """The data rows: blank ones left out, the others exactly as wide as the header or a `BadRow`.

    `doubtful` says that strange characters occur somewhere, so that each cell is looked at.
    """
    width, number = len(header), -1
    for record in records:
        cells, faults = (
            (record.cells, record.faults) if isinstance(record, Record) else (record, None)
        )
        if not any(cells) and not faults:
            continue
        number += 1
        if len(cells) == width and not faults and not doubtful:
            yield cells
        elif problems := _problems(number, cells, faults or [], header):
            yield BadRow(tuple(problems))
        else:
            yield cells[:width]


def _problems(
    number: int, cells: Row, faults: list[tuple[int, str]], header: list[str]
) -> list[Problem]:
    width = len(header)
    if faults:
        return [_at(number, at, cells, header, reason) for at, reason in faults]
    if len(cells) < width:
        reason = _("The row has too few cells: %(found)s, where the header has %(width)s.")
        return [Problem(number, "", "", reason % {"found": len(cells), "width": width})]
    beyond = [at for at in range(width, len(cells)) if cells[at]]
    if beyond:
        return [
            _at(
                number,
                beyond[0],
                cells,
                header,
                _("The row has a cell beyond the last column of the header."),
            )
        ]
    return [
        _at(number, at, cells, header, strange_reason(cell))
        for at, cell in enumerate(cells[:width])
        if isinstance(cell, str) and STRANGE.search(cell)
    ]


def strange_reason(cell: str) -> str:
    """Why a cell with a strange character is not taken."""
    found = STRANGE.search(cell)
    code = f"U+{ord(found[0]):04X}" if found else ""
    if found and "\ue000" <= found[0] <= "\uf8ff":
        return _(
            "The character %(code)s exists only on the sender's computer. Write another one."
        ) % {"code": code}
    return _("The cell holds %(code)s, which is not a readable character.") % {"code": code}


def _at(number: int, at: int, cells: Row, header: list[str], reason: str) -> Problem:
    column = header[at] if at < len(header) else ""
    value = str(cells[at]) if at < len(cells) else ""
    return Problem(number, column, shortened(STRANGE.sub("\ufffd", value), 100), reason)


def _check_name(at: int, name: str) -> None:
    if not name:
        raise Unreadable(
            _("Column %(number)s has no name. The first row must name every column.")
            % {"number": at}
        )
    if len(name) > limits.COLUMN_NAME or STRANGE.search(name):
        raise Unreadable(
            _("The name of column %(number)s cannot be read: %(name)s")
            % {"number": at, "name": shortened(STRANGE.sub("\ufffd", name))}
        )


def _refuse(sentence: str, count: int) -> NoReturn:
    raise Unreadable(sentence % {"count": count, "most": limits.COLUMNS})
