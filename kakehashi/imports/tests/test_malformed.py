"""A thousand broken files: rows or a sentence, in bounded time and memory, never anything else."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest
from django.utils import translation

from kakehashi.base.errors import Unreadable
from kakehashi.imports.reading import BadRow, read
from kakehashi.imports.tests.malformed import MAKERS, malformed

FILES = 1_100
AT_ONCE = 110
SECONDS_EACH = 30
MEGABYTES = 400


def outcome(name, data):
    """What reading the file came to: `refused`, `problems` or `rows`."""
    try:
        with read(data, name) as sheet:
            rows = list(sheet.rows)
            width = len(sheet.header)
    except Unreadable as refused:
        return "refused" if refused.reason.strip() else "without a reason"
    for at, row in enumerate(rows):
        if isinstance(row, BadRow):
            assert row.problems
            assert all(problem.row == at and problem.reason for problem in row.problems)
        else:
            assert len(row) == width
    return "problems" if any(isinstance(row, BadRow) for row in rows) else "rows"


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, FILES, AT_ONCE))
def test_no_broken_file_brings_anything_but_rows_or_a_sentence(first):
    before = open_files()
    with translation.override("ja"):
        for seed in range(first, first + AT_ONCE):
            name, data = malformed(seed)
            started = time.monotonic()

            assert outcome(name, data) in {"refused", "problems", "rows"}, name
            assert time.monotonic() - started < SECONDS_EACH, name

    assert open_files() == before


def open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.slow
def test_broken_files_do_not_take_the_importers_memory():
    bulky = [maker for maker in MAKERS if maker.__name__ in BULKY]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for maker in bulky:
        outcome(*malformed(MAKERS.index(maker)))

    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MEGABYTES


BULKY = {
    "a_million_columns",
    "one_endless_cell",
    "a_row_of_endless_lines",
    "workbook_bomb",
    "workbook_with_a_far_corner",
    "workbook_that_repeats_a_long_text",
}


def test_a_thousand_different_files_are_generated_and_again_the_same():
    made = [malformed(seed) for seed in range(0, FILES, 10)]

    assert made == [malformed(seed) for seed in range(0, FILES, 10)]
    assert len({data for _name, data in made}) > 0.9 * len(made)


MUST_BE_REFUSED = {
    "cut_in_quotes", "text_after_quotes", "half_surrogates", "empty", "one_endless_cell",
    "a_row_of_endless_lines", "workbook_cut", "workbook_bomb", "workbook_of_many_parts",
    "workbook_that_lies_about_its_size", "workbook_in_a_workbook", "workbook_with_entities",
    "workbook_of_a_million_columns", "workbook_with_parts_twice", "workbook_with_an_endless_cell",
    "workbook_without_visible_sheets", "workbook_in_another_encoding", "workbook_packed_otherwise",
    "workbook_with_a_password", "workbook_that_repeats_a_long_text", "another_zip",
    "zip_of_random_bytes",
}  # fmt: skip
MUST_SHOW_PROBLEMS = {"workbook_with_formulas", "control_characters"}


@pytest.mark.parametrize(
    "maker",
    [
        maker
        for maker in dict.fromkeys(MAKERS)
        if maker.__name__ in MUST_BE_REFUSED | MUST_SHOW_PROBLEMS
    ],
    ids=lambda maker: maker.__name__,
)
def test_what_is_certainly_broken_is_never_taken(maker):
    first = MAKERS.index(maker)
    with translation.override("en"):
        for seed in (first, first + len(MAKERS)):
            found = outcome(*malformed(seed))

            assert found == "refused" or (
                found == "problems" and maker.__name__ in MUST_SHOW_PROBLEMS
            )
