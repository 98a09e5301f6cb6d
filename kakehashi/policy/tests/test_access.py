"""Ways of reading that are quicker and show the same."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from kakehashi.clients.models import Account
from kakehashi.money.models import Revenue, RevenueCost
from kakehashi.policy.access import narrow, sweeping
from kakehashi.policy.acting import acting_as
from tests import factories as make

EVERYBODY = ("aki", "ben", "chie", "dan", "emi", "fumi", "ken", "lena")


@pytest.fixture
def walled(cast):
    """Everybody's accounts have revenue with a cost; Emi and Fumi are denied one."""
    for account in (cast.sora, cast.sora_tea, cast.rival):
        make.revenue(account, dt.date(2026, 1, 1), 30, cost=10)
    make.denial(cast.emi, cast.rival)
    make.denial(cast.fumi, cast.sora_tea)
    return cast


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("model", [Account, Revenue, RevenueCost])
def test_sweeping_shows_the_same_rows(walled, name, model):
    with acting_as(getattr(walled, name)):
        looked_up = set(model.objects.values_list("pk", flat=True))
        with sweeping():
            swept = set(model.objects.values_list("pk", flat=True))

    assert swept == looked_up


def test_what_is_swept_is_what_the_rules_say(walled):
    seen = {}
    for name in ("aki", "emi", "fumi", "chie"):
        with acting_as(getattr(walled, name)), sweeping():
            seen[name] = set(Account.objects.values_list("name", flat=True))

    assert seen == {
        "aki": {"Sora", "Sora Tea"},
        "emi": {"Sora", "Sora Tea"},
        "fumi": {"Sora", "Rival"},
        "chie": {"Rival"},
    }


@pytest.mark.parametrize("name", EVERYBODY)
def test_narrowing_shows_the_same_rows(walled, name):
    with acting_as(getattr(walled, name)):
        assert set(narrow(Revenue.objects.all())) == set(Revenue.objects.all())


def test_sweeping_ends_with_its_block_and_nests(walled):
    with acting_as(walled.aki):
        with sweeping():
            with sweeping():
                pass
            assert is_swept()
        assert not is_swept()


def is_swept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_sweeps()")
        return cursor.fetchone()[0]


def explained(query):
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + query)
        return [row[0] for row in cursor.fetchall()]


def test_outside_of_sweeping_no_hash_of_all_accounts_is_made(walled):
    """A hash of 30,000 accounts takes longer than the page that wants 50 of them."""
    with acting_as(walled.aki):
        hashes = [line for line in explained("SELECT id FROM clients_account") if "hashed" in line]

        assert hashes, "the plan has lost its hash: sweeping would be slow"
        assert scans_run("SELECT id FROM clients_account") > 1
        with sweeping():
            assert scans_run("SELECT id FROM clients_account") == 1


def scans_run(query):
    """How often `policy_sight` was looked into for rows of accounts: once for a hash."""
    lines = [line for line in explained(query) if "on policy_sight" in line]
    return max(int(line.partition("loops=")[2].rstrip(")")) for line in lines if "loops=" in line)
