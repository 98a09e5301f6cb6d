"""The printed pages: that they follow the code is `make check`'s; here is what they print."""

from __future__ import annotations

import importlib.util
from types import SimpleNamespace

import pytest

from kakehashi.policy.abilities import ABILITIES
from kakehashi.policy.engine import Ability
from kakehashi.policy.roles import RoleCode
from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def printing():
    spec = importlib.util.spec_from_file_location("generated", ROOT / "tools" / "generated.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_closed(_person, _thing):
    return None


def test_a_row_tells_seats_functions_and_rules(printing):
    ability = Ability(
        seats=frozenset({RoleCode.ACCOUNT_EXECUTIVE, RoleCode.FINANCE}),
        functions=frozenset({RoleCode.FINANCE, RoleCode.TRAFFIC}),
        superiors=True,
        unless=(is_closed,),
    )
    roles = [RoleCode.ACCOUNT_EXECUTIVE, RoleCode.TRAFFIC, RoleCode.FINANCE, RoleCode.MEDIA]

    assert list(printing.table({"clients.act": ability}, roles))[2] == (
        "| `act` | ● | ○ | ◉ |  | superiors | `is_closed` |"
    )


def test_every_role_has_its_short_name(printing):
    assert set(printing.SHORT) == set(RoleCode.values)
    assert len(set(printing.SHORT.values())) == len(RoleCode)


def test_a_diagram_begins_where_nothing_leads_to_and_ends_where_nothing_follows(printing):
    moves = {"open": frozenset({"shut"}), "shut": frozenset()}

    assert printing.diagram(moves).splitlines()[2:5] == [
        "    [*] --> open",
        "    open --> shut",
        "    shut --> [*]",
    ]


def test_machines_beside_each_other_are_printed_with_what_their_moves_take(printing):
    lines = {"work": {"open": {"shut": "close"}, "shut": {}}, "money": {"due": {}}}

    heading, work, *_rest = printing.machines(SimpleNamespace(LINES=lines))

    assert heading == "### work\n"
    assert "    open --> shut: close" in work.splitlines()


def test_every_ability_is_printed(printing):
    page = printing.abilities_page()

    assert all(f"`{name.partition('.')[2]}`" in page for name in ABILITIES)
