"""The report of a wall: who stood where and when, what was behind it, exceptions, attempts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kakehashi.conflicts.queries import walls as queries
from kakehashi.documents import tables
from kakehashi.documents.tables import Part
from kakehashi.ui.formats import date_text, language, reader_name

if TYPE_CHECKING:
    from kakehashi.conflicts.models import Wall

EVER = dt.timedelta(days=3660)


def parts(wall: Wall, at: dt.datetime) -> list[Part]:
    """All tables, in the order in which somebody asks."""
    return [_people(wall), _accounts(wall), _denials(wall), _exemptions(wall), _attempts(wall, at)]


def workbook(wall: Wall, at: dt.datetime) -> bytes:
    """The report as XLSX."""
    return tables.workbook(_("Wall"), facts(wall, at), parts(wall, at))


def paper(wall: Wall, at: dt.datetime) -> bytes:
    """The report as PDF, in the reader's language."""
    words = {
        "language": language(),
        "kind": _("Report of a wall"),
        "title": wall.name,
        "author": _("Kakehashi"),
        "facts": [{"label": label, "text": text} for label, text in facts(wall, at) if text],
        "footer": f"{_('Report of a wall')} · {wall.name} · {_moment(at)}",
    }
    return tables.paper(words, parts(wall, at), more=_more, dated=at)


def _more(rows: int) -> str:
    return ngettext(
        "%(number)s more row stands in the workbook.",
        "%(number)s more rows stand in the workbook.",
        rows,
    ) % {"number": rows}


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
