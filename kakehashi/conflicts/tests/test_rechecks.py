"""Checks that nobody asked for: what changed is checked again, and the officer hears of it once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from procrastinate.contrib.django.models import ProcrastinateJob

from kakehashi.clients.models import Account, AccountBrand
from kakehashi.conflicts import actions, tasks
from kakehashi.conflicts.actions import SideOf
from kakehashi.conflicts.models import Check, Hit, Receipt, Recheck
from kakehashi.conflicts.queries.changed import accounts_to_check, is_ruled_otherwise, wall_between
from kakehashi.conflicts.terms import Occasion
from kakehashi.handoffs.models import Handoff
from kakehashi.policy.acting import acting_as
from tests import factories as make

TODAY, A_DAY = localdate(), dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


def checked(account, occasion="nightly"):
    """What the worker does with an account that changed."""
    tasks.RECHECKS[Occasion(occasion)](str(account.pk))
    return list(Check.objects.order_by("asked_at"))


@pytest.fixture
def rivals(cast):
    """Sora and its rival have come to be declared rivals."""
    make.rivalry(cast.sora.company, cast.rival.company, ground="Both sell tea.")
    return cast


def test_what_is_new_goes_to_the_officer_once(rivals):
    (check,) = checked(rivals.sora)

    assert [hit.account for hit in Hit.objects.all()] == [rivals.rival]
    ball = Handoff.objects.get()
    assert (ball.asked_of, ball.private, ball.subject_id) == (rivals.go, True, check.pk)
    assert not Receipt.objects.exists()
    assert checked(rivals.sora) == [check]
    _first, second = checked(rivals.rival)  # of the two only what was not told from the other side
    assert [hit.account for hit in second.hits.all()] == [rivals.sora_tea]


def test_a_clause_that_hits_is_told_besides_what_was_known(rivals):
    checked(rivals.sora)
    clause = make.commitment(rivals.rival, level="company", names=(rivals.sora.company.name,))

    checked(rivals.sora)

    assert Hit.objects.get(commitment=clause).account == rivals.rival
    assert Check.objects.count() == 2


def test_a_cooling_off_that_was_extended_hits_whom_it_did_not_before(cast):
    clause = make.commitment(
        cast.sora, level="company", names=("Rival",), ends_on=TODAY - 40 * A_DAY,
        cooling_off_months=1,
    )  # fmt: skip
    assert checked(cast.rival, "commitment") == []
    with acting_as(cast.go):
        actions.edit_commitment(
            commitment=clause, version=clause.version, cooling_off_months=6, categories=[],
            competitors=["Rival"], by=cast.go,
        )  # fmt: skip

    (check,) = checked(cast.rival, "commitment")

    assert check.hits.get().commitment == clause
    assert Handoff.objects.get().asked_of == cast.go
    assert checked(cast.rival, "commitment") == [check]


def test_what_a_clause_says_anew_is_told_although_it_hit_before(rivals):
    clause = make.commitment(rivals.rival, level="company", names=(rivals.sora.company.name,))
    checked(rivals.sora)
    Check.objects.update(asked_at=now() - A_DAY)  # all that a test writes is of one moment
    with acting_as(rivals.go):
        actions.edit_commitment(
            commitment=clause, version=clause.version, disciplines=["film"], categories=[],
            competitors=[rivals.sora.company.name], by=rivals.go,
        )  # fmt: skip

    _first, second = checked(rivals.sora, "commitment")

    assert [hit.commitment for hit in second.hits.all()] == [clause]
    assert len(checked(rivals.sora, "commitment")) == 2


def test_where_the_rule_changed_what_weighs_more_is_told_again(rivals):
    with acting_as(rivals.go):
        actions.set_policy(mode="split", by=rivals.go, at=now())
    (first,) = checked(rivals.sora)
    assert first.result == "safeguards"
    with acting_as(rivals.go):
        actions.set_policy(mode="strict", reason="So.", by=rivals.go, at=now())
    assert is_ruled_otherwise(now() - dt.timedelta(minutes=1))
    assert not is_ruled_otherwise(now() + dt.timedelta(minutes=1))

    tasks.recheck_all()

    second = Check.objects.get(account=rivals.sora, occasion="rule")
    assert second.result == "blocked"
    number = Check.objects.count()
    tasks.recheck_all()
    assert Check.objects.count() == number


def test_whom_a_wall_keeps_apart_is_not_told(rivals):
    with acting_as(rivals.go):
        actions.raise_wall(
            name="Two teas", kind="organisation", ground="They compete.", by=rivals.go, at=now(),
            sides=[SideOf("One", accounts=[rivals.sora]), SideOf("Other", accounts=[rivals.rival])],
        )  # fmt: skip

    assert checked(rivals.sora) == []


def test_nor_is_what_lies_below_the_accounts_of_a_wall(rivals):
    below = make.account(
        "Rival Leaf", rivals.bureau2, parent=rivals.rival, company=rivals.rival.company
    )
    with acting_as(rivals.go):
        wall = actions.raise_wall(
            name="Two teas", kind="organisation", ground="They compete.", by=rivals.go, at=now(),
            sides=[SideOf("One", accounts=[rivals.sora]), SideOf("Other", accounts=[rivals.rival])],
        )  # fmt: skip
        assert wall_between(rivals.sora_tea, below) == wall

    assert checked(rivals.sora_tea) == []
    assert checked(below) == []


def test_nor_whom_denials_one_by_one_keep_apart(rivals):
    make.denial(rivals.aki, rivals.rival, wall="From a file")
    assert [hit.account for hit in checked(rivals.sora)[0].hits.all()] == [rivals.rival]
    Check.objects.all().delete()
    make.denial(rivals.chie, rivals.sora, wall="From a file")

    assert checked(rivals.sora) == []
    assert checked(rivals.sora_tea) == []


def test_where_nothing_competes_nothing_is_kept(cast):
    assert checked(cast.sora) == []
    assert not Handoff.objects.exists()


def test_the_officer_reads_and_decides_it_and_nobody_else_finds_it(rivals, client):
    (check,) = checked(rivals.sora, "merger")
    path = reverse("conflicts:check", args=[check.pk])
    client.force_login(rivals.dan.login_row)
    assert client.get(path).status_code == 404

    client.force_login(rivals.go.login_row)
    assert "Both sell tea." in client.get(path).content.decode()
    register = reverse("conflicts:register")
    assert path in client.get(register).content.decode()
    with acting_as(rivals.go):
        actions.decide(
            check=check, hit=Hit.objects.get(), verdict="no_conflict", reason="Not the same tea.",
            by=rivals.go, at=now(),
        )  # fmt: skip

    assert Handoff.objects.get().answered_at is not None
    assert path not in client.get(register).content.decode()
    assert "Not the same tea." in client.get(path).content.decode()
    assert checked(rivals.sora, "merger") == [check]


def companies_come_together(cast):
    above = make.company("Holding")
    beside = make.account("Sister", cast.bureau2, company=make.company("Sister", parent=above))
    cast.sora.company.parent = above
    cast.sora.company.save()
    return {cast.sora: "merger", cast.sora_tea: "merger", beside: "merger"}


def an_account_advertises_something_else(cast):
    cast.sora.categories = ["緑茶"]
    cast.sora.save()
    return {cast.sora: "brand"}


def a_brand_is_handled(cast):
    brand = make.brand(cast.sora.company, "Sencha")
    AccountBrand.objects.create(account=cast.sora, brand=brand, starts_on=TODAY)
    return {cast.sora: "brand"}


def a_clause_is_entered(cast):
    drinks = make.category("t:drinks")
    tea, beer = make.category("t:tea", drinks), make.category("t:beer", drinks)
    make.account("Brewer", cast.bureau2, categories=["t:beer"])
    make.account("Garage", cast.bureau2, categories=["t:cars"])
    make.commitment(cast.sora, tea)
    assert beer.lineage[0] == drinks.pk
    return {Account.objects.get(name="Brewer"): "commitment"}


def somebody_is_named(cast):
    below = make.company("Rival Foods", parent=cast.rival.company)
    beside = make.account("Rival Foods", cast.bureau2, company=below)
    make.commitment(cast.sora, level="company", names=("Rival",))
    return {cast.rival: "commitment", beside: "commitment"}


def a_clause_was_withdrawn(cast):
    make.commitment(
        cast.sora,
        level="company",
        names=("Rival",),
        withdrawn_at=now(),
        withdrawal="Noted in error.",
    )
    return {}


def a_pair_is_declared(cast):
    make.rivalry(cast.sora.company, cast.rival.company)
    return {cast.sora: "nightly", cast.sora_tea: "nightly", cast.rival: "nightly"}


def a_name_is_written_otherwise(cast):
    cast.sora.name = "Sora Group"
    cast.sora.save()
    return {}


def what_is_lost(cast):
    cast.sora.categories, cast.sora.status = ["緑茶"], "lost"
    cast.sora.save()
    return {}


@pytest.mark.parametrize(
    "change",
    [
        companies_come_together, an_account_advertises_something_else, a_brand_is_handled,
        a_clause_is_entered, somebody_is_named, a_clause_was_withdrawn, a_pair_is_declared,
        a_name_is_written_otherwise, what_is_lost,
    ],
)  # fmt: skip
def test_what_changed_is_checked(cast, change):
    expected = change(cast)

    found = accounts_to_check(now() - dt.timedelta(minutes=1))

    assert {pk: str(occasion) for pk, occasion in found.items()} == {
        account.pk: occasion for account, occasion in expected.items()
    }
    assert accounts_to_check(now() + dt.timedelta(minutes=1)) == {}


def test_the_worker_has_each_of_them_checked(rivals):
    tasks.recheck_changed(0)
    tasks.recheck_nightly(0)

    assert {job.args["account_id"] for job in jobs("recheck_declared")} == {
        str(account.pk) for account in (rivals.sora, rivals.sora_tea, rivals.rival)
    }
    assert not jobs("recheck_all")


def test_where_the_rule_changed_all_are_checked_some_at_a_time(rivals, monkeypatch):
    monkeypatch.setattr(tasks, "AT_A_TIME", 2)
    with acting_as(rivals.go):
        actions.set_policy(mode="split", by=rivals.go, at=now())
    accounts = sorted(account.pk for account in (rivals.sora, rivals.sora_tea, rivals.rival))
    tasks.recheck_nightly(0)
    assert [job.args for job in jobs("recheck_all")] == [{}]

    tasks.recheck_all()
    assert jobs("recheck_all")[-1].args == {"after_id": str(accounts[1])}
    tasks.recheck_all(str(accounts[1]))
    assert jobs("recheck_all")[-1].args == {"after_id": str(accounts[2])}
    told = set(Check.objects.values_list("account", "occasion"))
    assert told
    assert {occasion for _account, occasion in told} == {"rule"}
    tasks.recheck_all()  # a worker that was stopped begins again
    tasks.recheck_all(str(accounts[2]))
    assert set(Check.objects.values_list("account", "occasion")) == told
    assert len(jobs("recheck_all")) == 4


def test_an_officer_sees_how_far_all_accounts_are_checked_again(rivals, as_, monkeypatch):
    monkeypatch.setattr(tasks, "AT_A_TIME", 2)
    accounts = sorted(account.pk for account in (rivals.sora, rivals.sora_tea, rivals.rival))
    officer = as_(rivals.go)
    assert "last checked" not in told(officer)
    with acting_as(rivals.go):
        actions.set_policy(mode="split", by=rivals.go, at=now())
    assert "Tonight all accounts are checked again" in told(officer)

    tasks.recheck_all()
    assert 'value="0" max="100"' in told(officer)
    tasks.recheck_all(str(accounts[1]))
    page = told(officer, headers={"HX-Request": "true"})
    assert 'value="66" max="100"' in page
    assert "<form" not in page
    tasks.recheck_all(str(accounts[2]))

    over = officer.get(reverse("conflicts:policy"), headers={"HX-Request": "true"})
    assert over["HX-Refresh"] == "true"
    assert "All accounts were last checked" in told(officer)


def test_a_recheck_that_begins_anew_ends_what_was_begun(rivals):
    tasks.recheck_all()
    tasks.recheck_all()

    assert [bool(one.finished_at) for one in Recheck.objects.order_by("begun_at")] == [True, False]


def told(officer, **how):
    return officer.get(reverse("conflicts:policy"), **how).content.decode()


def jobs(task):
    return list(ProcrastinateJob.objects.filter(task_name=f"conflicts.{task}").order_by("id"))
