"""XLSX: unpacked and parsed in a process of its own, with bounds on its memory and time.

What runs there is `workbook_process.py`; here its answers become rows and sentences.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

import python_calamine
from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.phrases import shortened
from kakehashi.imports.reading import limits
from kakehashi.imports.reading.sheet import (
    STRANGE,
    Record,
    Row,
    Sheet,
    checked_header,
    shaped,
    strange_reason,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

_PROCESS = Path(__file__).with_name("workbook_process.py")
_LIBRARIES = str(Path(python_calamine.__file__).parent.parent)
_KEPT_FROM_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_LONGEST_ANSWER = 64 * limits.MEGABYTE
_BOUNDS = {
    "libraries": _LIBRARIES,
    "memory": limits.WORKBOOK_MEMORY,
    "seconds": limits.WORKBOOK_SECONDS,
    "entries": limits.WORKBOOK_ENTRIES,
    "unpacked": limits.WORKBOOK_UNPACKED,
    "ratio": limits.WORKBOOK_RATIO,
    "ratio_from": limits.WORKBOOK_RATIO_FROM,
    "structure": limits.WORKBOOK_STRUCTURE,
    "faults": limits.WORKBOOK_FAULTS,
    "columns": limits.COLUMNS,
    "cell": limits.CELL,
    "record": limits.RECORD,
    "text": limits.WORKBOOK_TEXT,
}


def read_workbook(file: BinaryIO) -> Sheet:
    """The first visible sheet of a workbook."""
    records = _records(_started(file))
    try:
        header = _header(records)
    except Unreadable:
        records.close()
        raise
    return Sheet(header, shaped(records, header, doubtful=False), "xlsx")


def _header(records: Iterator[Record]) -> list[str]:
    first = next((record for record in records if any(record.cells) or record.faults), None)
    if first is None:
        raise Unreadable(_("The workbook's first sheet is empty."))
    if first.faults:
        raise Unreadable(
            _("The first row of the sheet must name the columns. %(why)s")
            % {"why": first.faults[0][1]}
        )
    return checked_header(first.cells)


def _started(file: BinaryIO) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _KEPT_FROM_ENVIRONMENT if name in os.environ}
    with _inheritable(file) as given:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(_PROCESS), json.dumps(_BOUNDS)],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )


@contextmanager
def _inheritable(file: BinaryIO) -> Iterator[IO[bytes]]:
    """The file as one another process can be given: itself, or its bytes in a temporary file."""
    if not isinstance(file, io.BytesIO):
        yield file
        return
    with tempfile.TemporaryFile() as copy:
        copy.write(file.getbuffer())
        copy.flush()
        yield copy


def _ended(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


def _records(process: subprocess.Popen[bytes]) -> Generator[Record, None, None]:
    """The rows the process sends, until it says that there are no more; then it has ended."""
    try:
        yield from _answers(cast("BinaryIO", process.stdout))
    finally:
        _ended(process)


def _answers(output: BinaryIO) -> Iterator[Record]:
    while (line := output.readline(_LONGEST_ANSWER)).endswith(b"\n"):
        answer = json.loads(line)
        if "row" in answer:
            yield _decoded(answer)
        elif "refused" in answer:
            raise Unreadable(_sentence(answer))
        else:
            return
    raise Unreadable(
        _("The workbook needs more memory or time than a table should. Save the sheet as CSV.")
    )


def _decoded(answer: dict[str, Any]) -> Record:
    """A row with typed cells or faults: dates arrive as text beside their positions."""
    cells: Row = answer["row"]
    faults = [(at, _fault(kind, value)) for at, kind, value in answer.get("faults", ())]
    faults = faults or _strange(cells)
    for at, text in answer.get("dates", ()):
        cells[at] = date.fromisoformat(text)
    for at, text in answer.get("moments", ()):
        cells[at] = datetime.fromisoformat(text)
    return Record(cells, faults)


def _strange(cells: Row) -> list[tuple[int, str]]:
    """Cells with characters that no text should hold."""
    if not STRANGE.search("".join(cast("list[str]", cells))):
        return []
    return [
        (at, strange_reason(str(cell)))
        for at, cell in enumerate(cells)
        if STRANGE.search(cast("str", cell))
    ]


def _fault(kind: str, value: str) -> str:
    sentences = {
        "error": _("The cell holds the error %(value)s."),
        "formula": _(
            "The formula has no stored result. Save the workbook in Excel, or write the value."
        ),
        "merged": _("The row has merged cells. Undo the merging and fill in each cell."),
    }
    return sentences[kind] % {"value": shortened(value)}


def _sentence(answer: dict[str, Any]) -> str:
    sentences = {
        "not_xlsx": _("This is no Excel workbook of type .xlsx. Save it as .xlsx or as CSV."),
        "damaged": _("The workbook is damaged or cut off. Open it in Excel and save it again."),
        "password": _("The workbook has a password. Save it without one."),
        "bomb": _(
            "The workbook unpacks to far more than a table should. Save the sheet alone, or as CSV."
        ),
        "entities": _(
            "The workbook declares a document type, which no table needs. Save it again in Excel."
        ),
        "no_sheet": _("The workbook has no visible sheet with cells."),
        "columns": _("The file has %(count)s columns; at most %(most)s are read."),
        "cell": _("A cell of row %(count)s has more than %(most)s characters."),
        "record": _("Row %(count)s has more than %(most)s characters."),
        "faults": _(
            "More than %(most)s cells of the sheet hold errors or formulas without a result."
        ),
    }
    return sentences[answer["refused"]] % {
        "count": answer.get("count", 0),
        "most": answer.get("most", 0),
    }
