"""The states of an account: every pair of them, legal or not."""

from itertools import product

import pytest

from kakehashi.clients import states
from kakehashi.clients.models import Account

LEGAL = {
    ("prospect", "active"),
    ("prospect", "lost"),
    ("active", "dormant"),
    ("active", "lost"),
    ("dormant", "active"),
    ("dormant", "lost"),
    ("lost", "prospect"),
    ("lost", "active"),
}


def test_the_table_knows_the_states_of_an_account_and_no_others():
    assert set(states.MOVES) == set(Account.Status.values)
    assert set().union(*states.MOVES.values()) <= set(Account.Status.values)


@pytest.mark.parametrize(("old", "new"), list(product(Account.Status.values, repeat=2)))
def test_only_these_moves_are_legal(old, new):
    assert states.may_move(old, new) is ((old, new) in LEGAL)


@pytest.mark.parametrize("new", Account.Status.values)
def test_becoming_dormant_or_lost_needs_a_reason(new):
    assert states.needs_reason(new) is (new in {"dormant", "lost"})
