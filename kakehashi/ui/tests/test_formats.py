"""The same day and amount, as a Japanese and as an English reader writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from babel.numbers import format_currency
from django.utils import translation

from kakehashi.ui import formats

DAY = date(2026, 4, 1)
MOMENT = datetime(2026, 3, 31, 23, 5, tzinfo=UTC)  # already 1 April in Tokyo


@pytest.mark.parametrize(
    ("language", "form", "text"),
    [
        ("ja", "long", "2026年4月1日(水)"),
        ("ja", "short", "4/1(水)"),
        ("ja", "month", "2026年4月"),
        ("ja", "year", "2026年"),
        ("ja", "plain", "2026/04/01"),
        ("en", "long", "Wed 1 Apr 2026"),
        ("en", "short", "Wed 1 Apr"),
        ("en", "month", "Apr 2026"),
        ("en", "year", "2026"),
        ("en", "plain", "1 Apr 2026"),
    ],
)
def test_a_day_is_written_in_the_readers_words(language: str, form: str, text: str) -> None:
    with translation.override(language):
        assert formats.date_text(DAY, form) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [("ja", "2026年4月1日(水) 08:05"), ("en", "Wed 1 Apr 2026 08:05")],
)
def test_a_moment_is_told_in_the_readers_time_zone(language: str, text: str) -> None:
    with translation.override(language):
        assert formats.date_text(MOMENT) == text


def test_a_machine_reads_the_same_day() -> None:
    assert formats.machine_date(DAY) == "2026-04-01"
    assert formats.machine_date(DAY, "month") == "2026-04"
    assert formats.machine_date(DAY, "year") == "2026"


@pytest.mark.parametrize(
    ("language", "amount", "currency", "compact", "text"),
    [
        ("ja", "412800000", "JPY", False, "¥412,800,000"),
        ("ja", "412800000", "JPY", True, "¥4.1億"),
        ("ja", "9800", "JPY", True, "¥9,800"),
        ("ja", "-1200", "JPY", False, "-¥1,200"),
        ("ja", "12450.5", "GBP", False, "£12,450.50"),
        ("en", "412800000", "JPY", False, "¥412,800,000"),
        ("en", "412800000", "JPY", True, "¥412.8M"),
        ("en", "12450.5", "SGD", False, "SGD\N{NO-BREAK SPACE}12,450.50"),
    ],
)
def test_an_amount_carries_its_currency(language, amount, currency, compact, text) -> None:
    with translation.override(language):
        assert formats.money_text(Decimal(amount), currency, compact=compact) == text


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("currency", ["JPY", "USD", "SGD", "CHF", "KWD", "XCG"])
def test_an_amount_in_full_is_what_babel_writes(language: str, currency: str) -> None:
    amounts = [
        Decimal(n).scaleb(-digits) for n in (0, 5, -15, 25, 412_800_005) for digits in range(5)
    ]
    with translation.override(language):
        written = [formats.money_text(amount, currency) for amount in amounts]

    own = [
        format_currency(amount, currency, locale=formats.LOCALES[language]) for amount in amounts
    ]
    assert written == [formats._as_we_write(text) for text in own]


def test_shares_and_numbers() -> None:
    assert formats.percent_text(Decimal("0.0842")) == "8.4%"
    assert formats.percent_text(1, 0) == "100%"
    assert formats.number_text(1234567) == "1,234,567"
    assert formats.number_text(Decimal("2600.4"), 1) == "2,600.4"


@pytest.mark.parametrize(("language", "name"), [("ja", "大場 健"), ("en", "Ken Oba")])
def test_a_name_is_the_one_the_reader_can_read(language: str, name: str) -> None:
    oba = SimpleNamespace(name="大場 健", name_en="Ken Oba")
    with translation.override(language):
        assert formats.reader_name(oba) == name


def test_a_name_without_english_is_shown_as_it_is() -> None:
    with translation.override("en"):
        assert formats.reader_name(SimpleNamespace(name="大場 健", name_en="")) == "大場 健"


@pytest.mark.parametrize(
    ("language", "country", "year_end"),
    [("ja", "日本", "3月31日"), ("en", "Japan", "31 March")],
)
def test_codes_of_the_register_are_read_as_words(
    language: str, country: str, year_end: str
) -> None:
    with translation.override(language):
        assert formats.country_text("JP") == country
        assert formats.country_text("ZQ") == "ZQ"
        assert formats.year_end_text("03-31") == year_end
        assert formats.year_end_text("02-29") in ("2月末日", "end of February")
