"""Run alone, with a workbook as standard input: its first visible sheet, row by row, as JSON lines.

Not imported by anything. It bounds its own memory and time before it touches the file, looks at the
archive's directory and sizes before any part of it is parsed, and answers with one of

    {"row": ["text", ...]}                            a row of text
    {"row": [...], "dates": [[1, "2025-04-01"]], ...} a row with dates or faults
    {"refused": "bomb"}                               why the workbook is not read
    {"end": true}                                     nothing more follows
"""

from __future__ import annotations

import json
import posixpath
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree import ElementTree as ET
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet

Bounds = dict[str, Any]
Faults = dict[int, list[tuple[int, str, str]]]
Archive = zipfile.ZipFile

MAIN = "http://schemas.openxmlformats.org/"
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
BLOCK = 1024 * 1024
DOCTYPE = b"<!DOCTYPE"
ENCODING = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
MAY_HOLD_FAULTS = (b'"e"', b"'e'", b"<f", b":f")
EXACT_INTEGERS = 2**53


class Refused(Exception):
    """Why this workbook is not read: a word the other side turns into a sentence."""

    def __init__(self, why: str, **details: int) -> None:
        super().__init__(why)
        self.answer = {"refused": why, **details}


def main() -> None:
    """Answer for the workbook at standard input."""
    bounds = json.loads(sys.argv[1])
    limit_self(bounds)
    sys.path.append(bounds["libraries"])
    try:
        say_all(answers(sys.stdin.buffer, bounds), bounds["text"])
        say({"end": True})
    except Refused as refused:
        say(refused.answer)
    except MemoryError:
        say({"refused": "bomb"})
    except BrokenPipeError:
        sys.stderr.close()
    except BaseException:  # noqa: BLE001 (a panic in the parser is no Exception)
        say({"refused": "damaged"})
    sys.stdout.flush()


def limit_self(bounds: Bounds) -> None:
    """No core, no files, so much time and memory and no more."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds["seconds"], bounds["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (bounds["memory"], bounds["memory"]))


def say_all(answers_of_file: Iterator[object], most: int) -> None:
    said = 0
    for answer in answers_of_file:
        said += say(answer)
        if said > most:
            raise Refused("bomb")


def say(answer: object) -> int:
    """Send an answer; how many characters it took."""
    return sys.stdout.write(json.dumps(answer, separators=(",", ":")) + "\n")


def answers(file: BinaryIO, bounds: Bounds) -> Iterator[object]:
    """Every row as it is sent."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        check_directory(archive, file, bounds)
        check_parts(archive)
        name, part = first_visible_sheet(archive, bounds)
        faults = faults_in(archive, part, bounds)
    file.seek(0)
    sheet = load(file, name)
    if sheet.width > bounds["columns"]:
        raise Refused("columns", count=sheet.width, most=bounds["columns"])
    yield from rows(sheet, faults, bounds)


def load(file: BinaryIO, name: str) -> CalamineSheet:
    from python_calamine import PasswordError, WorksheetNotFound, load_workbook

    try:
        return load_workbook(file).get_sheet_by_name(name)
    except PasswordError as error:
        raise Refused("password") from error
    except WorksheetNotFound as error:
        raise Refused("no_sheet") from error


def check_directory(archive: Archive, file: BinaryIO, bounds: Bounds) -> None:
    """What the archive says of itself, before anything of it is unpacked."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if WORKBOOK not in names:
        raise Refused("not_xlsx")
    if len(entries) > bounds["entries"] or len(set(names)) < len(names):
        raise Refused("bomb" if len(entries) > bounds["entries"] else "damaged")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("password")
    if any(
        entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries
    ):
        raise Refused("not_xlsx")
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, file.seek(0, 2))
    far_more = unpacked > bounds["ratio_from"] and unpacked > packed * bounds["ratio"]
    if unpacked > bounds["unpacked"] or far_more:
        raise Refused("bomb")


def check_parts(archive: Archive) -> None:
    """Unpack every part once, keeping nothing: sizes and checksums hold, nothing is declared."""
    for entry in archive.infolist():
        is_markup = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
        before = b""
        with archive.open(entry) as part:
            while block := part.read(BLOCK):
                if is_markup:
                    check_markup(before, block)
                    before = block[-len(DOCTYPE) :]


def check_markup(before: bytes, block: bytes) -> None:
    if DOCTYPE in before + block if before else DOCTYPE in block:
        raise Refused("entities")
    if not before:
        start = block[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
        declared = ENCODING.match(start)
        if not start.startswith(b"<") or (
            declared and declared[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}
        ):
            raise Refused("damaged")


def first_visible_sheet(archive: Archive, bounds: Bounds) -> tuple[str, str]:
    """Name and part of the sheet to read."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in structure(archive, RELATIONS, bounds)
        if relation.get("Type", "").endswith("/worksheet")
    }
    for element in structure(archive, WORKBOOK, bounds).iter():
        if local(element.tag) == "sheet" and element.get("state", "visible") == "visible":
            relation = next((value for key, value in element.items() if local(key) == "id"), None)
            if relation in targets:
                return element.get("name", ""), posixpath.normpath(
                    posixpath.join("/xl", targets[relation])
                )[1:]
    raise Refused("no_sheet")


def structure(archive: Archive, name: str, bounds: Bounds) -> ET.Element:
    if archive.getinfo(name).file_size > bounds["structure"]:
        raise Refused("bomb")
    return ET.fromstring(archive.read(name))  # noqa: S314 (no document type got this far)


def local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]


def faults_in(archive: Archive, part: str, bounds: Bounds) -> Faults:
    """Cells the parser would give as empty: errors, and formulas without a stored result."""
    if part not in archive.namelist():
        raise Refused("damaged")
    with archive.open(part) as markup:
        if not any(
            sign in block
            for block in iter(lambda: markup.read(BLOCK), b"")
            for sign in MAY_HOLD_FAULTS
        ):
            return {}
    watcher = CellWatcher(bounds["faults"])
    with archive.open(part) as markup:
        watcher.parser.ParseFile(markup)
    return watcher.faults


class CellWatcher:
    """Goes through a sheet's markup and notes the faulty cells by row."""

    def __init__(self, most: int) -> None:
        self.faults: Faults = {}
        self.most, self.count = most, 0
        self.row, self.column = -1, -1
        self.is_error = self.is_text = self.has_formula = self.in_value = False
        self.value = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.starts
        self.parser.EndElementHandler = self.ends
        self.parser.CharacterDataHandler = self.says

    def starts(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "c":
            self.place(attributes.get("r"))
            self.is_error = attributes.get("t") == "e"
            self.is_text = attributes.get("t") == "str"
            self.has_formula, self.value = False, ""
        elif name == "f":
            self.has_formula = True
        elif name == "v":
            self.in_value = True
        elif name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1

    def place(self, reference: str | None) -> None:
        self.column += 1
        if reference:
            letters = reference.rstrip("0123456789")
            self.row = int(reference[len(letters) :]) - 1
            self.column = column_number(letters)

    def says(self, text: str) -> None:
        if self.in_value:
            self.value += text

    def ends(self, tag: str) -> None:
        name = local(tag)
        if name == "v":
            self.in_value = False
        elif name == "c":
            if self.is_error:
                self.note("error")
            elif self.has_formula and not self.value and not self.is_text:
                self.note("formula")

    def note(self, kind: str) -> None:
        self.count += 1
        if self.count > self.most:
            raise Refused("faults", most=self.most)
        self.faults.setdefault(self.row, []).append((self.column, kind, self.value[:100]))


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def merged_rows(sheet: CalamineSheet, height: int) -> bytearray:
    """One byte a row: whether merged cells touch it."""
    marks = bytearray(height)
    for (first, _left), (last, _right) in (sheet.merged_cell_ranges or [])[:height]:
        marks[first : last + 1] = b"\1" * len(marks[first : last + 1])
    return marks


def rows(sheet: CalamineSheet, faults: Faults, bounds: Bounds) -> Iterator[object]:
    """Every row that holds anything, be it a fault; columns from the first in use."""
    (_top, left), (bottom, _right) = sheet.start or (0, 0), sheet.end or (-1, 0)
    merged = merged_rows(sheet, bottom + 1)
    blank = [""] * sheet.width
    for at, cells in enumerate(sheet.iter_rows() if sheet.start else ()):
        noted = [(max(0, column - left), kind, text) for column, kind, text in faults.pop(at, ())]
        if merged[at]:
            noted.append((0, "merged", ""))
        if noted or cells != blank:
            answer = answer_for(cells)
            check_size(answer["row"], at + 1, bounds)
            yield answer | {"faults": noted} if noted else answer
    for _at, noted in sorted(faults.items()):
        yield {
            "row": [],
            "faults": [(max(0, column - left), kind, text) for column, kind, text in noted],
        }


def answer_for(cells: list[Any]) -> dict[str, Any]:
    """A row as it is sent: text, with dates beside it."""
    text: list[str] = []
    typed: dict[str, list[tuple[int, str]]] = {}
    for column, cell in enumerate(cells):
        if isinstance(cell, date):
            kind = "moments" if isinstance(cell, datetime) else "dates"
            typed.setdefault(kind, []).append((column, cell.isoformat()))
            text.append("")
        else:
            text.append(cell if isinstance(cell, str) else as_text(cell))
    return {"row": text, **typed}


def check_size(text: list[str], number: int, bounds: Bounds) -> None:
    lengths = list(map(len, text))
    if max(lengths) > bounds["cell"]:
        raise Refused("cell", count=number, most=bounds["cell"])
    if sum(lengths) > bounds["record"]:
        raise Refused("record", count=number, most=bounds["record"])


def as_text(cell: object) -> str:
    """Numbers as Excel shows them: at most 15 digits, no `.0`; booleans and times as text."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < EXACT_INTEGERS:
            return str(int(cell))
        return f"{cell:.15g}"
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return cell.isoformat() if isinstance(cell, time) else str(cell)


main()
