"""The comparison can fail: each of these leaks is planted, and found."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.utils.timezone import localdate

from kakehashi.home import queries as home
from kakehashi.money.queries import book
from kakehashi.people import feeds
from tests.twin import sending, visiting, walk
from tests.twin.asking import viewer
from tests.twin.comparing import leaks, told_by_an_id
from tests.twin.walk import Route
from tests.twin.world import world

pytestmark = pytest.mark.slow


@contextmanager
def owner():
    """As somebody would who takes the owner's connection because the wall is in the way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        (before,) = cursor.fetchone()
        cursor.execute("SET LOCAL ROLE none")
        yield cursor
        cursor.execute("SELECT set_config('role', %s, true)", [before])


@contextmanager
def altered(statement):
    """A world whose walls were stated wrongly."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def only(monkeypatch):
    """Walk a few routes instead of all."""

    def walked(*names):
        chosen = [route for route in walk.routes() if route.name in names]
        assert len(chosen) == len(names)
        monkeypatch.setattr(visiting, "routes", lambda: chosen)

    return walked


def told_by_hits():
    with world(hidden=True) as made:
        who = viewer("agency_director", made.viewers, "ja")
        return told_by_an_id(visiting.hits(who, made))


def test_a_count_with_the_owners_rights(db, only, monkeypatch):
    def counted():
        with owner() as cursor:
            cursor.execute("SELECT count(*) FROM clients_account")
            return cursor.fetchone()[0]

    only("home:home")
    assert leaks("agency_director", visiting.tour) == []
    monkeypatch.setattr(home, "number_seen", counted)

    assert leaks("agency_director", visiting.tour) != []


@pytest.mark.parametrize("page", ["home:figures", "money:portfolio"])
def test_a_sum_over_tables_whose_policies_are_open(db, only, page):
    only(page)

    with altered(
        "ALTER POLICY see ON money_calendarsum USING (true);"
        "ALTER POLICY see ON clients_account USING (true)"
    ):
        assert leaks("agency_director", visiting.tour) != []


def test_a_target_that_is_seen_as_soon_as_its_client_has_an_account(db, only):
    only("money:portfolio")

    with altered(
        "CREATE OR REPLACE FUNCTION acting_sees_family(company uuid) RETURNS boolean"
        " LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp"
        " AS 'SELECT EXISTS (SELECT FROM policy_accounts_of_family(company))'"
    ):
        assert leaks("agency_director", visiting.tour) != []


def test_a_policy_that_forgets_denials(db, only):
    only("conflicts:who-sees")

    with altered("ALTER POLICY see ON clients_account USING ((SELECT acting_sees_all('rows')))"):
        assert leaks("agency_director", visiting.tour) != []


def test_a_page_that_says_forbidden_instead_of_nothing(db, only, monkeypatch):
    from django.core.exceptions import PermissionDenied

    from kakehashi.clients.web import readers

    def get_or_forbid(_rows, pk):
        with owner() as cursor:
            cursor.execute("SELECT count(*) FROM clients_account WHERE id = %s", [pk])
            if cursor.fetchone()[0]:
                raise PermissionDenied
        raise readers.Http404

    only("conflicts:who-sees")
    assert told_by_hits() == []
    monkeypatch.setattr(readers, "get_object_or_404", get_or_forbid)

    assert told_by_hits() != []


def test_a_question_more_for_a_row_that_exists(db, only, monkeypatch):
    """The same words after more statements: a clock could tell."""
    from kakehashi.clients.models import Account
    from kakehashi.clients.web import readers

    def get(rows, pk):
        with owner() as cursor:
            cursor.execute("SELECT count(*) FROM clients_account WHERE id = %s", [pk])
            if cursor.fetchone()[0]:
                Account.objects.filter(pk=pk).exists()
        return found(rows, pk=pk)

    found = readers.get_object_or_404
    only("conflicts:who-sees")
    monkeypatch.setattr(readers, "get_object_or_404", get)

    assert told_by_hits() != []


def test_a_command_that_does_not_act_as_the_person(db, monkeypatch, capsys):
    walked = sending.Commands(capsys)
    assert leaks("agency_director", walked) == []
    monkeypatch.setattr("kakehashi.money.commands.acting_as", lambda _person: owner())
    monkeypatch.setattr(book, "narrow", lambda rows, *_a, **_k: rows)

    assert leaks("agency_director", walked) != []


def test_a_package_that_puts_into_calendars_what_the_wall_hides(db, only, monkeypatch):
    def careless(_person):
        with owner() as cursor:
            cursor.execute("SELECT count(*) FROM clients_account")
            yield feeds.Event("accounts", str(cursor.fetchone()[0]), localdate())

    only("api:feed")
    assert leaks("account_manager", visiting.tour) == []
    monkeypatch.setitem(feeds._sources, "careless", careless)

    assert leaks("account_manager", visiting.tour) != []


def test_a_route_whose_address_nobody_can_fill():
    assert not Route("reports:secret", ("pk",)).is_in_the_walk
    assert Route("reports:open").is_in_the_walk
