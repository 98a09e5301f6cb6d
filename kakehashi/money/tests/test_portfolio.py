"""Shares and concentration of what a person may see."""

from __future__ import annotations

import datetime as dt
import json
from argparse import Namespace
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from kakehashi.base.periods import Months
from kakehashi.clients.models import Account
from kakehashi.money import commands
from kakehashi.money.analysis import NET_REVENUE
from kakehashi.money.queries import book
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
        asked = book.Question(book.Scope(), months, None, book.BY_ACCOUNT, NET_REVENUE, localdate())
        return [one for one in book.books(asked) if one.count]


def brought(found):
    """Code, amount and share of each account."""
    return [
        (Account.objects.get(pk=part.line.key).code, part.line.amount, part.share)
        for part in found.parts
    ]


def test_the_whole_agency_as_its_director_sees_it(earned):
    (found,) = seen(earned.emi)

    assert found.now.net_revenue == 100
    assert brought(found) == [
        (earned.sora.code, 40, Decimal("0.4")),
        (earned.rival.code, 40, Decimal("0.4")),
        (earned.sora_tea.code, 20, Decimal("0.2")),
    ]
    assert (found.spread.top1, found.spread.top5) == (Decimal("0.4"), 1)
    assert found.spread.hhi == 3600  # 40² + 40² + 20²
    assert round(found.spread.effective_number, 4) == Decimal("2.7778")


def test_shares_are_of_what_one_sees(earned):
    (found,) = seen(earned.aki)

    assert {code: share for code, _amount, share in brought(found)} == {
        earned.sora.code: Decimal(2) / 3,
        earned.sora_tea.code: Decimal(1) / 3,
    }


def test_a_wall_takes_the_account_out_of_every_sum(earned):
    make.denial(earned.emi, earned.rival)

    (found,) = seen(earned.emi)

    assert found.now.net_revenue == 60
    assert earned.rival.code not in {code for code, _amount, _share in brought(found)}


def test_no_sum_mixes_currencies(earned):
    make.revenue(earned.rival, FEB, 7, currency="USD")

    assert {one.currency: one.now.net_revenue for one in seen(earned.emi)} == {"JPY": 100, "USD": 7}


def test_nothing_seen_is_no_portfolio(earned):
    assert seen(earned.lena) == seen(earned.ken) == []


def test_the_command_tells_the_same_as_json(earned, capsys):
    asked = Namespace(login=earned.emi.handle, first="2026-01", last="2026-12", json=True)

    assert commands.portfolio(asked) == 0
    assert json.loads(capsys.readouterr().out) == {
        "currencies": {
            "JPY": {
                "net_revenue": 100,
                "accounts": [
                    {"code": earned.sora.code, "net_revenue": 40, "share": 0.4},
                    {"code": earned.rival.code, "net_revenue": 40, "share": 0.4},
                    {"code": earned.sora_tea.code, "net_revenue": 20, "share": 0.2},
                ],
                "top1": 0.4,
                "top5": 1,
                "hhi": 3600,
                "effective_number": pytest.approx(2.7778, abs=1e-4),
            }
        }
    }


def test_currencies_stand_apart_also_as_json(earned, capsys):
    make.revenue(earned.rival, FEB, Decimal("7.25"), currency="USD")

    found = told(earned.emi, capsys, first="2026-01", last="2026-12")["currencies"]

    assert {code: part["net_revenue"] for code, part in found.items()} == {"JPY": 100, "USD": 7.25}
    assert found["USD"]["accounts"] == [
        {"code": earned.rival.code, "net_revenue": 7.25, "share": 1.0}
    ]
    assert (found["USD"]["hhi"], found["USD"]["effective_number"]) == (10_000, 1)


def told(person, capsys, **asked):
    assert commands.portfolio(Namespace(login=person.handle, json=True, **asked)) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("parts", "index"), [((30, 30, 20, 20), 2600), ((40, 30, 20, 10), 3000)])
def test_published_examples_of_the_index(cast, capsys, parts, index):
    for at, part in enumerate(parts):
        make.revenue(make.account(f"Client {at}", cast.bureau2), JAN, part * 1_000_000)

    found = told(cast.emi, capsys, first="2026-01", last="2026-01")["currencies"]["JPY"]

    assert found["hhi"] == pytest.approx(index)
    assert found["effective_number"] == pytest.approx(10_000 / index)


@pytest.mark.parametrize(
    ("first", "last", "net"),
    [
        ("2026-01", "2026-01", 30),
        ("2026-02", "2026-02", 70),
        ("2026-01", "2026-02", 100),
        ("2025-12", "2026-01", 1029),
        ("2025-11", "2025-12", 999),
    ],
)
def test_both_months_named_belong_to_the_period(earned, capsys, first, last, net):
    found = told(earned.emi, capsys, first=first, last=last)["currencies"]["JPY"]

    assert found["net_revenue"] == net


def test_months_without_revenue_are_an_empty_answer(earned, capsys):
    assert told(earned.emi, capsys, first="2031-01", last="2031-02") == {"currencies": {}}


def test_a_client_whose_year_was_negative_has_no_share(cast, capsys):
    make.revenue(cast.sora, JAN, 50)
    make.revenue(cast.rival, JAN, -20)

    found = told(cast.emi, capsys, first="2026-01", last="2026-01")["currencies"]["JPY"]

    assert found["net_revenue"] == 30
    assert [(a["net_revenue"], a["share"]) for a in found["accounts"]] == [(50, 1), (-20, 0)]


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
