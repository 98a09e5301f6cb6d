"""Sums that PostgreSQL keeps: always those of the lines of revenue, and what is read by them."""

from __future__ import annotations

import datetime as dt
import json
import random
from argparse import Namespace
from dataclasses import replace

import pytest
from django.db.models import F, Sum
from django.utils.timezone import localdate

from kakehashi.base.periods import month_after
from kakehashi.clients.models import Account
from kakehashi.clients.queries import listing
from kakehashi.clients.queries.listing import Filters, listed
from kakehashi.money import commands, queries, tasks
from kakehashi.money.models import (
    CalendarCost,
    CalendarSum,
    MonthCost,
    MonthSum,
    Revenue,
    RevenueCost,
    YearKept,
    YearSum,
)
from kakehashi.policy.acting import acting_as
from tests import factories as make

TODAY = localdate()
LAST = queries.recent_months(TODAY).last
LARGEST = Filters(sort="revenue", descending=True, currency="JPY")


def counted():
    """What the sums should be, from the lines themselves."""
    found = {}
    for last in YearKept.objects.values_list("last", flat=True):
        lines = Revenue.objects.filter(month__range=(month_after(last, -11), last))
        for row in lines.values("account", "currency").annotate(net=Sum("net_revenue")):
            if row["net"]:
                found[row["account"], row["currency"], last] = row["net"]
    return found


def counted_months():
    """What the months should be, from the lines and their costs."""
    found = {}
    for line in Revenue.objects.select_related("cost_row"):
        sums = found.setdefault((line.account_id, line.currency, line.month), [0, 0, 0, 0])
        cost = getattr(line, "cost_row", None)
        parts = line.billings, line.net_revenue, cost and cost.cost, cost and line.net_revenue
        for at, part in enumerate(parts):
            sums[at] += part or 0
    return {key: sums for key, sums in found.items() if any(sums)}


def kept_months():
    found = {}
    for row in MonthSum.objects.all():
        key = row.account_id, row.currency, row.month
        found[key] = [row.billings, row.net_revenue, 0, 0]
    for row in MonthCost.objects.all():
        sums = found.setdefault((row.account_id, row.currency, row.month), [0, 0, 0, 0])
        sums[2:] = row.cost, row.net_revenue
    return {key: sums for key, sums in found.items() if any(sums)}


def kept():
    rows = YearSum.objects.exclude(net_revenue=0)
    return {(row.account_id, row.currency, row.last): row.net_revenue for row in rows}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_written_the_sums_are_those_of_the_lines(cast, seed):
    chance = random.Random(seed)
    accounts = (cast.sora, cast.sora_tea, cast.rival)
    make.revenue(cast.sora, LAST, 5)
    queries.keep_years(TODAY)

    def line():
        return Revenue(
            account=chance.choice(accounts), currency=chance.choice(("JPY", "USD")),
            month=month_after(LAST, chance.randint(-15, 2)), net_revenue=chance.randint(-9, 9),
            service_line=str(chance.randint(0, 3)), billings=chance.randint(-9, 9),
        )  # fmt: skip

    for _ in range(16):
        some = Revenue.objects.order_by("?" if chance.random() < 0.5 else "pk")
        match chance.choice(("many", "change", "move", "remove", "cost", "dearer", "unknown")):
            case "many":
                Revenue.objects.bulk_create([line() for _ in range(9)], ignore_conflicts=True)
            case "change":
                Revenue.objects.filter(pk__in=some.values("pk")[:5]).update(net_revenue=3)
            case "move":
                moved = list(some[:1])
                RevenueCost.objects.filter(revenue__in=moved).update(account=cast.rival)
                Revenue.objects.filter(pk__in=[line.pk for line in moved]).update(
                    account=cast.rival, service_line=f"moved {chance.random()}"
                )
            case "remove":
                Revenue.objects.filter(pk__in=some.values("pk")[:3]).delete()
            case "cost":
                RevenueCost.objects.bulk_create(
                    RevenueCost(revenue=line, account_id=line.account_id, cost=2)
                    for line in some.filter(cost_row=None)[:6]
                )
            case "dearer":
                RevenueCost.objects.filter(revenue__in=list(some[:4])).update(cost=F("cost") + 7)
            case "unknown":
                RevenueCost.objects.filter(revenue__in=list(some[:2])).delete()
        assert kept_months() == counted_months()
        assert kept() == counted()

    assert queries.add_up(TODAY) == 0


def test_lines_that_go_before_their_cost_take_it_along(cast):
    line = make.revenue(cast.sora, LAST, 5, cost=2)
    make.revenue(cast.sora, LAST, 8, cost=3, service_line="creative")

    Revenue.objects.filter(pk=line.pk)._raw_delete("default")
    RevenueCost.objects.filter(pk=line.pk)._raw_delete("default")

    assert kept_months() == counted_months() != {}


def test_another_month_keeps_other_years(cast):
    make.revenue(cast.sora, month_after(LAST, -5), 7)
    queries.keep_years(TODAY)
    later = TODAY + dt.timedelta(days=70)
    queries.keep_years(later)

    assert LAST not in YearKept.objects.values_list("last", flat=True)
    assert kept() == counted() != {}


def test_years_are_kept_by_the_hour_and_counted_anew_by_a_command(cast, capsys):
    make.revenue(cast.sora, LAST, 7)
    tasks.keep_years(0)
    assert kept() == counted() != {}
    make.revenue(cast.rival, LAST, 9, cost=4)
    YearSum.objects.filter(account=cast.sora, last=LAST).update(net_revenue=1)
    MonthSum.objects.filter(account=cast.rival).update(billings=1)
    MonthCost.objects.filter(account=cast.rival).delete()
    MonthCost.objects.create(account=cast.sora, month=LAST, currency="JPY", cost=6, net_revenue=7)

    commands.add_up(Namespace(json=True))
    assert json.loads(capsys.readouterr().out) == {"differed": 4}
    assert kept() == counted()
    assert kept_months() == counted_months()


def test_calendar_years_that_differ_from_their_months_are_counted_anew(cast):
    make.revenue(cast.sora, dt.date(2025, 12, 1), 7, cost=4)
    make.revenue(cast.sora, dt.date(2026, 1, 1), 8)
    queries.keep_years(TODAY)
    CalendarSum.objects.filter(year=2025).update(net_revenue_12=1)
    CalendarSum.objects.filter(year=2026).delete()
    CalendarCost.objects.update(cost_12=0)

    assert [queries.add_up(TODAY), queries.add_up(TODAY)] == [3, 0]
    years = CalendarSum.objects.order_by("year").values_list("net_revenue_12", "net_revenue_1")
    assert list(years) == [(7, 0), (0, 8)]
    assert CalendarCost.objects.get().cost_12 == 4


@pytest.fixture
def ranked(cast):
    """Twelve accounts that bring 1 to 12, three that bring nothing, one that gives back."""
    for at in range(16):
        account = make.account(f"Client {at:02}", cast.bureau1)
        if at < 13:
            make.revenue(account, LAST, at or -4)
    return cast


def walked(reader, **more):
    """Every page of the largest first, on and then back, by their names."""
    with acting_as(reader):
        pages, after = [], ""
        while after or not pages:
            found, at = listed(reader, replace(LARGEST, **more), TODAY, after=after, size=5)
            pages.append([row.account.name for row in found])
            after = at.next
        before, back = at.previous, []
        while before:
            found, at = listed(reader, replace(LARGEST, **more), TODAY, before=before, size=5)
            back.insert(0, [row.account.name for row in found])
            before = at.previous
    assert back == pages[:-1]
    return pages


def test_the_largest_first_is_the_same_list_with_sums_that_are_kept(ranked, monkeypatch):
    make.denial(ranked.emi, Account.objects.get(name="Client 11"))
    monkeypatch.setattr("kakehashi.policy.acting.FEW", 0)
    counted_live = walked(ranked.emi)
    queries.keep_years(TODAY)
    found = []
    real = listing._largest
    monkeypatch.setattr(
        listing, "_largest", lambda *a, **k: found.append(real(*a, **k)) or found[-1]
    )

    assert walked(ranked.emi) == counted_live
    assert counted_live[0] == [f"Client {at:02}" for at in (12, 10, 9, 8, 7)]
    assert not any("Client 11" in names for names in counted_live)
    assert any(found)
    assert None in found
