"""What a portfolio is made of, how it moved, what hangs on its largest parts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.money.analysis import (
    ALL,
    GAINED,
    GREW,
    LOST,
    MEASURES,
    SHRANK,
    Figures,
    Line,
    Month,
    Named,
    book,
    change,
    total,
)

JAN = dt.date(2026, 1, 1)
A, B, C, D, E = (UUID(int=at) for at in range(1, 6))


def net(*amounts):
    """Net revenue of A, B, C …; None brought nothing at all."""
    return {
        UUID(int=at): Figures(net_revenue=Decimal(amount))
        for at, amount in enumerate(amounts, start=1)
        if amount is not None
    }


def of(now, before=None, measure="net_revenue", named=ALL):
    """The book of these clients, all of it brought in one month."""
    before = before or {}
    lines = [
        Line(key, *(sums.get(key, Figures()).of(measure) for sums in (now, before)))
        for key in now.keys() | before.keys()
    ]
    lines.sort(key=lambda line: (-line.amount, line.key))
    month = Month(JAN, total(now.values()), JAN, total(before.values()))
    return book("JPY", measure, lines, [month], now, named)


def test_clients_stand_by_size_with_share_running_total_and_class():
    found = of(net(5, 80, 15))

    assert [(p.line.key, p.share, p.running, p.grade) for p in found.parts] == [
        (B, Decimal("0.80"), Decimal("0.80"), "A"),
        (C, Decimal("0.15"), Decimal("0.95"), "B"),
        (A, Decimal("0.05"), 1, "C"),
    ]
    assert found.spread.hhi == 80**2 + 15**2 + 5**2


def test_what_became_of_clients_leads_from_what_was_to_what_is():
    found = of(net(30, 10, 40, None, 7), before=net(20, 15, None, 25, 7))

    moved = {s.move: ([line.key for line in s.lines], s.amount) for s in found.steps}
    assert moved == {
        GAINED: ([C], 40), GREW: ([A], 10), SHRANK: ([B], -5), LOST: ([D], -25),
    }  # fmt: skip
    assert (found.count, found.count_before) == (4, 4)


def test_a_client_that_gives_back_is_not_gained_by_giving_back_less():
    found = of(net(10, -5), before=net(10, -8))

    assert [(s.move, s.amount) for s in found.steps if s.lines] == [(GREW, 3)]


def test_without_a_period_of_comparison_nothing_has_moved():
    found = of(net(10, 20))

    assert not found.is_compared
    assert all((step.lines, step.amount) == ((), 0) for step in found.steps)


figures = st.builds(Figures, *[st.integers(-50, 500).map(Decimal)] * 4)
clients = st.dictionaries(st.sampled_from([A, B, C, D, E]), figures)


@given(now=clients, before=clients, measure=st.sampled_from(MEASURES))
def test_whatever_happened_the_steps_add_up(now, before, measure):
    found = of(now, before, measure)

    if found.is_compared:
        moved = sum(step.amount for step in found.steps)
        assert found.before.of(measure) + moved == found.now.of(measure)
    assert {part.line.key for part in found.parts} == {k for k, v in now.items() if v.of(measure)}


@given(now=clients, before=clients, measure=st.sampled_from(MEASURES))
def test_naming_few_clients_changes_nothing_that_is_said_of_all(now, before, measure):
    found, few = of(now, before, measure), of(now, before, measure, Named(2, 1, 3))

    assert few.parts == found.parts[:2]
    assert few.losses == found.losses[:3]
    named = [(step.count, step.amount, step.lines[:1]) for step in found.steps]
    assert [(step.count, step.amount, step.lines) for step in few.steps] == named
    others = found.parts[2:]
    assert (few.rest.count, few.rest.amount) == (len(others), sum(p.line.amount for p in others))
    assert few.rest.share == pytest.approx(sum(part.share for part in others))
    assert (few.spread, few.spread_before, few.now) == (
        found.spread,
        found.spread_before,
        found.now,
    )


@given(now=clients, measure=st.sampled_from(MEASURES))
def test_the_loss_of_each_is_as_if_it_had_never_been_there(now, measure):
    for loss in of(now, measure=measure).losses:
        others = of({key: one for key, one in now.items() if key != loss.line.key}, measure=measure)
        assert loss.left == others.now
        assert loss.spread == others.spread


def test_the_loss_of_a_client_leaves_the_others():
    now = {
        A: Figures(*map(Decimal, (500, 60, 20, 60))),
        B: Figures(*map(Decimal, (100, 30, 25, 30))),
        C: Figures(*map(Decimal, (50, 10, 0, 0))),
    }
    first, second = of(now, named=Named(at_risk=2)).losses

    assert (first.line.key, first.left.net_revenue, first.left.margin) == (A, 40, 5)
    assert first.spread.hhi == 75**2 + 25**2
    assert (second.line.key, second.left.billings, second.left.margin) == (B, 550, 40)
    assert round(second.spread.effective_number, 2) == Decimal("1.32")


@pytest.mark.parametrize(
    ("now", "before", "growth"),
    [(12, 10, "0.2"), (5, 10, "-0.5"), (0, 10, -1), (5, 0, None), (5, -3, None)],
)
def test_growth_is_told_of_what_was_something(now, before, growth):
    found = change(Decimal(now), Decimal(before))

    assert found == (None if growth is None else Decimal(growth))


def test_the_rate_of_margin_is_of_the_revenue_whose_cost_is_known():
    figures = Figures(net_revenue=Decimal(100), cost=Decimal(15), costed=Decimal(60))

    assert (figures.margin, figures.rate) == (45, Decimal("0.75"))
    assert Figures().rate == 0
