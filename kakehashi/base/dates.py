"""Dates, months and fiscal year ends as people and their spreadsheets write them.

Each function gives the one thing that can be meant, or raises `Unreadable` with a sentence that
says what to write instead. Nothing is guessed: `04/05/2025` is refused unless a format is given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.base import eras
from kakehashi.base.errors import Unreadable
from kakehashi.base.phrases import shortened
from kakehashi.base.text import nfkc

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

EARLIEST_YEAR = 1000
_MIDNIGHT = r"(?:[ T]+0?0:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)?)?"
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YMD = r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
_ERA_YEAR = rf"(?P<era>{eras.NAMES}) ?(?P<year>\d{{1,2}}|元)"
_DAY_FORMS = tuple(
    re.compile(form + _MIDNIGHT, re.IGNORECASE)
    for form in (
        _YMD,
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<year>\d{4}) ?年 ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日",
        rf"{_ERA_YEAR} ?年 ?(?P<month>\d{{1,2}}) ?月 ?(?P<day>\d{{1,2}}) ?日",
        rf"{_ERA_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<month>{_MONTH})\.?,?[ -](?P<year>\d{{4}})",
        rf"(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
    )
)
_MONTH_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d\d)",
        r"(?P<year>\d{4}) ?年 ?(?P<month>\d{1,2}) ?月(?:度|分)?",
        rf"{_ERA_YEAR} ?年 ?(?P<month>\d{{1,2}}) ?月(?:度|分)?",
        rf"{_ERA_YEAR}[-/.](?P<month>\d{{1,2}})",
        rf"(?P<month>{_MONTH})\.?,?[ -](?P<year>\d{{4}})",
    )
)
_YEAR_END_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}|末) ?日?",
        r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<month>{_MONTH})\.?",
        rf"(?P<month>{_MONTH})\.?[ -](?P<day>\d{{1,2}})(?:st|nd|rd|th)?",
        rf"end of (?P<month>{_MONTH})(?P<day>)",
        r"(?P<month>\d{1,2}) ?月(?:決算|期)(?P<day>)",
    )
)
_DAY_FIRST = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{1,4}")
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?")
_WITH_TIME = re.compile(r".*\d[ T]+\d{1,2}:\d\d.*", re.DOTALL)
_LONGEST_MONTHS = {month: monthrange(2024, month)[1] for month in range(1, 13)}
_DIRECTIVES = ({"%d"}, {"%m", "%b", "%B"}, {"%y", "%Y"})
_EXCEL_ZERO, _EXCEL_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
_EXCEL_MISSED = 60
"""Excel counts a 29 February 1900 that never was."""


def parse_date(text: str | date | datetime, fmt: str | None = None) -> date:
    """The day that is meant. With `fmt` (as `%d-%m-%y`) only text of that form is understood."""
    if isinstance(text, date):
        return _day_of(text)
    if not isinstance(text, str):
        raise _not_a_date(str(text))
    return _with_format(nfkc(text), fmt) if fmt else _parse_day(text)


def parse_month(text: str | date | datetime) -> date:
    """The first day of the month that is meant; a whole date stands for its month."""
    if isinstance(text, date):
        return _day_of(text).replace(day=1)
    if not isinstance(text, str):
        raise _not_a_month(str(text))
    return _parse_first_of_month(text)


def parse_fiscal_year_end(text: str | date | datetime) -> str:
    """The last day of a fiscal year as `MM-DD`: 3月31日, 3月末日 and `31 March` are `03-31`.

    `02-29` means the last day of February in any year; 2月28日 stays `02-28`.
    """
    if isinstance(text, date):
        return f"{text:%m-%d}"
    if not isinstance(text, str):
        raise _not_a_year_end(str(text))
    plain = nfkc(text)
    found = _first_match(_YEAR_END_FORMS, plain)
    if found is None:
        raise _not_a_year_end(plain)
    month = _month_number(found["month"])
    last = _LONGEST_MONTHS.get(month, 0)
    day = last if found["day"] in {"末", ""} else int(found["day"])
    if not 1 <= day <= last:
        raise _not_a_year_end(plain)
    return f"{month:02}-{day:02}"


def excel_date(serial: float | Decimal, *, since_1904: bool = False) -> date:
    """The day behind the number an Excel cell of type date holds."""
    try:
        days = int(serial)
    except (ValueError, OverflowError) as error:
        raise _not_a_date(str(serial)) from error
    if since_1904:
        return _counted(_EXCEL_ZERO_1904, days, serial, at_least=0)
    return _counted(_EXCEL_ZERO, days + (days < _EXCEL_MISSED), serial, at_least=2)


def last_day_of(year: int, month_and_day: str) -> date:
    """The day a fiscal year end `MM-DD` falls on in that year: `02-29` is February's last."""
    month, day = map(int, month_and_day.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def fiscal_year(on: date, year_end: str) -> int:
    """The calendar year in which the fiscal year of that day began.

    A year that ends on `03-31` and holds 2025-04-01 is 2025, as is usual in Japan (2025年度).
    """
    return fiscal_year_bounds(on, year_end)[0].year


def fiscal_year_bounds(on: date, year_end: str) -> tuple[date, date]:
    """First and last day of the fiscal year that holds that day."""
    end = last_day_of(on.year, year_end)
    if on > end:
        end = last_day_of(on.year + 1, year_end)
    return last_day_of(end.year - 1, year_end) + timedelta(days=1), end


@lru_cache(maxsize=8192)
def _parse_day(text: str) -> date:
    plain = nfkc(text)
    found = _first_match(_DAY_FORMS, plain)
    if found is None:
        raise _not_a_date(plain)
    return _built(found, plain, _not_a_date)


@lru_cache(maxsize=4096)
def _parse_first_of_month(text: str) -> date:
    plain = nfkc(text)
    if found := _first_match(_MONTH_FORMS, plain):
        return _built(found, plain, _not_a_month)
    if _first_match(_DAY_FORMS, plain):
        return _parse_day(text).replace(day=1)
    raise _not_a_month(plain)


def _first_match(forms: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    return next((found for form in forms if (found := form.fullmatch(text))), None)


def _built(found: re.Match[str], plain: str, objection: Callable[[str], Unreadable]) -> date:
    """The day of year, month and day as matched, or the first of the month without a day."""
    parts = found.groupdict()
    era = (parts.get("era") or "").upper()
    written = 1 if parts["year"] == "元" else int(parts["year"])
    year = eras.year_of(era, written) if era else written
    month = _month_number(parts["month"])
    day = int(parts.get("day") or 1)
    try:
        first = date(year, month, day)
    except ValueError as error:
        raise objection(plain) from error
    if year < EARLIEST_YEAR:
        raise objection(plain)
    if era:
        last = first if parts.get("day") else first.replace(day=monthrange(year, month)[1])
        eras.check_within(era, written, first, last)
    return first


def _month_number(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS[text.lower()]


def _day_of(value: date | datetime) -> date:
    """A date as it is; a moment only if it is midnight, for a time of day would be lost."""
    if not isinstance(value, datetime):
        return value
    if value.time() != time():
        raise _has_a_time(value.isoformat(sep=" "))
    return value.date()


@lru_cache(maxsize=8192)
def _with_format(plain: str, fmt: str) -> date:
    if not all(any(one in fmt for one in choice) for choice in _DIRECTIVES):
        raise Unreadable(
            _("The format %(format)s must name day, month and year, as %%d-%%m-%%Y does.")
            % {"format": fmt}
        )
    try:
        return datetime.strptime(plain, fmt).date()  # noqa: DTZ007 (a day has no zone)
    except (ValueError, re.error) as error:
        raise Unreadable(
            _("“%(value)s” does not have the form %(format)s.")
            % {"value": shortened(plain), "format": fmt}
        ) from error


def _counted(zero: date, days: int, serial: object, *, at_least: int) -> date:
    if days < at_least:
        raise _not_a_date(str(serial))
    try:
        return zero + timedelta(days=days)
    except OverflowError as error:
        raise _not_a_date(str(serial)) from error


def _not_a_date(value: str) -> Unreadable:
    shown = {"value": shortened(value)}
    if _DAY_FIRST.fullmatch(value):
        return Unreadable(
            _("“%(value)s” can be read in several ways. Write year, month, day as 2025-04-01.")
            % shown
        )
    if _SERIAL.fullmatch(value):
        return Unreadable(
            _("“%(value)s” is a number. Format the cell as a date, or write it as 2025-04-01.")
            % shown
        )
    if _WITH_TIME.fullmatch(value):
        return _has_a_time(value)
    return Unreadable(
        _("“%(value)s” is not a date. Write it as 2025-04-01, 2025年4月1日 or 令和7年4月1日.")
        % shown
    )


def _has_a_time(value: str) -> Unreadable:
    return Unreadable(
        _("“%(value)s” has a time of day. Write the date alone, as 2025-04-01.")
        % {"value": shortened(value)}
    )


def _not_a_month(value: str) -> Unreadable:
    return Unreadable(
        _("“%(value)s” is not a month. Write it as 2025-04, 2025年4月 or 令和7年4月.")
        % {"value": shortened(value)}
    )


def _not_a_year_end(value: str) -> Unreadable:
    return Unreadable(
        _("“%(value)s” is not the end of a fiscal year. Write it as 03-31, 3月31日 or 2月末日.")
        % {"value": shortened(value)}
    )
