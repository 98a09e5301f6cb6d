"""Dates, numbers and money as the reader's language writes them."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import (
    format_compact_currency,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
)
from django.utils.timezone import localtime
from django.utils.translation import get_language

if TYPE_CHECKING:
    from decimal import Decimal

DateForm = Literal["long", "short", "month", "year", "plain"]

LOCALES = {"ja": Locale("ja", "JP"), "en": Locale("en")}
PATTERNS = {
    "ja": {
        "long": "y年M月d日(E)",
        "short": "M/d(E)",
        "month": "y年M月",
        "year": "y年",
        "plain": "y/MM/dd",
    },
    "en": {
        "long": "E d MMM y",
        "short": "E d MMM",
        "month": "MMM y",
        "year": "y",
        "plain": "d MMM y",
    },
}
YEAR_END = {"ja": ("M月d日", "2月末日"), "en": ("d MMMM", "end of February")}
NOTHING = "—"
COMPACT_FROM = 10_000
CODE_BEFORE_DIGIT = re.compile(r"([A-Z]{3})(?=\d)")


def language() -> str:
    """The reader's language as one of ours; everything else reads English."""
    return "ja" if (get_language() or "").startswith("ja") else "en"


def locale() -> Locale:
    return LOCALES[language()]


def date_text(value: date, form: DateForm = "long") -> str:
    """A day, or a moment in the reader's time zone, in the reader's words."""
    if isinstance(value, datetime):
        moment = localtime(value) if value.tzinfo else value
        day = _day_text(moment.date(), form, language())
        return day if form in ("month", "year") else f"{day} {moment:%H:%M}"
    return _day_text(value, form, language())


@lru_cache(maxsize=4096)
def _day_text(day: date, form: DateForm, spoken: str) -> str:
    """A list says the same days again and again."""
    return format_date(day, PATTERNS[spoken][form], locale=LOCALES[spoken])


def machine_date(value: date, form: DateForm = "long") -> str:
    """The `datetime` attribute that says the same to a machine."""
    if form in ("month", "year"):
        return f"{value:%Y-%m}" if form == "month" else f"{value:%Y}"
    return value.isoformat()


def money_text(amount: Decimal, currency: str, *, compact: bool = False) -> str:
    """An amount with its currency; compact rounds to 億, 万, M or K for a headline."""
    return _money_text(amount, currency, compact and abs(amount) >= COMPACT_FROM, language())


@lru_cache(maxsize=4096)
def _money_text(amount: Decimal, currency: str, rounded: bool, spoken: str) -> str:  # noqa: FBT001
    """Said in full by the sign and the digits of the currency, which are looked up once."""
    if rounded:
        text = format_compact_currency(amount, currency, locale=LOCALES[spoken], fraction_digits=1)
        return _as_we_write(text)
    sign, digits = _written(currency, spoken)
    number = f"{abs(amount):,.{digits}f}"
    minus = "-" if amount < 0 else ""
    return f"{minus}{sign}{number}"


@lru_cache(maxsize=512)
def _written(currency: str, spoken: str) -> tuple[str, int]:
    """What stands before an amount in full, and how many digits the minor unit has."""
    zero = format_currency(0, currency, locale=LOCALES[spoken])
    sign = _as_we_write(zero).partition("0")[0]
    return sign, get_currency_precision(currency)


def _as_we_write(text: str) -> str:
    """Yen with the narrow sign, and a code apart from its number."""
    narrow = text.replace("\N{FULLWIDTH YEN SIGN}", "\N{YEN SIGN}")
    return CODE_BEFORE_DIGIT.sub("\\1\N{NO-BREAK SPACE}", narrow)


def number_text(value: Decimal | float, digits: int = 0) -> str:
    return format_decimal(value, pattern(digits), locale=locale())


def percent_text(share: Decimal | float, digits: int = 1) -> str:
    """A share between 0 and 1 as a percentage."""
    return format_percent(share, f"{pattern(digits)}%", locale=locale())


def country_text(code: str) -> str:
    """A country by its two letters; what is none stays as it is."""
    return locale().territories.get(code, code)


def year_end_text(day: str) -> str:
    """`03-31` as 3月31日 or 31 March; `02-29` is the end of February, whatever the year."""
    words, february = YEAR_END[language()]
    if day == "02-29":
        return february
    return format_date(date.fromisoformat(f"2024-{day}"), words, locale=locale())


def pattern(digits: int) -> str:
    return "#,##0." + "0" * digits if digits else "#,##0"


def reader_name(thing: object) -> str:
    """The name this reader can read: the English one in English, where there is one."""
    english = getattr(thing, "name_en", "") if language() == "en" else ""
    return english or getattr(thing, "name", "") or str(thing)
