"""CSV: text with commas, tabs or semicolons, line by line and within bounds."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO, cast

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.imports.reading import encodings, limits
from kakehashi.imports.reading.sheet import Row, Sheet, checked_header, shaped

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = (",", "\t", ";")
_DECLARES_DELIMITER = "sep="

csv.field_size_limit(limits.CELL)


class _Lines:
    """The lines of a text, as long as one record of them stays within its bounds."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text
        self.in_record = 0
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        readline = self.text.readline
        while line := readline(limits.RECORD + 1):
            self.number += 1
            self.in_record += len(line)
            if self.in_record > limits.RECORD:
                raise Unreadable(
                    _("The row at line %(line)s is too long. Is a quotation mark missing?")
                    % {"line": self.number}
                )
            yield line


def read_delimited(file: BinaryIO) -> Sheet:
    """The table in a text file, its encoding and delimiter found from its content."""
    encoding = encodings.recognise(file)
    delimiter, skipped = _delimiter(_text(file, encoding))
    records = _records(_text(file, encoding), delimiter, skipped)
    first = next((record for record in records if any(record)), None)
    if first is None:
        raise Unreadable(_("The file is empty."))
    header = checked_header(cast("Row", first))
    rows = shaped(_as_wide(records, len(first), len(header)), header, doubtful=encoding.doubtful)
    return Sheet(header, rows, encoding.name, delimiter)


def _text(file: BinaryIO, encoding: encodings.Encoding) -> io.TextIOWrapper:
    """The file as text from its start, every kind of line break as one."""
    file.seek(encoding.mark)
    return io.TextIOWrapper(file, encoding=encoding.name, errors=encodings.STRICT, newline=None)


def _delimiter(text: io.TextIOWrapper) -> tuple[str, int]:
    """What parts the columns, judged by the first row; and how many lines come before it."""
    sample = text.read(limits.RECORD)
    text.detach()
    first, _break, _rest = sample.partition("\n")
    if first.lower().startswith(_DECLARES_DELIMITER) and len(first) == len(_DECLARES_DELIMITER) + 1:
        return _declared(first[-1]), 1
    parted = {delimiter: _parts_of_first(sample, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=parted.__getitem__), 0


def _declared(delimiter: str) -> str:
    if delimiter not in DELIMITERS:
        raise Unreadable(_("Columns must be parted by a comma, a tab or a semicolon."))
    return delimiter


def _parts_of_first(sample: str, delimiter: str) -> int:
    """How often the delimiter parts the first row that is not blank."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=True)
    try:
        return len(next((record for record in reader if any(record)), [""])) - 1
    except csv.Error:
        return 0


def _records(text: io.TextIOWrapper, delimiter: str, skipped: int) -> Iterator[list[str]]:
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for record in reader:
            lines.in_record = 0
            if skipped:
                skipped -= 1
                continue
            yield record
    except csv.Error as error:
        raise _refusal(error, lines.number) from error
    finally:
        text.close()


def _as_wide(records: Iterator[list[str]], found: int, width: int) -> Iterator[Row]:
    """The records; without the empty cells under a header that ends in empty cells."""
    if found == width:
        return cast("Iterator[Row]", records)
    return (cast("Row", record if any(record[width:]) else record[:width]) for record in records)


def _refusal(error: csv.Error, line: int) -> Unreadable:
    said, where = str(error), {"line": line, "most": limits.CELL}
    if "field limit" in said:
        return Unreadable(
            _("A cell at line %(line)s has over %(most)s characters. Is a quotation mark missing?")
            % where
        )
    if "unexpected end" in said:
        return Unreadable(
            _("The file ends within quotation marks (line %(line)s): is it cut off?") % where
        )
    return Unreadable(
        _("Text follows a closing quotation mark (line %(line)s). Within a cell, write it twice.")
        % where
    )
