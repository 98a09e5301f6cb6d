"""Files of rows for spreadsheets: CSV, and XLSX without anything a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    Add = Callable[[Sequence[Sequence[str]]], None]

SHEET_ROWS = 1_048_576
"""What one sheet of a workbook holds, its header included."""


@contextmanager
def csv_file(file: BinaryIO, _title: str, heads: Sequence[str], *, mark: bool) -> Iterator[Add]:
    """Comma separated UTF-8; with a mark at its start where Excel is to recognise it."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig" if mark else "utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    try:
        yield writer.writerows
    finally:
        text.flush()
        text.detach()


@contextmanager
def xlsx_file(file: BinaryIO, title: str, heads: Sequence[str], *, mark: bool) -> Iterator[Add]:  # noqa: ARG001 (a workbook knows its encoding)
    """A workbook of one sheet; every cell is text, so that codes keep their zeros."""
    from openpyxl import Workbook  # a tenth of what every process of a house takes to start
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"

    def text_cell(value: str, font: Font | None = None) -> WriteOnlyCell | None:
        if not value:
            return None
        cell = WriteOnlyCell(sheet, value=value)
        cell.data_type = "s"
        if font:
            cell.font = font
        return cell

    sheet.append([text_cell(head, Font(bold=True)) for head in heads])
    written = 1

    def add(rows: Sequence[Sequence[str]]) -> None:
        nonlocal written
        written += len(rows)
        if written > SHEET_ROWS:
            raise Unreadable(_("A workbook holds 1,048,575 rows; these are more. Export CSV."))
        for row in rows:
            sheet.append([text_cell(value) for value in row])

    yield add
    book.save(file)


WRITERS = {"csv": csv_file, "xlsx": xlsx_file}
