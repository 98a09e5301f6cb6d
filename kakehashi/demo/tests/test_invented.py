"""No client of the demo agency is a company that exists, by name or by number."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kakehashi.base.text import folded_name
from kakehashi.demo.content.companies import COMPANIES
from kakehashi.demo.content.offices import AGENCY
from kakehashi.demo.portfolio import _numbers

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "companies"
LISTS = {"japan_companies.csv": (0, 1, 2), "lei_general_entities.csv": (0, 1)}


@pytest.fixture(scope="module")
def real():
    """Folded names and numbers of real companies."""
    if not REAL.exists():
        pytest.skip("the lists of real companies are not on this machine")
    found = set()
    for name, columns in LISTS.items():
        with (REAL / name).open(encoding="utf-8", newline="") as file:
            for row in list(csv.reader(file))[1:]:
                found |= {folded_name(row[at]) for at in columns if row[at]}
    return found


def test_no_name_is_a_real_company_s(real):
    for row in COMPANIES:
        for name in (row.name, row.name_en, *row.aliases):
            assert folded_name(name) not in real, name
    assert folded_name(AGENCY.name) not in real


def test_no_number_is_a_real_company_s(real):
    for at, row in enumerate(COMPANIES, start=1):
        for number in _numbers(row.country, at).values():
            assert number.casefold() not in real, number
