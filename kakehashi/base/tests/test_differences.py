"""Differences are told down to the character, and putting them together gives both texts back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.base.differences import GONE, LONGEST, NEW, SAME, Piece, between, pieces


def test_one_character_is_one_piece():
    assert pieces("予算 5,000万円", "予算 6,000万円") == [
        Piece(SAME, "予算 "), Piece(GONE, "5"), Piece(NEW, "6"), Piece(SAME, ",000万円"),
    ]  # fmt: skip


def test_fields_that_stay_are_left_out_and_gone_ones_come_last():
    found = between({"a": "1", "b": "2", "c": "3"}, {"c": "4", "a": "1"}, {"c": "Budget"})

    assert [(one.label, one.old, one.new) for one in found] == [
        ("Budget", "3", "4"),
        ("b", "2", ""),
    ]


texts = st.text(alphabet="あい予算 \nab1", max_size=40)


@settings(max_examples=60, deadline=None)
@given(texts, texts, st.booleans())
def test_pieces_give_both_texts_back(old, new, is_long):
    tail = "\n".join(map(str, range(LONGEST))) if is_long else ""
    found = pieces(old + tail, new + tail)

    assert "".join(p.text for p in found if p.what != NEW) == old + tail
    assert "".join(p.text for p in found if p.what != GONE) == new + tail


@pytest.mark.parametrize("text", ["", "同じ"])
def test_equal_texts_have_no_difference(text):
    assert between({"a": text}, {"a": text}) == []
