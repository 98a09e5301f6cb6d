"""Nothing that answers somebody is left out of the walk."""

from __future__ import annotations

from django.apps import apps
from procrastinate.contrib.django import app as queue

from kakehashi.house.cli import parser
from kakehashi.policy.visibility import TABLES, Class
from tests.twin import walk
from tests.twin.world import world

ALIASES = "builtin:"  # procrastinate knows its own tasks by two names


def test_every_route_is_visited_or_says_why_not():
    missing = [route.name for route in walk.routes() if not route.is_in_the_walk]

    assert missing == [], "say in walk.ADDRESSES which rows fill the addresses of these routes"


def test_nothing_stands_in_the_walk_that_is_gone():
    names = {route.name for route in walk.routes()}

    assert {*walk.ADDRESSES, *walk.UNVISITED} <= names


def test_every_route_has_a_name_of_its_own():
    names = [route.name for route in walk.routes()]

    assert len(names) == len(set(names))


def test_every_task_is_tried_or_says_why_not():
    tasks = {name for name in queue.tasks if not name.startswith(ALIASES)}

    assert tasks == set(walk.TASKS)


def test_every_command_is_tried_or_says_why_not():
    (commands,) = (a.choices for a in parser()._actions if a.dest == "command" or a.choices)

    assert set(commands) == set(walk.COMMANDS)


def test_the_hidden_account_has_a_row_in_every_walled_table(db):
    """A table without one would be compared with nothing."""
    walled = {t.name for t in TABLES.values() if t.kind in {Class.WALLED, Class.FINANCE}}
    with world(hidden=True) as made:
        full = {
            model._meta.db_table
            for model in apps.get_models()
            if model._meta.db_table in walled
            and model.objects.filter(**{f"{account_field(model)}__in": made.hidden}).exists()
        }

    assert full == walled


def account_field(model) -> str:
    return "pk" if model._meta.label == "clients.Account" else "account_id"


def test_nobody_who_looks_sees_what_is_hidden(db):
    from kakehashi.clients.models import Account
    from kakehashi.policy.acting import acting_as

    with world(hidden=True, chain=True) as made:
        for name, person in made.viewers.items():
            with acting_as(person):
                assert not Account.objects.filter(pk__in=made.hidden).exists(), name
