"""Hours of a day and of a week, as people write them and as they are told."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.phrases import shortened
from kakehashi.base.text import nfkc

if TYPE_CHECKING:
    from collections.abc import Iterable

Span = tuple[int, int]  # minutes since midnight, from and until
Spans = tuple[Span, ...]
Week = tuple[Spans, ...]  # Monday first

DAYS_OF_WEEK = 7
MINUTES = 24 * 60

_TIME = r"(\d{1,2}) ?(?:[:時] ?([0-5]\d)? ?分?)?"
_SPAN = re.compile(rf"{_TIME} ?[-‐–—−~〜ー] ?{_TIME}")
_BETWEEN = re.compile(r"[\s,、;/・と]*")


def check_week(week: Week) -> None:
    """Seven days, each with spans that lie within it and follow each other."""
    if len(week) != DAYS_OF_WEEK:
        raise ValueError("A week has seven days.")
    for spans in week:
        ends = [0, *(minute for span in spans for minute in span), MINUTES]
        if any(first >= last for first, last in spans) or ends != sorted(ends):
            raise ValueError("Working hours lie within a day and follow each other.")


def parse_spans(text: str) -> Spans:
    """The hours of a day as people write them: 9:30–12:00, 13:00–18:30, or 9時30分〜18時30分."""
    told = nfkc(text)
    spans, at = [], 0
    for found in _SPAN.finditer(told):
        if not _BETWEEN.fullmatch(told, at, found.start()):
            raise _not_hours(text)
        hour, minute, end_hour, end_minute = found.groups(default="0")
        spans.append((int(hour) * 60 + int(minute), int(end_hour) * 60 + int(end_minute)))
        at = found.end()
    if not _BETWEEN.fullmatch(told, at):
        raise _not_hours(text)
    _refuse_disorder(spans, text)
    return _joined(spans)


def _refuse_disorder(spans: list[Span], text: str) -> None:
    if any(last > MINUTES for _first, last in spans):
        raise Unreadable(
            _("“%(value)s” goes beyond midnight. A day ends at 24:00 and the next goes on.")
            % {"value": shortened(text)}
        )
    backwards = any(first >= last for first, last in spans)
    if backwards or any(one[1] > other[0] for one, other in pairwise(spans)):
        raise Unreadable(
            _("The hours in “%(value)s” do not follow each other. Write the earlier ones first.")
            % {"value": shortened(text)}
        )


def _not_hours(text: str) -> Unreadable:
    return Unreadable(
        _("“%(value)s” does not say hours. Write them as 9:30-12:00, 13:00-18:30.")
        % {"value": shortened(text)}
    )


def _joined(spans: Iterable[Span]) -> Spans:
    """Spans that touch are one."""
    joined: list[Span] = []
    for first, last in spans:
        if joined and joined[-1][1] == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return tuple(joined)


def spans_text(spans: Spans) -> str:
    """Hours in one spelling, as parse_spans reads them."""
    return ", ".join(f"{clock_text(first)}–{clock_text(last)}" for first, last in spans)


def clock_text(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def parse_week(texts: Iterable[str]) -> Week:
    """Seven days as spans_text writes them, Monday first."""
    week = tuple(map(parse_spans, texts))
    check_week(week)
    return week


def same_days(week: Week) -> list[tuple[int, int, Spans]]:
    """Days in a row that have the same hours, as first day, last day and hours."""
    rows: list[tuple[int, int, Spans]] = []
    for day, spans in enumerate(week):
        if rows and rows[-1][2] == spans:
            rows[-1] = (rows[-1][0], day, spans)
        else:
            rows.append((day, day, spans))
    return rows


def week_text(week: Week) -> str:
    """A week in one line: Mon–Fri 9:30–12:00, 13:00–18:30. Days off are not mentioned."""
    return "; ".join(
        f"{days_text(first, last)} {spans_text(spans)}"
        for first, last, spans in same_days(week)
        if spans
    )


def days_text(first: int, last: int) -> str:
    """Weekdays in a row, in the reader's language."""
    names = [str(WEEKDAYS_ABBR[day]) for day in {first: None, last: None}]
    return "–".join(names)
