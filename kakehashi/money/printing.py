"""A portfolio as a workbook and on paper, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kakehashi.base.money import minor_units
from kakehashi.documents import tables
from kakehashi.documents.tables import Number, Part
from kakehashi.ui.formats import NOTHING, date_text, language, money_text, number_text, percent_text

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from kakehashi.base.periods import Months
    from kakehashi.documents.tables import Cell
    from kakehashi.money.shown import Shown

PERCENT = "0.0%"


def workbook(shown: Shown, at: dt.datetime) -> bytes:
    return tables.workbook(_("Portfolio"), _facts(shown, at), _parts(shown))


def paper(shown: Shown, at: dt.datetime) -> bytes:
    """What it looks like depends on the moment only as far as it says it."""
    words = {
        "language": language(),
        "kind": _("Portfolio"),
        "title": shown.asked.scope_name,
        "author": _("Kakehashi"),
        "facts": [{"label": label, "text": text} for label, text in _facts(shown, at)],
        "footer": f"{_('Portfolio')} · {shown.asked.scope_name} · {_of_accounts()}",
    }
    return tables.paper(words, _parts(shown), more=_more, dated=at)


def file_name(shown: Shown) -> str:
    months = shown.asked.months
    currency = shown.book.currency.lower() if shown.book else "none"
    return f"portfolio-{currency}-{months.first:%Y%m}-{months.last:%Y%m}"


def _facts(shown: Shown, at: dt.datetime) -> list[tuple[str, str]]:
    """What is counted, of which accounts, and how concentrated it is."""
    facts = [
        (_("Portfolio"), shown.asked.scope_name),
        (_("Counted"), _of_accounts()),
        (_("Period"), _span(shown.asked.months)),
        (_("Compared with"), _span(shown.against) if shown.against else NOTHING),
        (_("Printed on"), date_format(localtime(at), "SHORT_DATETIME_FORMAT")),
    ]
    if not (book := shown.book):
        return [*facts, (_("Currency"), NOTHING)]
    facts.append((_("Currency"), book.currency))
    sums = [(_("Billings"), book.now.billings), (_("Net revenue"), book.now.net_revenue)]
    if shown.asked.sees_cost:
        sums.append((_("Margin"), book.now.margin))
    facts += [(label, money_text(amount, book.currency)) for label, amount in sums]
    return [
        *facts,
        (_("Measured by"), shown.asked.measure_name),
        (_("Largest one"), percent_text(book.spread.top1)),
        (_("Five largest"), percent_text(book.spread.top5)),
        (_("HHI (0 – 10,000)"), number_text(book.spread.hhi)),
        (_("Effective number of clients"), number_text(book.spread.effective_number, 1)),
    ]


def _parts(shown: Shown) -> list[Part]:
    if shown.book is None:
        return []
    parts = [_months(shown), _shares(shown)]
    if shown.against:
        parts.append(_moves(shown))
    if shown.aims:
        parts.append(_targets(shown))
    return [*parts, _losses(shown)]


def _months(shown: Shown) -> Part:
    margin = shown.asked.sees_cost
    heads = [_("Month"), _("Billings"), _("Net revenue"), *([_("Margin")] if margin else [])]
    rows: list[list[Cell]] = []
    for one, _amount, before, growth in shown.month_rows:
        row: list[Cell] = [
            date_text(one.month, "month"),
            _money(shown, one.now.billings),
            _money(shown, one.now.net_revenue),
        ]
        if margin:
            row.append(_money(shown, one.now.margin))
        if shown.against:
            row += [_money(shown, before), _percent(growth)]
        rows.append(row)
    if shown.against:
        heads += [_measure_before(shown), _("Growth")]
    return Part(_("Month by month"), heads, rows, NOTHING)


def _shares(shown: Shown) -> Part:
    heads = [
        shown.client_name,
        shown.asked.measure_name,
        _("Share"),
        _("Running total"),
        _("Class"),
    ]
    if shown.against:
        heads += [_measure_before(shown), _("Share before")]
    rows: list[list[Cell]] = []
    for one, part in shown.largest:
        row: list[Cell] = [
            one.name,
            _money(shown, one.amount),
            _percent(part.share),
            _percent(part.running),
            part.grade,
        ]
        if shown.against:
            row += [_money(shown, one.before), _percent(part.share_before)]
        rows.append(row)
    assert shown.book is not None
    if (rest := shown.book.rest).count:
        said = ngettext("%(n)s more", "%(n)s more", rest.count) % {"n": rest.count}
        blank = ["", "", *(["", ""] if shown.against else [])]
        rows.append([said, _money(shown, rest.amount), _percent(rest.share), *blank])
    return Part(_("Share of each"), heads, rows, NOTHING)


def _moves(shown: Shown) -> Part:
    heads = [_("What became of them"), shown.client_name]
    heads += [_measure_before(shown), shown.asked.measure_name, _("Difference")]
    rows: list[list[Cell]] = [
        [move.name, row.name, *(_money(shown, amount) for amount in amounts)]
        for move in shown.moves
        for row in move.rows
        for amounts in [(row.before, row.amount, row.difference)]
    ]
    return Part(_("Gained and lost"), heads, rows, NOTHING)


def _targets(shown: Shown) -> Part:
    heads = [_("Months"), _("Measured by"), _("Target"), _("Brought so far"), _("Reached")]
    heads += [_("Of the time"), _("Missing")]
    rows: list[list[Cell]] = [
        [
            _span(one.target.months),
            str(one.target.get_measure_display()),
            _money(shown, one.target.amount),
            _money(shown, one.brought),
            _percent(one.reached),
            _percent(one.expected),
            _money(shown, one.missing),
        ]
        for one in shown.aims
    ]
    return Part(_("Targets"), heads, rows, NOTHING)


def _losses(shown: Shown) -> Part:
    margin = shown.asked.sees_cost
    heads = [
        _("Without"), _("Net revenue left"), *([_("Margin left")] if margin else []),
        _("Five largest"), _("HHI"), _("Effective number of clients"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            one.row.name,
            _money(shown, one.loss.left.net_revenue),
            *([_money(shown, one.loss.left.margin)] if margin else []),
            _percent(one.loss.spread.top5),
            Number(one.loss.spread.hhi, number_text(one.loss.spread.hhi)),
            Number(
                one.loss.spread.effective_number,
                number_text(one.loss.spread.effective_number, 1),
                "0.0",
            ),
        ]
        for one in shown.at_risk
    ]
    return Part(_("If one were lost"), heads, rows, NOTHING)


def _money(shown: Shown, amount: Decimal | None) -> Cell:
    assert shown.book is not None
    if amount is None:
        return NOTHING
    digits = minor_units(shown.book.currency)
    form = "#,##0" + ("." + "0" * digits if digits else "")
    return Number(amount, money_text(amount, shown.book.currency), form)


def _percent(share: Decimal | None) -> Cell:
    return NOTHING if share is None else Number(share, percent_text(share), PERCENT)


def _measure_before(shown: Shown) -> str:
    return _("%(measure)s before") % {"measure": shown.asked.measure_name}


def _span(months: Months) -> str:
    return f"{date_text(months.first, 'month')} – {date_text(months.last, 'month')}"


def _of_accounts() -> str:
    return _("Of the accounts you see.")


def _more(rows: int) -> str:
    return ngettext(
        "%(number)s more row stands in the workbook.",
        "%(number)s more rows stand in the workbook.",
        rows,
    ) % {"number": rows}
