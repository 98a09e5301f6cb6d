"""Open a file, see what it is, and read it as that."""

from __future__ import annotations

import codecs
import io
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.phrases import shortened
from kakehashi.imports.reading import limits
from kakehashi.imports.reading.delimited import read_delimited
from kakehashi.imports.reading.workbook import read_workbook

if TYPE_CHECKING:
    from kakehashi.imports.reading.sheet import Sheet

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TABLES = (
    b"<!doctype",
    b"<html",
    b"<?xml",
    b"%pdf",
    b"\x89png",
    b"gif8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
)


def read(source: bytes | str | Path, name: str = "") -> Sheet:
    """The table in a file, given by path or as bytes; `name` is what its sender called it."""
    try:
        file = io.BytesIO(source) if isinstance(source, bytes) else _opened(Path(source))
    except OSError as error:
        raise Unreadable(
            _("The file %(name)s cannot be opened: %(why)s.")
            % {
                "name": shortened(name or str(source), 200),
                "why": error.strerror or type(error).__name__,
            }
        ) from error
    try:
        return _read_open(file)
    except BaseException:
        file.close()
        raise


def _opened(path: Path) -> BinaryIO:
    if path.exists() and not path.is_file():
        raise Unreadable(_("%(name)s is not a file.") % {"name": shortened(str(path), 200)})
    return path.open("rb")


def _read_open(file: BinaryIO) -> Sheet:
    size = file.seek(0, io.SEEK_END)
    if size > limits.FILE_BYTES:
        raise Unreadable(
            _("The file has %(size)s MB; at most %(most)s MB are read. Send it in parts.")
            % {"size": size // limits.MEGABYTE, "most": limits.FILE_BYTES // limits.MEGABYTE}
        )
    if not size:
        raise Unreadable(_("The file is empty."))
    file.seek(0)
    start = file.read(512)
    if start.startswith(_ZIP):
        with file:  # the process has its own
            return read_workbook(file)
    if start.startswith(_OLD_OFFICE):
        raise Unreadable(
            _("This is an old Excel file (.xls) or one with a password. Save it as plain .xlsx.")
        )
    if start.removeprefix(codecs.BOM_UTF8).lstrip().lower().startswith(_NO_TABLES):
        raise Unreadable(
            _("This is a web page, a picture or the like, no table. Save it as CSV or XLSX.")
        )
    return read_delimited(file)
