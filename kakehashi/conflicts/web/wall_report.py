"""The report of a wall: who stood where and when, what was behind it, exceptions, attempts."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kakehashi.base.digests import digest_of
from kakehashi.conflicts.queries import walls as queries
from kakehashi.documents.rendering import pdf
from kakehashi.ui.formats import date_text, language, reader_name

if TYPE_CHECKING:
    from kakehashi.conflicts.models import Wall

EVER = dt.timedelta(days=3660)
ON_PAPER = 1_000
"""Rows of a table that are printed; all of them are in the workbook."""
SHEET_NAME = 31
"""Characters that Excel lets a sheet be called by."""
NOT_IN_NAMES = str.maketrans("", "", r"[]:*?/\'")


@dataclass(frozen=True)
class Part:
    """One table of the report: everything in it is text."""

    title: str
    heads: list[str]
    rows: list[list[str]]
    none: str


def parts(wall: Wall, at: dt.datetime) -> list[Part]:
    """All tables, in the order in which somebody asks."""
    return [_people(wall), _accounts(wall), _denials(wall), _exemptions(wall), _attempts(wall, at)]


def workbook(wall: Wall, at: dt.datetime) -> bytes:
    """The report as XLSX: a sheet for each table, its facts first."""
    from openpyxl import Workbook  # slow to load, and needed here alone
    from openpyxl.styles import Font

    book = Workbook()
    first = book.active
    first.title = _("Wall")
    _fill(first, [list(row) for row in facts(wall, at)])
    for part in parts(wall, at):
        sheet = book.create_sheet(part.title.translate(NOT_IN_NAMES)[:SHEET_NAME])
        sheet.freeze_panes = "A2"
        _fill(sheet, [part.heads, *part.rows])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def paper(wall: Wall, at: dt.datetime) -> bytes:
    """The report as PDF, in the reader's language, with the digest of its words."""
    words: dict[str, Any] = {
        "language": language(),
        "kind": _("Report of a wall"),
        "title": wall.name,
        "author": _("Kakehashi"),
        "facts": [{"label": label, "text": text} for label, text in facts(wall, at) if text],
        "tables": [_on_paper(part) for part in parts(wall, at)],
        "footer": f"{_('Report of a wall')} · {wall.name} · {_moment(at)}",
    }
    words["digest"] = f"SHA-256 {digest_of(words)}"
    return pdf("tables", words, dated=at)


def _on_paper(part: Part) -> dict[str, Any]:
    more = len(part.rows) - ON_PAPER
    said = ngettext(
        "%(number)s more row stands in the workbook.",
        "%(number)s more rows stand in the workbook.",
        more,
    ) % {"number": more}
    return {
        "title": part.title, "heads": part.heads, "none": part.none,
        "rows": [[_plain(value) for value in row] for row in part.rows[:ON_PAPER]],
        "more": said if more > 0 else "",
    }  # fmt: skip


def _fill(sheet: Any, rows: list[list[str]]) -> None:
    """Every cell is text: nothing in it is a formula."""
    for row in rows:
        sheet.append([_plain(value) or None for value in row])
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.value is not None:
                cell.data_type = "s"


def facts(wall: Wall, at: dt.datetime) -> list[tuple[str, str]]:
    """What the wall is and what became of it."""
    return [
        (_("Wall"), wall.name),
        (_("Kind"), wall.get_kind_display()),
        (_("What it stands on"), wall.ground),
        (_("From"), _day(wall.starts_on)),
        (_("That ends on"), _day(wall.ground_ends_on)),
        (_("Put up by"), reader_name(wall.raised_by) if wall.raised_by else ""),
        (_("Flagged at"), _moment(wall.flagged_at)),
        (_("Lifted at"), _moment(wall.lifted_at)),
        (_("Lifted by"), reader_name(wall.lifted_by) if wall.lifted_by else ""),
        (_("Why it was lifted"), wall.lift_reason),
        (_("Report of"), _moment(at)),
    ]


def _people(wall: Wall) -> Part:
    rows = [
        [one.side, reader_name(one.what), one.what.handle or "", *_span(one)]
        for one in queries.who_stood(wall)
    ]
    heads = [_("Side"), _("Person"), _("Login"), _("Kept out of the other sides from"), _("Until")]
    return Part(_("Who stood on which side"), heads, rows, _("Nobody stood on a side."))


def _accounts(wall: Wall) -> Part:
    rows = [
        [one.side, one.what.code, reader_name(one.what), *_span(one)]
        for one in queries.what_stood(wall)
    ]
    heads = [_("Side"), _("Account code"), _("Account"), _("Behind it from"), _("Until")]
    return Part(_("What was behind which side"), heads, rows, _("Nothing was behind a side."))


def _denials(wall: Wall) -> Part:
    rows = [
        [
            reader_name(one.account),
            reader_name(one.person),
            _day(one.starts_on),
            _moment(one.lifted_at),
            one.reason,
            one.lift_reason,
        ]
        for one in queries.denials(wall)
    ]
    heads = [
        _("Account"), _("Person"), _("From"), _("Lifted at"), _("Reason"), _("Why it was lifted"),
    ]  # fmt: skip
    return Part(_("Denials one by one"), heads, rows, _("None was entered one by one."))


def _exemptions(wall: Wall) -> Part:
    rows = [
        [
            reader_name(one.person),
            one.side.name if one.side else pgettext("behind a wall", "everything"),
            _moment(one.made_at),
            _day(one.ends_on),
            _moment(one.withdrawn_at),
            reader_name(one.made_by),
            one.reason,
        ]
        for one in queries.exemptions(wall)
    ]
    heads = [
        _("Person"), _("Behind which side"), _("From"), _("Until"), _("Withdrawn at"),
        _("Made by"), _("Reason"),
    ]  # fmt: skip
    return Part(_("Exceptions"), heads, rows, _("There was no exception."))


def _attempts(wall: Wall, at: dt.datetime) -> Part:
    rows = [
        [
            _moment(one.attempt.at),
            reader_name(one.person),
            reader_name(one.account) if one.account else "",
            one.attempt.path,
        ]
        for one in queries.tried(wall, at - EVER)
    ]
    heads = [_("At"), _("Person"), _("Account"), _("Address asked for")]
    title = _("Attempts at what is behind it")
    return Part(title, heads, rows, _("Nobody asked for what is behind the wall."))


def _span(one: queries.Stood) -> tuple[str, str]:
    return _moment(one.begins), _moment(one.ends)


def _day(day: dt.date | None) -> str:
    return date_text(day, "plain") if day else ""


def _moment(moment: dt.datetime | None) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""


def _plain(text: str) -> str:
    """Text that no spreadsheet takes for anything else: control characters are left out."""
    return "".join(letter for letter in text if letter.isprintable() or letter == "\n")
