"""Revenue from a file: amounts in their currency, and cost apart from them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kakehashi.imports.exporting import Export
from kakehashi.imports.kinds import KINDS
from kakehashi.imports.tests.moving import counts, load_file, standing, told
from kakehashi.money.models import Revenue, RevenueCost
from kakehashi.policy.acting import acting_as
from tests import factories as make

HEADER = "account,month,service_line,billings,net_revenue,cost,currency\n"
APRIL = dt.date(2025, 4, 1)


@pytest.fixture
def sora(db):
    return make.account("Sora", make.office("Agency", code="HQ", kind="agency"), code="A1")


def lines():
    return sorted(
        Revenue.objects.values_list(
            "account__code", "month", "service_line", "currency", "billings", "net_revenue"
        )
    )


@pytest.mark.parametrize(
    "month",
    [
        "2025-04",
        "2025/4",
        "2025年4月",
        "２０２５年４月度",
        "令和7年4月",
        "202504",
        "Apr 2025",
        "2025-04-01",
        "2025/04/30",
    ],
)
def test_a_month_is_understood(sora, month):
    load_file("revenue", f"{HEADER}A1,{month},media,1,1,,JPY\n")

    assert [line[1] for line in lines()] == [APRIL]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("¥1,234,567", 1234567),
        ("￥１，２３４", 1234),
        ("1,234円", 1234),
        ("△500", -500),
        ("(500)", -500),
        ("1234.00", 1234),
        ("", 0),
    ],
)
def test_an_amount_is_understood(sora, written, amount):
    load_file("revenue", f'{HEADER}A1,2025-04,media,"{written}",1,,JPY\n')

    assert [line[4] for line in lines()] == [amount]


@pytest.mark.parametrize(
    ("currency", "code"), [("JPY", "JPY"), ("円", "JPY"), ("usd", "USD"), ("ユーロ", "EUR")]
)
def test_a_currency_is_its_code_or_its_name(sora, currency, code):
    load_file("revenue", f"{HEADER}A1,2025-04,media,1,1,,{currency}\n")

    assert [line[3] for line in lines()] == [code]


def test_one_line_for_each_account_month_service_line_and_currency(sora):
    data = HEADER
    data += "A1,2025-04,media,1,1,,JPY\nA1,2025-04,media,1,1,,USD\n"
    data += "A1,2025-04,print,1,1,,JPY\nA1,2025-05,media,1,1,,JPY\n"

    assert counts(load_file("revenue", data)) == (4, 0, 0, 0)
    assert len(lines()) == 4


def test_an_amount_that_differs_is_an_update_and_one_that_does_not_is_none(sora):
    make.revenue(sora, APRIL, 100, billings=500)
    data = f"{HEADER}A1,2025-04,media,{{}},100,,JPY\n"

    assert counts(load_file("revenue", data.format("500.00"))) == (0, 0, 1, 0)
    assert counts(load_file("revenue", data.format("600"))) == (0, 1, 0, 0)
    assert lines()[0][4:] == (600, 100)


def test_a_missing_column_or_an_empty_cell_leaves_the_amount_that_stands(sora):
    make.revenue(sora, APRIL, 100, cost=70, billings=500)

    load_file(
        "revenue", "account,month,service_line,net_revenue,currency\nA1,2025-04,media,90,JPY\n"
    )
    load_file("revenue", f"{HEADER}A1,2025-04,media,,80,,JPY\n")

    assert lines()[0][4:] == (500, 80)
    assert RevenueCost.objects.get().cost == 70


def test_cost_is_kept_apart_and_may_come_later_or_alone(sora):
    load_file("revenue", f"{HEADER}A1,2025-04,media,500,100,,JPY\n")
    assert not RevenueCost.objects.exists()

    data = "account,month,service_line,cost,currency\nA1,2025-04,media,{},JPY\n"
    assert counts(load_file("revenue", data.format("70"))) == (0, 1, 0, 0)
    assert counts(load_file("revenue", data.format("70"))) == (0, 0, 1, 0)
    assert counts(load_file("revenue", data.format("75"))) == (0, 1, 0, 0)
    assert RevenueCost.objects.get().cost == 75


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("NOWHERE,2025-04,media,1,1,,JPY", "account", "No account has this code."),
        ("A1,April,media,1,1,,JPY", "month", "is not a month"),
        ("A1,2025-04,,1,1,,JPY", "service_line", "This cell must not be empty."),
        ("A1,2025-04,media,1.5,1,,JPY", "billings", "JPY has 0 decimal places."),
        ("A1,2025-04,media,1,1,0.001,USD", "cost", "USD has 2 decimal places."),
        ("A1,2025-04,media,5百万円,1,,JPY", "billings", "is in units"),
        ('A1,2025-04,media,"1.234,56",1,,EUR', "billings", "has a decimal comma"),
        ("A1,2025-04,media,1.2E+09,1,,JPY", "billings", "was shortened by the spreadsheet"),
        ("A1,2025-04,media,1000000000000000,1,,JPY", "billings", "This amount is too large."),
        ("A1,2025-04,media,1,1,,$", "currency", "is not a currency"),
        ("A1,2025-04,media,1,1,,", "currency", "This cell must not be empty."),
        (
            "A1,2025-04,media,1,1,,JPY\nA1,2025年4月,media,2,2,,円",
            "month",
            "Row 0 of this file has the same key.",
        ),
    ],
)
def test_what_cannot_be_is_told_where_and_why(sora, row, column, why):
    outcome = load_file("revenue", f"{HEADER}{row}\n")

    (found,) = told(outcome)
    assert found[1] == column
    assert why in found[2]


def test_exact_amounts_stay_exact(sora):
    load_file("revenue", f"{HEADER}A1,2025-04,media,0.1,0.2,0.3,EUR\n")

    assert lines()[0][4:] == (Decimal("0.1"), Decimal("0.2"))
    assert RevenueCost.objects.get().cost == Decimal("0.3")


# Behind walls: finance loads what finance sees


def test_finance_loads_for_every_account_but_those_behind_a_wall(cast):
    make.denial(cast.fumi, cast.rival)
    row = "{},2025-04,media,1,1,1,JPY\n"

    assert counts(load_file("revenue", HEADER + row.format(cast.sora.code), by=cast.fumi)) == (
        1, 0, 0, 0,
    )  # fmt: skip
    hidden = load_file("revenue", HEADER + row.format(cast.rival.code), by=cast.fumi)
    nowhere = load_file("revenue", HEADER + row.format("NOWHERE"), by=cast.fumi)

    assert told(hidden) == told(nowhere) == [(0, "account", "No account has this code.")]
    assert not Revenue.objects.filter(account=cast.rival).exists()


def test_who_does_not_see_cost_neither_writes_nor_exports_it(cast):
    """An administrator sees every account, and what none of them costs."""
    make.revenue(cast.sora, APRIL, 100, cost=70)
    untouched = standing()

    outcome = load_file(
        "revenue", f"{HEADER}{cast.sora.code},2025-04,media,500,100,60,JPY\n", by=cast.hana
    )

    assert told(outcome) == [
        (0, "cost", "You do not see the cost of this account, so you cannot load it.")
    ]
    assert standing() == untouched
    with acting_as(cast.hana):
        assert "cost" not in Export(KINDS["revenue"]).heads
    with acting_as(cast.fumi):
        assert "cost" in Export(KINDS["revenue"]).heads


def test_an_export_holds_what_one_sees_and_no_more(cast):
    make.revenue(cast.sora, APRIL, 100, cost=70)
    make.revenue(cast.rival, APRIL, 200)

    with acting_as(cast.aki):
        rows = list(Export(KINDS["revenue"]).rows())
    with acting_as(cast.fumi):
        all_rows = list(Export(KINDS["revenue"]).rows())

    assert [row[0] for row in rows] == [cast.sora.code]
    assert {row[0] for row in all_rows} == {cast.sora.code, cast.rival.code}
