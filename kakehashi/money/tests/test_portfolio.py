"""Shares and concentration of what a person may see."""

from __future__ import annotations

import datetime as dt
import json
from argparse import Namespace
from decimal import Decimal

import pytest

from kakehashi.base.periods import Months
from kakehashi.money import commands, queries
from kakehashi.policy.acting import acting_as
from tests import factories as make

JAN, FEB, DEC = dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2025, 12, 1)
YEAR = Months(dt.date(2026, 1, 1), dt.date(2026, 12, 1))


@pytest.fixture
def earned(cast):
    """Sora brings 30 + 10, its tea 20, the rival 40 in 2026; Sora's cost is known."""
    make.revenue(cast.sora, JAN, 30, cost=10)
    make.revenue(cast.sora, FEB, 10, cost=5, service_line="creative")
    make.revenue(cast.sora_tea, FEB, 20)
    make.revenue(cast.rival, FEB, 40)
    make.revenue(cast.rival, DEC, 999)
    return cast


def seen(person, months=YEAR):
    with acting_as(person):
        return queries.portfolios(months)


def test_the_whole_agency_as_its_director_sees_it(earned):
    (found,) = seen(earned.emi)

    assert found.net_revenue == 100
    assert [(s.account.name, s.net_revenue, s.share) for s in found.slices] == [
        ("Sora", 40, Decimal("0.4")),
        ("Rival", 40, Decimal("0.4")),
        ("Sora Tea", 20, Decimal("0.2")),
    ]
    assert (found.top1, found.top5) == (Decimal("0.4"), 1)
    assert found.hhi == 3600  # 40² + 40² + 20²
    assert round(found.effective_number, 4) == Decimal("2.7778")


def test_shares_are_of_what_one_sees(earned):
    (found,) = seen(earned.aki)

    assert {s.account.name: s.share for s in found.slices} == {
        "Sora": Decimal(2) / 3,
        "Sora Tea": Decimal(1) / 3,
    }


def test_a_wall_takes_the_account_out_of_every_sum(earned):
    make.denial(earned.emi, earned.rival)

    (found,) = seen(earned.emi)

    assert found.net_revenue == 60
    assert "Rival" not in {s.account.name for s in found.slices}


def test_no_sum_mixes_currencies(earned):
    make.revenue(earned.rival, FEB, 7, currency="USD")

    assert {p.currency: p.net_revenue for p in seen(earned.emi)} == {"JPY": 100, "USD": 7}


def test_nothing_seen_is_no_portfolio(earned):
    assert seen(earned.lena) == seen(earned.ken) == []


def test_the_command_tells_the_same_as_json(earned, capsys):
    asked = Namespace(login=earned.emi.handle, first="2026-01", last="2026-12", json=True)

    assert commands.portfolio(asked) == 0
    answer = json.loads(capsys.readouterr().out)["currencies"]["JPY"]
    assert answer["net_revenue"] == 100
    assert {a["code"]: (a["net_revenue"], a["share"]) for a in answer["accounts"]} == {
        earned.sora.code: (40, 0.4),
        earned.rival.code: (40, 0.4),
        earned.sora_tea.code: (20, 0.2),
    }
    assert answer["hhi"] == pytest.approx(3600)


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"login": "nobody", "first": None, "last": None}, "nobody with the login"),
        ({"login": "x", "first": "2026-13", "last": None}, "2026-13"),
        ({"login": "x", "first": "2026-05", "last": "2026-01"}, "before the first"),
    ],
)
def test_a_wrong_question_is_told_so(db, capsys, asked, problem):
    assert commands.portfolio(Namespace(**asked, json=False)) == 2
    assert problem in capsys.readouterr().err


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (None, None, ("2025-11", "2026-10")),
        ("2026-01", None, ("2026-01", "2026-10")),
        (None, "2025-06", ("2024-07", "2025-06")),
    ],
)
def test_the_usual_period_is_the_last_twelve_whole_months(first, last, months):
    found = commands.period(first, last, dt.date(2026, 11, 21))

    assert (f"{found.first:%Y-%m}", f"{found.last:%Y-%m}") == months
