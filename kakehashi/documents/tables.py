"""A report of facts and tables: as a workbook to go on with, and on paper to hand over."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from kakehashi.base.digests import digest_of
from kakehashi.documents.rendering import pdf

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

ON_PAPER = 1_000
"""Rows of a table that are printed; all of them are in the workbook."""
SHEET_NAME = 31
"""Characters that Excel lets a sheet be called by."""
NOT_IN_NAMES = str.maketrans("", "", r"[]:*?/\'")
WIDEST = 48  # characters of a column


@dataclass(frozen=True)
class Number:
    """A number: as a reader writes it, and as a workbook counts with it, in Excel's format."""

    value: Decimal
    text: str
    form: str = "#,##0"


Cell = str | Number


@dataclass(frozen=True)
class Part:
    """One table of a report."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    none: str


def workbook(title: str, facts: Iterable[tuple[str, str]], parts: Iterable[Part]) -> bytes:
    """XLSX: a sheet for each table, the facts first."""
    from openpyxl import Workbook  # slow to load, and needed here alone
    from openpyxl.styles import Font

    book = Workbook()
    first = book.active
    first.title = title.translate(NOT_IN_NAMES)[:SHEET_NAME]
    _fill(first, [list(row) for row in facts])
    for part in parts:
        sheet = book.create_sheet(part.title.translate(NOT_IN_NAMES)[:SHEET_NAME])
        sheet.freeze_panes = "A2"
        _fill(sheet, [part.heads, *part.rows])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def paper(
    words: dict[str, Any],
    parts: Iterable[Part],
    *,
    more: Callable[[int], str],
    dated: dt.datetime,
) -> bytes:
    """PDF, with the digest of its words; `more` says how many rows stand in the workbook alone."""
    words = {**words, "tables": [_on_paper(part, more) for part in parts]}
    words["digest"] = f"SHA-256 {digest_of(words)}"
    return pdf("tables", words, dated=dated)


def _on_paper(part: Part, more: Callable[[int], str]) -> dict[str, Any]:
    left = len(part.rows) - ON_PAPER
    return {
        "title": part.title,
        "heads": list(part.heads),
        "none": part.none,
        "rows": [[_plain(_said(value)) for value in row] for row in part.rows[:ON_PAPER]],
        "more": more(left) if left > 0 else "",
    }


def _fill(sheet: Any, rows: Sequence[Sequence[Cell]]) -> None:
    """Text stays text: nothing in it is a formula."""
    from openpyxl.utils import get_column_letter

    widths: dict[int, int] = {}
    for down, row in enumerate(rows, start=1):
        for across, value in enumerate(row, start=1):
            said = _plain(_said(value))
            if not said:
                continue
            cell = sheet.cell(down, across)
            if isinstance(value, Number):
                cell.value, cell.number_format = value.value, value.form
            else:
                cell.value = said
                cell.data_type = "s"
            widths[across] = max(widths.get(across, 0), *map(_width, said.split("\n")))
    for across, width in widths.items():
        sheet.column_dimensions[get_column_letter(across)].width = min(width + 2, WIDEST)


def _said(value: Cell) -> str:
    return value.text if isinstance(value, Number) else value


def _width(line: str) -> int:
    """Japanese letters are twice as wide."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def _plain(text: str) -> str:
    """Text that no spreadsheet takes for anything else: control characters are left out."""
    return "".join(letter for letter in text if letter.isprintable() or letter == "\n")
