"""Pages read from a streaming standby of this run's cluster: the same, and never an older one."""

from __future__ import annotations

import logging
from contextlib import closing

import psycopg
import pytest
from django.db import connection, connections
from django.urls import reverse

from kakehashi.house import cluster, doctor, metrics
from kakehashi.house.address import STANDBY, Address
from kakehashi.policy import standby
from tests import emptying
from tests import factories as make
from tests.cluster import HOME
from tests.standby.copies import ask, standby_of, wait
from tests.twin import visiting, world
from tests.twin.asking import OF_THE_TRADE, Statements, viewer
from tests.twin.comparing import broken, differences
from tests.twin.conftest import _a_standing_clock, _quiet  # noqa: F401 - for every test here

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    with standby_of(HOME, tmp_path_factory.mktemp("standby")) as made:
        yield made


@pytest.fixture
def read_from(copy, monkeypatch):
    """Statements asked of the standby, from which pages are read in this test."""
    settings = connections.settings["default"]
    there = {**settings, "HOST": str(copy.socket_dir), "ATOMIC_REQUESTS": False}
    monkeypatch.setitem(connections.settings, standby.ALIAS, there)
    monkeypatch.setattr(standby, "experience", standby.Experience())
    monkeypatch.setattr(standby, "PATIENCE", 60)  # this machine may be busy
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")  # as everywhere but in tests
    asked, made = Statements(), connections[standby.ALIAS]
    monkeypatch.setattr(made, "ensure_connection", lambda: connected(made))
    with made.execute_wrapper(asked):
        yield asked
    made.close()
    del connections[standby.ALIAS]


def connected(made):
    """Tests may connect to databases only that Django has made for them: this one is a copy."""
    if made.connection is None:
        with made.wrap_database_errors:
            made.connect()


def name_of(client, account):
    page = client.get(f"/accounts/{account.pk}/")
    return page.status_code, page.content.decode().partition("<h1>")[2].partition("</h1>")[0]


def rename(account, name):
    account.name_en = name
    account.save()


def test_pages_are_read_from_it_and_acts_are_not(read_from, as_, cast):
    client = as_(cast.aki)

    assert name_of(client, cast.sora) == (200, "Sora")
    assert read_from.number > 10
    before = read_from.number
    client.post(f"/accounts/{cast.sora.pk}/edit/", {})
    assert read_from.number == before


def test_operators_see_how_many_pages_each_of_the_two_answered(
    read_from, as_, cast, caplog, tmp_path, monkeypatch
):
    caplog.set_level(logging.INFO, logger="kakehashi.requests")
    before = [answered_by(which) for which in ("standby", "primary")]
    client = as_(cast.aki)
    name_of(client, cast.sora)
    client.post(f"/accounts/{cast.sora.pk}/edit/", {})
    connections[standby.ALIAS].close()
    monkeypatch.setitem(connections[standby.ALIAS].settings_dict, "HOST", str(tmp_path))
    name_of(client, cast.sora)
    name_of(client, cast.sora)

    now = [answered_by(which) for which in ("standby", "primary")]
    assert [after - said for said, after in zip(before, now, strict=True)] == [1, 2]
    told = [record.told.get("database") for record in caplog.records if record.msg == "request"]
    assert told == ["standby", None, "primary", "primary"]


def answered_by(which):
    return metrics.READ.labels(which)._value.get()


def test_whoever_wrote_sees_what_they_wrote(read_from, as_, cast):
    client = as_(cast.aki)
    for number in range(10):
        rename(cast.sora, f"Sora {number}")
        assert name_of(client, cast.sora) == (200, f"Sora {number}")

    assert read_from.number > 0


def test_a_wall_holds_on_it_from_the_moment_it_stands(read_from, as_, cast):
    client = as_(cast.aki)
    assert name_of(client, cast.sora)[0] == 200

    make.denial(cast.aki, cast.sora)

    before = read_from.number
    assert name_of(client, cast.sora)[0] == 404
    assert client.get(f"/accounts/{cast.rival.pk}/").status_code == 404
    assert read_from.number > before


def test_while_it_is_behind_the_primary_answers(read_from, as_, cast, copy, monkeypatch):
    client = as_(cast.aki)
    monkeypatch.setattr(standby, "PATIENCE", 0.05)
    ask(copy, "SELECT pg_wal_replay_pause()")
    wait(copy, "SELECT pg_get_wal_replay_pause_state() = 'paused'")
    try:
        rename(cast.sora, "Sora now")
        assert name_of(client, cast.sora) == (200, "Sora now")
        standby.experience.rests_until = float("inf")
        before = read_from.number
        assert name_of(client, cast.sora) == (200, "Sora now")
        assert read_from.number == before  # it is left alone
    finally:
        ask(copy, "SELECT pg_wal_replay_resume()")
    wait(copy, "SELECT pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()")

    monkeypatch.setattr(standby, "PATIENCE", 60)
    standby.experience.rests_until = 0
    assert name_of(client, cast.sora) == (200, "Sora now")
    assert read_from.number > before + 10


def test_where_it_is_away_the_primary_answers(read_from, as_, cast, tmp_path, monkeypatch):
    connections[standby.ALIAS].close()
    monkeypatch.setitem(connections[standby.ALIAS].settings_dict, "HOST", str(tmp_path))

    assert name_of(as_(cast.aki), cast.sora) == (200, "Sora")
    assert not standby.is_there()
    assert read_from.number == 0


def test_a_page_that_writes_is_asked_of_the_primary_and_from_then_on_at_once(
    read_from, as_, cast, monkeypatch
):
    from kakehashi.clients.web import account_page

    asked = account_page.AccountPage.__post_init__

    def writing(page):
        asked(page)
        type(page.account).objects.filter(pk=page.account.pk).update(name_en="Opened")

    monkeypatch.setattr(account_page.AccountPage, "__post_init__", writing)
    client = as_(cast.aki)

    assert name_of(client, cast.sora)[0] == 200
    assert standby.writes("clients:account")
    before = read_from.number
    assert name_of(client, cast.sora) == (200, "Opened")
    assert read_from.number - before < 10  # who asks, and no more


def test_two_worlds_are_the_same_on_it_to_who_may_not_see_what_differs(read_from):
    """Behind the wall as before it: what the twin worlds prove of the primary holds here too."""
    without = seen_by(looking_at(world.put_up(hidden=False)))
    assert read_from.number > 100
    emptying.empty(None)
    who = looking_at(world.put_up(hidden=True))
    with_it = seen_by(who)

    standby.experience.rests_until = float("inf")
    before = read_from.number
    on_primary = seen_by(who)

    assert read_from.number == before
    assert broken(with_it) == []
    assert differences(without, with_it) == []
    assert differences(on_primary, with_it) == []


def looking_at(one):
    return viewer("account_supervisor", one.viewers, "ja")


def seen_by(who):
    """Every page on which accounts are gathered, and every list."""
    return {
        path: who.ask(path)
        for route in visiting.to_visit(who)
        if route.name.partition(":")[0] in {*OF_THE_TRADE, "home", "money", "search"}
        for address in visiting.addresses(who, route)
        for path in [reverse(route.name, kwargs=address)]
    }


def test_the_doctor_tells_how_far_it_is_behind(copy, monkeypatch, tmp_path):
    name = connection.settings_dict["NAME"]
    address = Address(HOME, name)
    with closing(psycopg.connect(cluster.conninfo(HOME))) as primary:

        def told(host):
            monkeypatch.setenv(STANDBY, f"postgresql:///{name}?host={host}&port={cluster.PORT}")
            monkeypatch.setattr(Address, "role", lambda _self, _kind: cluster.SUPERUSER)
            (found,) = doctor._standby(address, primary)
            return found.level, found.says

        assert told(copy.socket_dir)[0] == "well"
        assert told(HOME.socket_dir)[1].startswith("It is no standby any more")
        assert told(tmp_path)[1].startswith("It does not answer")
