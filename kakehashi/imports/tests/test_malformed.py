"""Broken files at the importer: a clear problem or unreadable, and nothing half-loaded.

Two files of each way to be broken; bench/malformed.py loads a thousand and more.
"""

from __future__ import annotations

import resource
import time
from collections import Counter
from pathlib import Path

import pytest

from kakehashi.base.errors import Unreadable
from kakehashi.imports.reading import read
from kakehashi.imports.tests.fates import FATES, fate
from kakehashi.imports.tests.malformed import MAKERS, WAYS, malformed
from tests import factories as make

DIFFERENT = tuple(dict.fromkeys(MAKERS))
SECONDS_EACH = 300
MEGABYTES = 400
CERTAINLY_BROKEN = {
    "cut_in_quotes", "text_after_quotes", "half_surrogates", "empty", "one_endless_cell",
    "a_row_of_endless_lines", "workbook_cut", "workbook_bomb", "workbook_of_many_parts",
    "workbook_that_lies_about_its_size", "workbook_in_a_workbook", "workbook_with_entities",
    "workbook_of_a_million_columns", "workbook_with_parts_twice", "workbook_with_an_endless_cell",
    "workbook_without_visible_sheets", "workbook_in_another_encoding", "workbook_packed_otherwise",
    "workbook_with_a_password", "workbook_that_repeats_a_long_text", "another_zip",
    "zip_of_random_bytes",
}  # fmt: skip
FAULTY_ROWS = {"workbook_with_formulas", "control_characters"}
BULKY = {
    "a_million_columns", "one_endless_cell", "a_row_of_endless_lines", "workbook_bomb",
    "workbook_with_a_far_corner", "workbook_that_repeats_a_long_text",
}  # fmt: skip


@pytest.fixture
def agency(db):
    make.account("Sora", make.office("Agency", code="HQ", kind="agency"), code="A1")


@pytest.mark.slow
@pytest.mark.parametrize("maker", DIFFERENT, ids=lambda maker: maker.__name__)
def test_a_broken_file_is_a_clear_problem_or_unreadable_and_nothing_is_half_loaded(agency, maker):
    first = MAKERS.index(maker)
    open_before = open_files()
    for seed in (first, first + len(MAKERS)):
        started = time.monotonic()

        found = fate(seed)

        assert found in FATES
        assert time.monotonic() - started < SECONDS_EACH
        if maker.__name__ in CERTAINLY_BROKEN:
            assert found == "unreadable"
        if maker.__name__ in FAULTY_ROWS:
            assert found != "loaded"
    assert open_files() == open_before


def open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.slow
def test_broken_files_do_not_take_the_importers_memory():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for maker in DIFFERENT:
        if maker.__name__ in BULKY:
            name, data = malformed(MAKERS.index(maker))
            with pytest.raises(Unreadable), read(data, name) as sheet:
                list(sheet.rows)

    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MEGABYTES


def test_a_thousand_different_files_are_generated_and_again_the_same():
    seeds = range(0, 1_100, 10)
    made = [malformed(seed) for seed in seeds]

    assert made == [malformed(seed) for seed in seeds]
    assert len({data for _name, data in made}) > 0.9 * len(made)


def test_every_kind_is_sent_broken_files():
    kinds = Counter(kind for kind, _maps in WAYS)

    assert set(kinds.values()) == {1}
    assert len(kinds) == 8
