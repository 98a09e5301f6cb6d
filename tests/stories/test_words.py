"""What the stories take for English that was left on a Japanese page."""

from __future__ import annotations

import pytest

from tests.stories.words import is_left_in_english


@pytest.mark.parametrize(
    "text",
    [
        "My accounts",
        "You see 60 accounts.",
        "A sentence of ours that no catalogue knows.",
        " Net revenue,\n  last 12 months ",
    ],
)
def test_words_of_ours_and_whole_sentences_are_noticed(text):
    assert is_left_in_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "担当アカウント",
        "HHI",
        "English",
        "CSV",
        "Thistledown Leaf Tea",
        "grace.ong",
        "RAICHO の担当",
    ],
)
def test_names_codes_and_japanese_are_not(text):
    assert not is_left_in_english(text)
