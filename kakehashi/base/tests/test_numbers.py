"""Amounts, counts, shares, yes and no."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.base.errors import Unreadable
from kakehashi.base.numbers import parse_boolean, parse_decimal, parse_integer, parse_share

ANY = settings(deadline=None, max_examples=100)
AMOUNTS = st.decimals(-(10**15), 10**15, places=2, allow_nan=False, allow_infinity=False)
NUMBERISH = st.from_regex(r"[0-9¥￥円$,.()△▲－ %eE+\-百万千]{0,15}", fullmatch=True)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1234", "1234"),
        ("1,234", "1234"),
        ("１，２３４", "1234"),
        ("¥1,234", "1234"),
        ("￥1,234", "1234"),
        ("\\1,234", "1234"),
        ("1,234円", "1234"),
        ("1,234 円", "1234"),
        ("$1,234.50", "1234.50"),
        ("€ 5", "5"),
        ("£0.99", "0.99"),
        ("-5", "-5"),
        ("－5", "-5"),
        ("−5", "-5"),
        ("△1,234", "-1234"),
        ("▲1234円", "-1234"),
        ("(1,234)", "-1234"),
        ("（1,234）", "-1234"),
        ("(¥1,234)", "-1234"),
        ("¥-5", "-5"),
        ("-¥5", "-5"),
        ("+5", "5"),
        ("0", "0"),
        ("007", "7"),
        (" 12 ", "12"),
        ("1,234,567.89", "1234567.89"),
        (Decimal("1.5"), "1.5"),
        (12, "12"),
    ],
)
def test_amounts_as_people_write_them(written, number):
    assert parse_decimal(written) == Decimal(number)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1.234,56", "decimal comma"),
        ("12,5", "decimal comma"),
        ("1,2345", "decimal comma"),
        ("5百万円", "in units"),
        ("1,200千円", "in units"),
        ("3億", "in units"),
        ("1万2千", "in units"),
        ("1e5", "shortened"),
        ("7.12E+12", "shortened"),
        ("NaN", "not a number"),
        ("Infinity", "not a number"),
        ("1_000", "not a number"),
        ("", "not a number"),
        ("-", "not a number"),
        ("--5", "not a number"),
        ("(-5)", "not a number"),
        ("(5", "not a number"),
        ("5)", "not a number"),
        ("-¥-5", "not a number"),
        ("1,234,56", "not a number"),
        ("1 234", "not a number"),
        ("٣", "not a number"),
        ("¥", "not a number"),
        ("12%", "not a number"),
        (True, "not a number"),
        (Decimal("NaN"), "not a number"),
        ("1" * 31, "too many digits"),
        (10**40, "too many digits"),
        ("0." + "0" * 31 + "1", "too many digits"),
    ],
)
def test_what_is_no_number_or_could_be_two_is_refused_with_a_reason(written, why):
    with pytest.raises(Unreadable, match=why):
        parse_decimal(written)


@ANY
@given(AMOUNTS)
def test_every_amount_is_read_back_from_each_way_to_write_it(amount):
    plain = f"{abs(amount):,}"
    minus = "-" if amount < 0 else ""

    assert parse_decimal(str(amount)) == amount
    assert parse_decimal(f"{minus}¥{plain}") == amount
    assert parse_decimal(f"{amount:,}円") == amount
    if amount < 0:
        assert parse_decimal(f"△{plain}") == parse_decimal(f"({plain})") == amount


@ANY
@given(st.text() | NUMBERISH)
@pytest.mark.parametrize("parse", [parse_decimal, parse_integer, parse_share, parse_boolean])
def test_no_text_brings_anything_but_a_value_or_unreadable(parse, text):
    with suppress(Unreadable):
        parse(text)


def test_whole_numbers_only_where_a_count_is_meant():
    assert parse_integer("1,200.0") == 1200
    with pytest.raises(Unreadable, match="not a whole number"):
        parse_integer("1.5")


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("30%", "0.3"),
        ("30％", "0.3"),
        ("３０％", "0.3"),
        ("0.3", "0.3"),
        ("1", "1"),
        ("100%", "1"),
        ("0", "0"),
        ("12.5 %", "0.125"),
    ],
)
def test_a_share_is_a_part_of_one(written, share):
    assert parse_share(written) == Decimal(share)


@pytest.mark.parametrize("written", ["30", "101%", "-0.1", "1.01"])
def test_a_share_beyond_the_whole_is_refused(written):
    with pytest.raises(Unreadable, match=r"Write 30% or 0\.3"):
        parse_share(written)


@pytest.mark.parametrize(
    "written", ["yes", "YES", "true", "1", "はい", "有", "あり", "○", "〇", "✓", "ｙｅｓ", True]
)
def test_ways_to_say_yes(written):
    assert parse_boolean(written) is True


@pytest.mark.parametrize(
    "written", ["no", "No", "FALSE", "0", "いいえ", "無", "なし", "×", "✕", False]
)
def test_ways_to_say_no(written):
    assert parse_boolean(written) is False


@pytest.mark.parametrize("written", ["", "x", "maybe", "2", "-"])
def test_what_could_be_yes_or_no_is_refused(written):
    with pytest.raises(Unreadable, match="neither yes nor no"):
        parse_boolean(written)
