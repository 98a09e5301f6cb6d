"""Targets: who sets them, who reads them, and what has come of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.timezone import now

from kakehashi.base.periods import Months
from kakehashi.clients.models import Company
from kakehashi.money import actions
from kakehashi.money.models import Target
from kakehashi.money.queries import targets
from kakehashi.money.queries.book import Scope
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from kakehashi.policy.models import Change
from tests import factories as make

APRIL, MARCH = dt.date(2026, 4, 1), dt.date(2027, 3, 1)
TODAY = dt.date(2026, 10, 5)
YEAR = {
    "first": APRIL, "last": MARCH, "measure": "net_revenue", "currency": "JPY",
    "amount": Decimal(1000),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def put(by, of, **other):
    with acting_as(by):
        return actions.set_target(of=of, by=by, at=now(), **{**YEAR, **other})


@pytest.mark.parametrize(
    ("name", "of", "may"),
    [
        ("emi", "osaka", True), ("emi", "sora", True), ("emi", "chie", True), ("fumi", "hq", True),
        ("dan", "bureau1", True), ("dan", "aki", True), ("dan", "sora", True),
        ("dan", "bureau2", False), ("dan", "chie", False), ("dan", "tokyo", False),
        ("ben", "sora", True), ("ben", "aki", False), ("aki", "sora", False), ("aki", "aki", False),
        ("go", "bureau1", False),
    ],
)  # fmt: skip
def test_who_leads_sets_targets_where_they_lead(cast, name, of, may):
    by, thing = getattr(cast, name), getattr(cast, of)
    if may:
        assert put(by, thing).of == thing
    else:
        with pytest.raises(Refused):
            put(by, thing)
        assert not Target.objects.exists()


@pytest.fixture
def family(cast):
    """A holding above Sora, with an account of its own that another bureau leads."""
    head = make.company("Sora Holdings")
    Company.objects.filter(pk=cast.sora.company_id).update(parent=head)
    cast.holding = make.account("Holdings", cast.bureau2, company=head)
    cast.head = head
    return cast


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("ben", True), ("dan", True), ("emi", True), ("fumi", True),
        ("aki", False), ("chie", False), ("go", False),
    ],
)  # fmt: skip
def test_who_leads_an_account_of_a_client_family_sets_its_target(family, name, may):
    by = getattr(family, name)
    if may:
        assert put(by, family.head).of == family.head
    else:
        with pytest.raises(Refused, match="one of these roles"):
            put(by, family.head)


def test_who_is_kept_from_the_accounts_they_lead_sets_no_target_of_their_client(family):
    make.denial(family.ben, family.sora)  # and what is below

    with pytest.raises(Refused):
        put(family.ben, family.head)


def test_a_client_familys_target_is_read_by_who_sees_any_account_of_it(family):
    target = put(family.emi, family.head)
    seen = {"aki", "ben", "dan", "emi", "fumi", "go"}
    assert readers(family, target) == seen

    make.denial(family.emi, family.sora)
    assert readers(family, target) == seen
    make.denial(family.emi, family.holding)
    assert readers(family, target) == seen - {"emi"}
    with acting_as(family.emi):
        assert not Change.objects.filter(source="money_target").exists()


def test_what_has_come_of_a_client_familys_target_is_of_the_accounts_its_reader_sees(family):
    for account, net in ((family.holding, 100), (family.sora_tea, 30), (family.rival, 7)):
        make.revenue(account, APRIL, net)
    put(family.emi, family.head)

    with acting_as(family.emi):
        (aim,) = aims(Scope("company", family.head))
    with acting_as(family.ben):
        (less,) = aims(Scope("company", family.head))
    assert (aim.brought, less.brought) == (130, 30)


def readers(cast, target):
    found = set()
    for name in ("aki", "ben", "chie", "dan", "emi", "fumi", "go", "lena", "ken"):
        with acting_as(getattr(cast, name)):
            if Target.objects.filter(pk=target.pk).exists():
                found.add(name)
    return found


def test_a_target_is_read_with_its_account_or_by_whom_it_concerns(cast):
    assert readers(cast, put(cast.dan, cast.sora)) == {"aki", "ben", "dan", "emi", "fumi", "go"}
    assert readers(cast, put(cast.dan, cast.aki)) == {"aki", "dan", "emi", "fumi"}
    assert readers(cast, put(cast.emi, cast.bureau2)) == {"emi", "fumi"}


def test_a_wall_hides_a_target_with_its_account(cast):
    target = put(cast.fumi, cast.sora)
    make.denial(cast.emi, cast.sora)

    assert "emi" not in readers(cast, target)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": Decimal(0)}, "amount.*more than nothing"),
        ({"amount": Decimal("1.5")}, "JPY has 0 decimal places"),
        ({"last": dt.date(2026, 1, 1)}, "last.*before the first"),
    ],
)
def test_what_cannot_be_aimed_at_is_told(cast, wrong, said):
    with pytest.raises(ValidationError, match=said):
        put(cast.emi, cast.hq, **wrong)


def test_one_target_for_the_same_months_until_it_is_dropped(cast):
    first = put(cast.emi, cast.hq)
    with pytest.raises(ValidationError, match="already"):
        put(cast.emi, cast.hq)

    with acting_as(cast.emi):
        actions.drop_target(target=first, by=cast.emi, at=now())
        with pytest.raises(Refused, match="dropped"):
            actions.drop_target(target=first, by=cast.emi, at=now())
    assert put(cast.emi, cast.hq).pk != first.pk


def test_of_two_who_change_a_target_the_second_is_told(cast):
    target = put(cast.emi, cast.sora)
    with acting_as(cast.emi):
        changed = {**YEAR, "amount": Decimal(1200)}
        actions.change_target(target=target, version=1, by=cast.emi, at=now(), **changed)
        with pytest.raises(Stale):
            actions.change_target(target=target, version=1, by=cast.emi, at=now(), **YEAR)

    target.refresh_from_db()
    assert (target.amount, target.version) == (1200, 2)
    assert Change.objects.filter(source="money_target", row=str(target.pk)).count() == 2


def aims(scope):
    found = targets.standing(scope, Months(APRIL, APRIL))
    return targets.aims(found, targets.brought(scope, found, TODAY), TODAY)


def test_what_has_come_of_a_target_is_of_its_own_months(cast):
    for month, net in ((APRIL, 300), (dt.date(2026, 9, 1), 250), (dt.date(2026, 3, 1), 999)):
        make.revenue(cast.sora, month, net)
    make.revenue(cast.sora_tea, APRIL, 50)
    make.revenue(cast.sora, APRIL, 7, currency="USD")
    put(cast.emi, cast.sora)
    put(cast.emi, cast.sora, measure="billings", amount=Decimal(2000))
    put(cast.emi, cast.sora_tea)

    with acting_as(cast.emi):
        by_net, by_billings = sorted(
            aims(Scope("account", cast.sora)), key=lambda aim: aim.target.amount
        )
        assert aims(Scope()) == []

    assert (by_net.brought, by_net.reached, by_net.missing) == (600, Decimal("0.6"), 400)
    assert (by_net.elapsed, by_net.expected) == (6, Decimal("0.5"))
    assert (by_billings.brought, by_billings.reached, by_billings.missing) == (
        3000,
        Decimal("1.5"),
        0,
    )


def signed_in(client, person):
    Person.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person.login_row)
    return client


def test_a_target_is_set_read_changed_and_dropped_on_its_pages(client, cast):
    make.revenue(cast.sora, APRIL, 250)
    whose = f"?whose=account:{cast.sora.pk}&from=2026-04&to=2026-04"
    signed_in(client, cast.dan)
    assert "No target is set" in client.get(f"/portfolio/{whose}").content.decode()

    sent = {"first": "2026-04", "last": "2027-03", "measure": "net_revenue", "currency": "JPY"}
    refused = client.post(f"/portfolio/targets/new/{whose}", {**sent, "amount": "0"})
    assert refused.status_code == 422
    assert (
        client.post(f"/portfolio/targets/new/{whose}", {**sent, "amount": "1000"}).status_code
        == 302
    )
    (target,) = Target.objects.all()
    shown = client.get(f"/portfolio/{whose}").content.decode()
    assert "25.0%" in shown.split('id="book-targets"')[1]

    change = f"/portfolio/targets/{target.pk}/"
    assert 'value="1000"' in client.get(change).content.decode()
    assert client.post(change, {**sent, "amount": "500", "version": 1}).status_code == 302
    assert client.post(change, {**sent, "amount": "700", "version": 1}).status_code == 422
    assert "50.0%" in client.get(f"/portfolio/{whose}").content.decode()
    history = f"/history/money_target/{target.pk}/"
    assert history in client.get(change).content.decode()
    assert "1,000" in client.get(history).content.decode()

    client.post(f"{change}drop/")
    assert "No target is set" in client.get(f"/portfolio/{whose}").content.decode()


def test_who_may_not_set_one_reads_why(client, cast):
    make.revenue(cast.sora, APRIL, 250)
    signed_in(client, cast.aki)

    shown = client.get(f"/portfolio/?whose=account:{cast.sora.pk}&from=2026-04").content.decode()
    assert "This takes one of these roles here" in shown
    assert "This takes one of" in client.get("/portfolio/targets/new/").content.decode()
    assert client.get(f"/portfolio/targets/new/?whose=account:{cast.rival.pk}").status_code == 404
