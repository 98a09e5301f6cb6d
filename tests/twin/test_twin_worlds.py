"""Two worlds, equal but for one hidden account, are the same to everybody who may not see it."""

from __future__ import annotations

import pytest

from tests.twin import visiting
from tests.twin.comparing import leaks, told_by_an_id
from tests.twin.world import VIEWERS, VISITOR

pytestmark = pytest.mark.slow

BOTH_LANGUAGES = {"agency_director", "contact"}
PEOPLE = [*VIEWERS, VISITOR]
TOURS = [
    (name, language)
    for number, name in enumerate(PEOPLE)
    for language in ("ja", "en")
    if name in BOTH_LANGUAGES or number % 2 == (language == "en")
]


@pytest.mark.parametrize(("name", "language"), TOURS)
def test_every_page_is_the_same_in_both(db, name, language):
    assert leaks(name, visiting.tour, language) == []


@pytest.mark.parametrize("name", PEOPLE)
def test_a_row_out_of_sight_answers_as_no_row_at_all(db, name):
    assert told_by_an_id(name, visiting.hits) == []


@pytest.mark.parametrize("name", VIEWERS)
def test_a_hidden_id_sent_with_a_form_is_as_good_as_none(db, name):
    assert told_by_an_id(name, visiting.ids_sent) == []


@pytest.mark.parametrize("name", VIEWERS)
def test_a_hidden_word_sent_with_a_form_is_a_word_like_any(db, name):
    assert leaks(name, visiting.words_sent) == []


@pytest.mark.parametrize("name", VIEWERS)
def test_every_command_says_the_same_in_both(db, name, capsys):
    assert leaks(name, visiting.Commands(capsys)) == []
