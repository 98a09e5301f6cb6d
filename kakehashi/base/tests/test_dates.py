"""Dates as Japanese and British spreadsheets hold them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl.utils.datetime
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.base.dates import (
    excel_date,
    fiscal_year,
    fiscal_year_bounds,
    last_day_of,
    parse_date,
    parse_fiscal_year_end,
    parse_month,
)
from kakehashi.base.errors import Unreadable

ANY = settings(deadline=None, max_examples=100)
ERAS = {
    "明治": (date(1873, 1, 1), date(1912, 7, 30), 1868, "M"),
    "大正": (date(1912, 7, 30), date(1926, 12, 25), 1912, "T"),
    "昭和": (date(1926, 12, 25), date(1989, 1, 7), 1926, "S"),
    "平成": (date(1989, 1, 8), date(2019, 4, 30), 1989, "H"),
    "令和": (date(2019, 5, 1), date(2117, 12, 31), 2019, "R"),
}
FULL_WIDTH = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")


@pytest.mark.parametrize(
    "written",
    [
        "2025-04-01",
        "2025/4/1",
        "2025.4.1",
        "2025/04/01",
        "20250401",
        "2025年4月1日",
        "2025 年 4 月 1 日",
        "令和7年4月1日",
        "㋿7年4月1日",
        "R7.4.1",
        "r7/4/1",
        "R07-04-01",
        "令7.4.1",
        "２０２５／４／１",
        "令和７年４月１日",
        "1 Apr 2025",
        "1st April 2025",
        "April 1, 2025",
        "Apr. 1 2025",
        "01-APR-2025",
        "2025-04-01 00:00:00",
        "2025/4/1 0:00",
        "2025-04-01T00:00:00Z",
        " 2025-04-01 ",
        date(2025, 4, 1),
        datetime(2025, 4, 1, tzinfo=UTC),
    ],
)
def test_the_first_of_april_is_understood(written):
    assert parse_date(written) == date(2025, 4, 1)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("大正15年12月25日", date(1926, 12, 25)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("明治45年7月30日", date(1912, 7, 30)),
        ("大正元年7月30日", date(1912, 7, 30)),
        ("S39.10.10", date(1964, 10, 10)),
        ("9999-12-31", date(9999, 12, 31)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_the_days_on_which_eras_change(written, day):
    assert parse_date(written) == day


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("平成32年4月1日", "令和2年4月1日 or 2020-04-01"),
        ("平成31年5月1日", "令和元年5月1日 or 2019-05-01"),
        ("令和元年4月30日", "平成31年4月30日 or 2019-04-30"),
        ("昭和64年1月8日", "平成元年1月8日 or 1989-01-08"),
        ("令和0年1月1日", "平成30年1月1日 or 2018-01-01"),
        ("大正16年1月1日", "昭和2年1月1日 or 1927-01-01"),
    ],
)
def test_a_day_outside_its_era_is_refused_with_what_to_write(written, instead):
    with pytest.raises(Unreadable, match=instead):
        parse_date(written)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("01-04-2025", "several ways"),
        ("4/1/2025", "several ways"),
        ("13.04.2025", "several ways"),
        ("25/4/1", "several ways"),
        ("45748", "is a number"),
        ("45748.5", "is a number"),
        ("2025-04-01 09:30", "time of day"),
        ("2025-04-01T09:30:00", "time of day"),
        (datetime(2025, 4, 1, 9, 30, tzinfo=UTC), "time of day"),
        ("2025-02-29", "not a date"),
        ("2025-13-01", "not a date"),
        ("令和7年4月31日", "not a date"),
        ("2025-4", "not a date"),
        ("2025/4-1", "not a date"),
        ("0025-04-01", "not a date"),
        ("", "not a date"),
        ("明治5年12月2日", "another calendar"),
        ("慶応3年1月1日", "not a date"),
        ("TBD", "not a date"),
        (45748, "is a number"),
        (None, "not a date"),
        (Decimal("1.5"), "not a date"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_refused_with_a_reason(written, why):
    with pytest.raises(Unreadable, match=why) as refused:
        parse_date(written)

    assert refused.value.reason == str(refused.value)


def test_a_given_format_settles_which_number_is_the_day():
    assert parse_date("01-03-17", fmt="%d-%m-%y") == date(2017, 3, 1)
    assert parse_date("０３/０１/２０１７", fmt="%m/%d/%Y") == date(2017, 3, 1)
    with pytest.raises(Unreadable, match="form %d-%m-%y"):
        parse_date("2017-03-01", fmt="%d-%m-%y")
    with pytest.raises(Unreadable, match="must name day, month and year"):
        parse_date("01", fmt="%d")


@ANY
@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_every_day_is_read_back_from_each_way_to_write_it(day):
    ways = (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        day.isoformat().translate(FULL_WIDTH),
    )
    assert {parse_date(way) for way in ways} == {day}


@ANY
@given(st.sampled_from(sorted(ERAS)), st.data())
def test_every_day_of_an_era_is_read_back(era, data):
    first, last, starts, letter = ERAS[era]
    day = data.draw(st.dates(first, last))
    year = day.year - starts + 1
    written = "元" if year == 1 else str(year)

    assert parse_date(f"{era}{written}年{day.month}月{day.day}日") == day
    if year < 100:
        assert parse_date(f"{letter}{year}.{day.month}.{day.day}") == day


@ANY
@given(st.sampled_from(sorted(ERAS)), st.integers(0, 99), st.integers(1, 12), st.integers(1, 28))
def test_a_day_is_read_in_an_era_exactly_if_it_lay_in_it(era, year, month, day):
    first, last, starts, _letter = ERAS[era]
    meant = date(starts + year - 1, month, day)
    try:
        read = parse_date(f"{era}{year}年{month}月{day}日")
    except Unreadable:
        assert year == 0 or not first <= meant <= max(last, meant if era == "令和" else last)
    else:
        assert read == meant


@ANY
@given(st.text() | st.from_regex(r"[0-9令和平成年月日/.\- TJan:元]{0,20}", fullmatch=True))
@pytest.mark.parametrize("parse", [parse_date, parse_month, parse_fiscal_year_end])
def test_no_text_brings_anything_but_a_value_or_unreadable(parse, text):
    with suppress(Unreadable):
        parse(text)


@ANY
@given(st.text(), st.text(st.sampled_from("%dmyYbBHj-/ ."), max_size=12))
def test_no_format_brings_anything_but_a_value_or_unreadable(text, fmt):
    with suppress(Unreadable):
        parse_date(text, fmt=f"%d{fmt}%m%Y")


@pytest.mark.parametrize(
    "written",
    [
        "2025-04",
        "2025/4",
        "2025/04",
        "2025.4",
        "202504",
        "2025年4月",
        "2025年4月度",
        "2025年4月分",
        "令和7年4月",
        "R7.4",
        "令和７年４月度",
        "Apr 2025",
        "April 2025",
        "apr-2025",
        "2025-04-15",
        "令和7年4月30日",
        date(2025, 4, 30),
    ],
)
def test_a_month_is_its_first_day(written):
    assert parse_month(written) == date(2025, 4, 1)


@pytest.mark.parametrize(
    "written", ["13/2025", "4/2025", "2025", "2025-13", "April", "", "平成32年", 202504]
)
def test_what_is_no_month_is_refused(written):
    with pytest.raises(Unreadable, match="not a month"):
        parse_month(written)


def test_a_month_counts_to_each_era_that_had_a_day_of_it():
    assert parse_month("昭和64年1月") == parse_month("平成元年1月") == date(1989, 1, 1)
    with pytest.raises(Unreadable, match="令和元年5月 or 2019-05"):
        parse_month("平成31年5月")


@pytest.mark.parametrize(
    ("written", "end"),
    [
        ("3月31日", "03-31"),
        ("3月末日", "03-31"),
        ("３月３１日", "03-31"),
        ("3月末", "03-31"),
        ("03-31", "03-31"),
        ("3/31", "03-31"),
        ("Mar 31", "03-31"),
        ("31 March", "03-31"),
        ("31st March", "03-31"),
        ("end of March", "03-31"),
        ("3月決算", "03-31"),
        ("12月期", "12-31"),
        ("2月末日", "02-29"),
        ("2月29日", "02-29"),
        ("2月28日", "02-28"),
        ("3月20日", "03-20"),
        (date(2025, 3, 31), "03-31"),
    ],
)
def test_the_end_of_a_fiscal_year(written, end):
    assert parse_fiscal_year_end(written) == end


@pytest.mark.parametrize(
    "written", ["2月30日", "13月1日", "4月31日", "31/3", "0月1日", "3月", "", "March", 331]
)
def test_what_is_no_end_of_a_fiscal_year_is_refused(written):
    with pytest.raises(Unreadable, match="not the end of a fiscal year"):
        parse_fiscal_year_end(written)


def test_the_29th_of_february_means_its_last_day_every_year():
    assert last_day_of(2024, "02-29") == date(2024, 2, 29)
    assert last_day_of(2025, "02-29") == date(2025, 2, 28)
    assert last_day_of(2024, "02-28") == date(2024, 2, 28)


@pytest.mark.parametrize(
    ("day", "end", "year"),
    [
        (date(2025, 3, 31), "03-31", 2024),
        (date(2025, 4, 1), "03-31", 2025),
        (date(2025, 12, 31), "12-31", 2025),
        (date(2025, 1, 1), "12-31", 2025),
        (date(2024, 2, 29), "02-29", 2023),
        (date(2024, 3, 1), "02-29", 2024),
        (date(2025, 2, 28), "02-29", 2024),
        (date(2025, 3, 21), "03-20", 2025),
    ],
)
def test_a_fiscal_year_is_named_after_the_year_it_begins_in(day, end, year):
    assert fiscal_year(day, end) == year


@ANY
@given(
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    st.sampled_from(["03-31", "12-31", "02-29", "02-28", "06-20"]),
)
def test_fiscal_years_follow_each_other_without_gap(day, end):
    first, last = fiscal_year_bounds(day, end)

    assert first <= day <= last
    assert 365 <= (last - first).days + 1 <= 366
    assert fiscal_year_bounds(last + timedelta(days=1), end)[0] == last + timedelta(days=1)
    assert fiscal_year(day, end) == first.year


@ANY
@given(st.integers(61, 2_958_465))
def test_excel_dates_agree_with_another_reader(serial):
    assert excel_date(serial) == openpyxl.utils.datetime.from_excel(serial).date()


def test_excel_knows_a_day_that_never_was_and_a_second_calendar():
    assert excel_date(1) == date(1900, 1, 1)
    assert excel_date(59) == date(1900, 2, 28)
    assert excel_date(61) == date(1900, 3, 1)
    assert excel_date(0, since_1904=True) == date(1904, 1, 1)
    assert excel_date(Decimal("45748.75")) == date(2025, 4, 1)


@pytest.mark.parametrize("serial", [-1, 0, 1e20, float("nan"), float("inf"), 2_958_466])
def test_numbers_that_are_no_excel_date_are_refused(serial):
    with pytest.raises(Unreadable):
        excel_date(serial)


def test_a_long_value_is_cut_in_the_sentence_about_it():
    with pytest.raises(Unreadable) as refused:
        parse_date("x" * 5_000)

    assert len(refused.value.reason) < 200


def test_what_was_refused_is_refused_again_in_the_readers_language():
    with translation.override("ja"), pytest.raises(Unreadable, match="日付として読み取れません"):
        parse_date("TBD")
    with pytest.raises(Unreadable, match="is not a date"):
        parse_date("TBD")
