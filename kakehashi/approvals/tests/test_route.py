"""Whose turn it is: every route and every set of verdicts, without a database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.approvals import states
from kakehashi.approvals.models import Circulation, Decision
from kakehashi.approvals.route import APPROVED, READ, RETURNED, needed, standing, verdicts

A, B, C = "a", "b", "c"


@pytest.mark.parametrize(
    ("steps", "said", "state", "due"),
    [
        ([(A, 1), (B, 2)], {}, states.OPEN, [A]),
        ([(A, 1), (B, 2)], {A: APPROVED}, states.OPEN, [B]),
        ([(A, 1), (B, 2)], {A: APPROVED, B: APPROVED}, states.APPROVED, []),
        ([(A, 1), (B, 1), (C, 2)], {}, states.OPEN, [A, B]),
        ([(A, 1), (B, 1), (C, 2)], {B: APPROVED}, states.OPEN, [A]),
        ([(A, 1), (B, 1), (C, 2)], {B: RETURNED}, states.RETURNED, []),
        ([(A, 1), (B, 2)], {A: READ}, states.OPEN, [B]),
        ([(A, 1)], {A: READ}, states.APPROVED, []),
    ],
)
def test_the_turn_follows_from_what_was_decided(steps, said, state, due):
    stands = standing(steps, said)

    assert (stands.state, sorted(stands.due)) == (state, due)


routes = st.lists(st.integers(1, 4), min_size=1, max_size=6).map(lambda p: list(enumerate(p)))


said_by = st.tuples(*[st.sampled_from(["", APPROVED, RETURNED, READ])] * 6)


@settings(max_examples=100, deadline=None)
@given(routes, said_by)
def test_what_is_open_always_has_a_turn_and_what_is_over_has_none(steps, verdicts_given):
    said = {key: verdicts_given[key] for key, _at in steps if verdicts_given[key]}

    stands = standing(steps, said)

    assert bool(stands.due) == (stands.state == states.OPEN)
    assert not set(stands.due) & set(said)
    if stands.due:
        turn = {position for key, position in steps if key in stands.due}
        earlier = {key for key, position in steps if position < min(turn)}
        assert len(turn) == 1
        assert earlier <= set(said)


@dataclass(frozen=True)
class Planned:
    position: int
    kind: str = "approve"
    limit: Decimal | None = None


SMALL, LARGE, ALL = Planned(1, limit=Decimal(100)), Planned(2, limit=Decimal(1000)), Planned(3)
READER = Planned(4, kind="circulate")


@pytest.mark.parametrize(
    ("amount", "route", "asked"),
    [
        (None, [SMALL, LARGE, ALL], [SMALL, LARGE, ALL]),
        (Decimal(100), [SMALL, LARGE, ALL], [SMALL]),
        (Decimal("100.01"), [SMALL, LARGE, ALL], [SMALL, LARGE]),
        (Decimal(5000), [SMALL, LARGE, ALL], [SMALL, LARGE, ALL]),
        (Decimal(100), [SMALL, LARGE, READER], [SMALL, READER]),
        (Decimal(5000), [SMALL, LARGE], []),
        (Decimal(1), [READER], []),
    ],
)
def test_an_amount_goes_as_far_as_the_first_who_may_approve_it(amount, route, asked):
    assert needed(route, amount) == asked


def test_who_only_reads_does_not_decide():
    assert verdicts("circulate") == {READ}
    assert verdicts("approve") == {APPROVED, RETURNED}


def test_states_and_verdicts_are_those_of_the_tables():
    assert set(Circulation.State.values) == set(states.MOVES)
    assert {APPROVED, RETURNED, READ} == set(Decision.Verdict.values)


@pytest.mark.parametrize("old", states.MOVES)
@pytest.mark.parametrize("new", states.MOVES)
def test_every_pair_of_states_is_allowed_or_not_as_the_table_says(old, new):
    legal = {
        ("open", "approved"), ("open", "returned"), ("open", "withdrawn"), ("open", "overtaken"),
        ("approved", "open"), ("approved", "overtaken"),
        ("returned", "open"), ("returned", "overtaken"),
    }  # fmt: skip

    assert states.may_move(old, new) == ((old, new) in legal)
