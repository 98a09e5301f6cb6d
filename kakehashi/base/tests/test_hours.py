"""Hours of a day as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.base.errors import Unreadable
from kakehashi.base.hours import MINUTES, check_week, parse_spans, parse_week, same_days, spans_text

USUAL = ((570, 720), (780, 1110))


@pytest.mark.parametrize(
    "text",
    [
        "9:30-12:00, 13:00-18:30",
        "09:30–12:00 13:00–18:30",
        "９：３０〜１２：００、１３：００～１８：３０",
        "9時30分から",
        "9時30分-12時、13時-18時30分",
        "9:30 - 12 / 13 - 18:30",
        "9:30ー12:00・13:00ー18:30",
    ],
)
def test_hours_are_read_as_they_are_written(text):
    if text.endswith("から"):
        with pytest.raises(Unreadable):
            parse_spans(text)
    else:
        assert parse_spans(text) == USUAL


def test_an_empty_day_has_no_hours():
    assert parse_spans(" ") == ()
    assert parse_spans("、") == ()


def test_hours_that_touch_are_one_span():
    assert parse_spans("9-12, 12-18") == ((540, 1080),)


def test_a_day_may_end_at_midnight():
    assert parse_spans("22:00-24:00") == ((1320, 1440),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nine to five", "does not say hours"),
        ("9:30-18:30 (lunch 12-13)", "does not say hours"),
        ("9:70-12:00", "does not say hours"),
        ("2026-10-05", "does not say hours"),
        ("22:00-26:00", "beyond midnight"),
        ("18:30-9:30", "do not follow each other"),
        ("9:30-9:30", "do not follow each other"),
        ("13:00-18:00, 9:00-12:00", "do not follow each other"),
        ("9:00-13:00, 12:00-18:00", "do not follow each other"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_reason(text, reason):
    with pytest.raises(Unreadable, match=reason):
        parse_spans(text)


def test_days_in_a_row_with_the_same_hours_are_told_together():
    week = parse_week(["9-17"] * 3 + ["", "9-17", "", ""])

    assert same_days(week) == [
        (0, 2, ((540, 1020),)),
        (3, 3, ()),
        (4, 4, ((540, 1020),)),
        (5, 6, ()),
    ]


def test_a_week_has_seven_days():
    with pytest.raises(ValueError, match="seven days"):
        parse_week(["9-17"] * 5)


@given(st.sets(st.integers(0, MINUTES), max_size=8))
def test_what_is_written_is_read_again(marks):
    ordered = sorted(marks)
    spans = tuple(zip(ordered[::2], ordered[1::2], strict=False))

    check_week((spans,) * 7)
    assert parse_spans(spans_text(spans)) == spans
