"""The first page of each role."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.timezone import localdate, now

from kakehashi.base.periods import last_twelve_months, month_after
from kakehashi.money.actions import set_target
from kakehashi.money.analysis import NET_REVENUE
from kakehashi.money.models import Tally
from kakehashi.money.queries import book
from kakehashi.money.tasks import add_up
from kakehashi.policy.acting import acting_as
from tests import factories as make


@pytest.fixture
def earned(cast):
    month = last_twelve_months(localdate()).last
    for account, net in ((cast.sora, 400), (cast.sora_tea, 200), (cast.rival, 300)):
        make.revenue(account, month, net)
    return cast


def page(client, person, path="/"):
    type(person).objects.filter(pk=person.pk).update(language="en")
    client.force_login(person.login_row)
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def aim(earned, of):
    month = last_twelve_months(localdate()).last  # one of four months is over
    with acting_as(earned.emi):
        set_target(
            of=of, by=earned.emi, at=now(), first=month, last=month_after(month, 3),
            measure="net_revenue", currency="JPY", amount=Decimal(2000),
        )  # fmt: skip


def test_an_executive_finds_their_accounts_with_lead_and_revenue(client, earned):
    shown = page(client, earned.aki)

    assert "My accounts" in shown
    assert f"/accounts/{earned.sora.pk}/" in shown
    assert "¥400" in shown
    assert "Rival" not in shown


def test_ones_own_targets_stand_beside_what_was_brought_and_was_due_by_now(client, earned):
    aim(earned, earned.aki)

    told = page(client, earned.aki).split('id="targets"')[1].split("</section>")[0]
    for amount in ("¥2,000", "¥400", "¥500", "20.0%"):
        assert amount in told, amount
    assert f"whose=person%3A{earned.aki.pk}" in told
    make.denial(earned.aki, earned.sora)
    assert "¥400" not in page(client, earned.aki).split('id="targets"')[1].split("</section>")[0]


@pytest.fixture
def aimed(earned):
    aim(earned, earned.bureau1)
    return earned


def test_targets_of_an_office_stand_on_the_first_page_of_who_leads_it(client, aimed):
    told = page(client, aimed.dan).split('id="office-targets"')[1].split("</section>")[0]
    for said in ("Bureau 1", "¥2,000", "¥600", "¥500", "30.0%", f"office%3A{aimed.bureau1.pk}"):
        assert said in told, said
    make.denial(aimed.dan, aimed.sora_tea)
    assert "¥400" in page(client, aimed.dan).split('id="office-targets"')[1].split("</section>")[0]
    for other in (aimed.ben, aimed.emi, aimed.fumi):  # one leads the agency, and not this bureau
        assert "Targets of your offices" not in page(client, other)


def test_of_very_many_accounts_a_target_waits_until_they_are_added_up(client, aimed, monkeypatch):
    from kakehashi.home import queries

    monkeypatch.setattr(queries, "LARGE", 1)
    assert 'hx-get="/targets/"' in page(client, aimed.dan)
    at_once = page(client, aimed.dan, "/targets/")
    monkeypatch.setattr(book, "MANY", 1)

    waiting = page(client, aimed.dan, "/targets/")
    assert "are added up" in waiting
    assert "¥600" not in waiting
    add_up(str(Tally.objects.get().pk), str(aimed.dan.pk))
    assert page(client, aimed.dan, "/targets/") == at_once


def test_who_has_no_target_reads_of_none(client, earned):
    for person in (earned.aki, earned.emi, earned.chie):
        assert "My targets" not in page(client, person)


def test_of_many_accounts_the_first_are_shown_and_all_are_counted(client, earned):
    from kakehashi.home import queries

    for number in range(queries.OWN):
        make.seat(earned.chie, make.account(f"Account {number:02}", earned.bureau2))

    shown = page(client, earned.chie)

    assert "You serve 13 accounts." in shown
    assert "All of your 13 accounts" in shown
    assert shown.count('<th scope="row"><a href="/accounts/') == queries.OWN


def test_of_very_many_accounts_ones_own_come_after_the_page(client, earned, monkeypatch):
    from kakehashi.home import queries

    at_once = page(client, earned.aki)
    monkeypatch.setattr(queries, "LARGE", 0)

    shown = page(client, earned.aki)
    assert 'hx-get="/mine/"' in shown
    assert "?team=mine" in shown
    assert "My accounts" not in shown
    part = page(client, earned.aki, "/mine/").strip()
    assert "¥400" in part
    assert part in at_once


def test_a_director_finds_the_portfolio_of_their_office(client, earned):
    shown = page(client, earned.dan)

    assert "Portfolio of the accounts you see (JPY)" in shown
    assert "My accounts" not in shown
    assert "Sora Tea" in shown
    assert "Rival" not in shown


def test_the_agency_director_finds_everything(client, earned):
    shown = page(client, earned.emi)

    assert "You see 3 accounts." in shown
    assert "44.4%" in shown  # Sora of 900
    assert "in the literature, 1975</dt><dd>23%" in shown
    assert "in the literature, today</dt><dd>60%" in shown


def test_a_wall_takes_an_account_out_of_the_directors_page(client, earned):
    make.denial(earned.emi, earned.rival)

    shown = page(client, earned.emi)

    assert "Rival" not in shown
    assert "You see 2 accounts." in shown
    assert "66.7%" in shown


def test_an_officer_finds_the_walls_and_those_due(client, earned):
    make.denial(earned.emi, earned.rival, review_on=dt.date(2026, 1, 1), wall="Sora–Rival")

    shown = page(client, earned.go)

    assert "Sora–Rival" in shown
    assert f"/accounts/{earned.rival.pk}/who-sees/" in shown
    for other in (earned.aki, earned.hana, earned.fumi):
        assert "Sora–Rival" not in page(client, other)


def test_an_administrator_finds_how_far_the_agency_has_moved_in(client, earned):
    shown = page(client, earned.hana)

    assert "Moving in" in shown
    assert 'href="/imports/"' in shown


def test_somebody_without_accounts_is_told_what_to_do(client, earned):
    assert "No task waits for you" in page(client, earned.lena)
    newcomer = make.staff("Nao", earned.tokyo, "account_executive")
    assert "You do not serve an account yet" in page(client, newcomer)


def test_a_client_finds_the_people_who_serve_them(client, earned):
    shown = page(client, earned.ken)

    assert "Welcome, Ken" in shown
    assert "Sora" in shown
    assert "Aki" in shown
    for hidden in ("Sora Tea", "Rival", "Chie", "¥400"):
        assert hidden not in shown


def test_the_portfolio_page_takes_other_months(client, earned):
    make.revenue(earned.rival, dt.date(2020, 4, 1), 7)

    shown = page(client, earned.emi, "/portfolio/?from=2020-04&to=2020-04")

    assert "¥7" in shown
    assert "100.0%" in shown


@pytest.mark.parametrize("asked", ["from=2020-13", "from=2026-05&to=2026-01", "from=x"])
def test_months_that_cannot_be_are_told(client, earned, asked):
    client.force_login(earned.emi.login_row)

    assert client.get(f"/portfolio/?{asked}").status_code == 422


def test_the_page_asks_as_often_for_many_accounts_as_for_one(
    client, earned, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(earned.chie.login_row)
    with CaptureQueriesContext(connection) as once:
        client.get("/")
    month = last_twelve_months(localdate()).last
    for name in ("One", "Two", "Three"):
        account = make.account(name, earned.bureau2)
        make.seat(earned.chie, account)
        make.revenue(account, month, 10)
    with django_assert_num_queries(len(once)):
        client.get("/")


def test_of_many_accounts_the_figures_come_after_the_page(client, earned, monkeypatch):
    from kakehashi.home import queries

    monkeypatch.setattr(queries, "LARGE", 2)
    shown = page(client, earned.emi)
    assert 'hx-get="/figures/"' in shown
    assert "Portfolio of the accounts" not in shown

    fragment = client.get("/figures/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Portfolio of the accounts you see" in fragment


def test_of_very_many_accounts_the_figures_are_added_up_in_the_background(
    client, earned, monkeypatch
):
    make.revenue(earned.sora, last_twelve_months(localdate()).last, 9, currency="USD", cost=4)
    make.seat(earned.ben, earned.sora, role="key_account_manager")
    at_once = page(client, earned.emi, "/figures/")
    monkeypatch.setattr(book, "MANY", 2)

    assert "are added up" in page(client, earned.emi, "/figures/")
    add_up(str(Tally.objects.get().pk), str(earned.emi.pk))
    assert page(client, earned.emi, "/figures/") == at_once
    make.denial(earned.emi, earned.rival)
    assert "Rival" not in page(client, earned.emi, "/figures/")


def test_key_accounts_are_those_with_a_key_account_manager(earned):
    from kakehashi.home import queries

    months = last_twelve_months(localdate())
    make.seat(earned.ben, earned.sora, role="key_account_manager")
    with acting_as(earned.emi):
        scope, by = book.Scope(), book.BY_ACCOUNT
        asked = book.Question(scope, months, None, by, NET_REVENUE, localdate())
        (found,) = book.books(asked)
        key = queries.key_share(found, queries.key_lines(months, localdate())["JPY"])

    assert (float(round(key.share, 3)), key.accounts) == (0.444, 1)
