"""A director reads how much hangs on how few, asks another way, and takes it along."""

from __future__ import annotations

import io

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.stage import speak_english

pytestmark = pytest.mark.slow


def test_a_director_reads_the_portfolio_and_takes_it_along(visitor):
    speak_english("kujo")
    kujo = visitor("kujo")
    kujo.opens("/portfolio/")
    kujo.sees(
        "Of the accounts you see.",
        "Client families",
        "If one were lost",
        "Raicho Motor Corporation",
    )
    charts = kujo.main.locator("canvas")
    expect(charts).to_have_count(3)

    # Another question is asked without a click, and its address can be sent to somebody.
    kujo.main.get_by_label("Shares of").select_option("account")
    kujo.page.wait_for_url("**/portfolio/?*by=account*")
    kujo.sees("Raicho Tsubame")
    expect(charts).to_have_count(3)

    # A client leads to its own portfolio.
    kujo.opens("/portfolio/")
    kujo.main.locator("#book-shares").get_by_role("link").first.click()
    kujo.page.wait_for_url("**whose=company*")
    kujo.sees("Raicho Japan", "100.0%")
    kujo.does_not_see("Tsukikage Japan")

    with kujo.page.expect_download() as download:
        kujo.follows("Excel")
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    clients = {row[0] for row in book["Share of each"].iter_rows(min_row=2, values_only=True)}
    assert "Raicho Japan" in clients
    assert "Tsukikage Japan" not in clients
