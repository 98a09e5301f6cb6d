"""Portfolios as their readers see them, beside the same figures made of the exported lines."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections import defaultdict
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from kakehashi.base.periods import Months, month_after
from kakehashi.imports.exporting import Export
from kakehashi.imports.kinds import KINDS
from kakehashi.money.models import Revenue, RevenueCost
from kakehashi.money.queries import book as queries
from kakehashi.money.queries.book import BY_ACCOUNT, BY_CLIENT, Question, Scope
from kakehashi.policy.acting import acting_as
from tests import factories as make

TODAY = localdate()
JAN = dt.date(2026, 1, 1)
YEAR = Months(JAN, dt.date(2026, 12, 1))
BEFORE = YEAR.earlier(12)


def seen(reader, scope=None, months=YEAR, against=BEFORE, by=BY_CLIENT, measure="net_revenue"):
    with acting_as(reader):
        return queries.books(Question(scope or Scope(), months, against, by, measure, TODAY))


def brought(found):
    return {part.line.key: part.line.amount for part in found.parts}


@pytest.fixture
def earned(cast):
    make.revenue(cast.sora, JAN, 30, cost=10)
    make.revenue(cast.sora_tea, JAN, 20, cost=5)
    make.revenue(cast.rival, JAN, 40)
    make.revenue(cast.sora, dt.date(2025, 3, 1), 70, cost=60)
    make.revenue(cast.sora, JAN, 9, currency="USD")
    return cast


def test_accounts_of_one_family_are_one_client(earned):
    made_of = make.company("Sora Holdings")
    type(made_of).objects.filter(pk=earned.sora.company_id).update(parent=made_of)

    yen, dollars = seen(earned.emi)

    assert brought(yen) == {made_of.pk: 50, earned.rival.company_id: 40}
    assert brought(dollars) == {made_of.pk: 9}
    assert (yen.before.net_revenue, dollars.is_compared) == (70, False)


def test_by_account_each_stands_by_itself(earned):
    yen = seen(earned.emi, by=BY_ACCOUNT)[0]

    assert brought(yen) == {earned.rival.pk: 40, earned.sora.pk: 30, earned.sora_tea.pk: 20}


@pytest.mark.parametrize(
    ("kind", "of", "accounts"),
    [
        ("", None, {"sora", "sora_tea", "rival"}),
        ("office", "tokyo", {"sora", "sora_tea", "rival"}),
        ("office", "bureau2", {"rival"}),
        ("office", "osaka", set()),
        ("person", "aki", {"sora"}),
        ("company", "sora.company", {"sora", "sora_tea"}),
        ("account", "sora", {"sora", "sora_tea"}),
        ("account", "sora_tea", {"sora_tea"}),
    ],
)
def test_whose_portfolio_it_is_decides_which_accounts_count(earned, kind, of, accounts):
    thing = earned
    for name in of.split(".") if of else ():
        thing = getattr(thing, name)
    scope = Scope(kind, thing if of else None)

    found = [book for book in seen(earned.emi, scope, by=BY_ACCOUNT) if book.currency == "JPY"]

    assert {key for book in found for key in brought(book)} == {
        getattr(earned, name).pk for name in accounts
    }


def test_a_wall_takes_an_account_out_of_every_portfolio_it_is_part_of(earned):
    make.denial(earned.emi, earned.sora_tea)

    for scope in (Scope(), Scope("account", earned.sora), Scope("office", earned.bureau1)):
        yen = seen(earned.emi, scope)[0]
        assert brought(yen)[earned.sora.company_id] == 30
        assert yen.months[0].now.net_revenue == sum(brought(yen).values())


def test_who_sees_no_cost_sees_no_margin(earned):
    with acting_as(earned.aki):
        assert not queries.sees_cost()
    figures = seen(earned.aki)[0].now
    assert (figures.cost, figures.costed, figures.margin) == (0, 0, 0)

    with acting_as(earned.fumi):
        assert queries.sees_cost()
    of_fumi = seen(earned.fumi)[0]
    assert (of_fumi.now.cost, of_fumi.now.margin) == (15, 35)
    assert [loss.left.margin for loss in of_fumi.losses] == [0, 35]


def test_each_month_stands_beside_the_one_it_is_compared_with(earned):
    months = seen(earned.fumi)[0].months

    assert [one.now.net_revenue for one in months[:2]] == [90, 0]
    assert [(one.compared, one.before.net_revenue) for one in months[1:3]] == [
        (dt.date(2025, 2, 1), 0),
        (dt.date(2025, 3, 1), 70),
    ]
    assert (months[0].now.margin, months[2].before.margin) == (35, 10)


@pytest.fixture
def busy(cast):
    """Three years of three families in two currencies, now and then without a cost."""
    chance = random.Random(8)
    accounts = [cast.sora, cast.sora_tea, cast.rival]
    accounts += [make.account(f"More {at}", cast.bureau2) for at in range(4)]
    lines = Revenue.objects.bulk_create(
        Revenue(
            account=chance.choice(accounts), month=month_after(JAN, -chance.randint(0, 35)),
            service_line=str(at), currency=chance.choice(("JPY", "JPY", "USD")),
            billings=chance.randint(0, 400), net_revenue=chance.randint(-3, 90),
        )
        for at in range(400)
    )  # fmt: skip
    RevenueCost.objects.bulk_create(
        RevenueCost(revenue=line, account_id=line.account_id, cost=chance.randint(0, 60))
        for line in lines
        if chance.random() < 0.7
    )
    make.denial(cast.emi, accounts[4])
    make.denial(cast.fumi, cast.rival)
    return cast


@pytest.mark.parametrize("seed", range(10))
def test_a_portfolio_is_that_of_the_lines_its_reader_may_export(busy, seed):
    """Ten readers, periods and currencies: the same in plain Python over the file of lines."""
    chance = random.Random(seed)
    reader = getattr(busy, ("emi", "dan", "fumi", "aki", "hana", "chie")[seed % 6])
    first = month_after(JAN, -chance.randint(0, 24))
    months = Months(first, month_after(first, chance.randint(0, 12)))
    against = months.earlier(len(months))
    measure = chance.choice(("net_revenue", "billings", "margin"))

    with acting_as(reader):
        file = io.BytesIO()
        Export(KINDS["revenue"]).write(file, "csv")
    lines = list(csv.DictReader(io.StringIO(file.getvalue().decode())))
    assert lines

    for found in seen(reader, months=months, against=against, by=BY_ACCOUNT, measure=measure):
        now = counted(lines, months, found.currency)
        before = counted(lines, against, found.currency)
        amounts = {code: sums[measure] for code, sums in now.items() if sums[measure]}
        whole = sum(part for part in amounts.values() if part > 0)
        shares = sorted((max(part, 0) / whole for part in amounts.values()), reverse=True)

        assert found.count == len(found.parts) == len(amounts)
        assert found.now.of(measure) == sum(amounts.values())
        assert found.before.of(measure) == sum(sums[measure] for sums in before.values())
        assert [float(part.share) for part in found.parts] == pytest.approx(shares)
        assert float(found.spread.top5) == pytest.approx(sum(shares[:5]))
        assert float(found.spread.hhi) == pytest.approx(sum((100 * part) ** 2 for part in shares))
        gained = {c for c in amounts if amounts[c] > 0 and before.get(c, ZERO)[measure] <= 0}
        if found.is_compared:
            assert found.steps[0].count == len(gained)


ZERO = defaultdict(float)


def counted(lines, months, currency):
    """Sums of a file of revenue by account, as anybody would count them."""
    found = {}
    for line in lines:
        month = dt.date.fromisoformat(line["month"] + "-01")
        if line["currency"] != currency or not months.first <= month <= months.last:
            continue
        sums = found.setdefault(line["account"], defaultdict(float))
        sums["net_revenue"] += float(line["net_revenue"])
        sums["billings"] += float(line["billings"])
        if line.get("cost"):
            sums["margin"] += float(line["net_revenue"]) - float(line["cost"])
    return found


def test_a_portfolio_takes_as_many_questions_for_many_accounts(earned, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        seen(earned.emi)
    for at in range(4):
        make.revenue(make.account(f"More {at}", earned.bureau2), JAN, Decimal(at + 1))
    with django_assert_num_queries(len(few)):
        seen(earned.emi)
