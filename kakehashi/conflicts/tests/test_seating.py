"""Nobody serves two accounts that compete, nor within a client's barrier: wherever a seat comes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import translation
from django.utils.timezone import localdate, now

from kakehashi.clients import actions as clients
from kakehashi.clients.models import AccountBrand, Seat
from kakehashi.conflicts import actions
from kakehashi.conflicts.because import told
from kakehashi.conflicts.models import CategoryLink, CategoryPair, SeatPermit
from kakehashi.conflicts.queries.seating import Wanted, refused, standing_against
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make

TODAY = localdate()
A_DAY = dt.timedelta(days=1)
NEUTRAL = "This person is not available for this account. Ask the conflicts officer."
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def tree(tree):
    """The same, and tea in a scheme of its own."""
    return {**tree, "other tea": make.category("u:tea", name="茶")}


@pytest.fixture
def rivals(cast, tree):
    """Sora and Rival both sell tea; Aki serves Sora, Chie its rival."""
    advertise(cast.sora, "t:tea")
    advertise(cast.rival, "t:tea")
    return cast


def advertise(account, *labels):
    account.categories = list(labels)
    account.save()


def seat(cast, person, account, by=None, ends_on=None, starts_on=TODAY):
    by = by or cast.dan
    with acting_as(by):
        return clients.give_seat(
            account=account, person=person, role="account_manager", starts_on=starts_on,
            ends_on=ends_on, by=by,
        )  # fmt: skip


def refusal(*args, **named):
    """What is said at the person's field."""
    with pytest.raises(ValidationError) as error:
        seat(*args, **named)
    return error.value.message_dict["person"]


def kept(person, account, day=TODAY):
    return refused([Wanted(person.pk, account.pk, day)]) == {person.pk}


# What competes


def in_one_leaf(cast, tree):
    advertise(cast.sora, "t:tea")
    advertise(cast.rival, "t:tea")
    return True


def one_above_the_other(cast, tree):
    advertise(cast.sora, "t:drinks")
    advertise(cast.rival, "t:tea")
    return False


def side_by_side(cast, tree):
    advertise(cast.sora, "t:coffee")
    advertise(cast.rival, "t:tea")
    return False


def by_a_word_of_no_tree(cast, tree):
    advertise(cast.sora, "和菓子")
    advertise(cast.rival, "和菓子")
    return True


def linked_as_the_same(cast, tree):
    CategoryLink.objects.create(category=tree["tea"], kind="same", other=tree["other tea"])
    advertise(cast.sora, "t:tea")
    advertise(cast.rival, "u:tea")
    return True


def categories_declared_to_compete(cast, tree):
    pair(tree["tea"], tree["cars"], competing=True)
    advertise(cast.sora, "t:tea")
    advertise(cast.rival, "t:cars")
    return True


def declared_above_and_undone_below(cast, tree):
    pair(tree["drinks"], tree["cars"], competing=True)
    pair(tree["tea"], tree["cars"], competing=False)
    advertise(cast.sora, "t:tea")
    advertise(cast.rival, "t:cars")
    return False


def in_a_leaf_too_broad_to_compare(cast, tree):
    pair(tree["tea"], tree["tea"], competing=False)
    return in_one_leaf(cast, tree) and False


def linked_to_one_too_broad_to_compare(cast, tree):
    pair(tree["other tea"], tree["other tea"], competing=False)
    return linked_as_the_same(cast, tree) and False


def below_one_too_broad_to_compare(cast, tree):
    pair(tree["drinks"], tree["drinks"], competing=False)
    return in_one_leaf(cast, tree)


def in_another_leaf_beside_the_broad_one(cast, tree):
    pair(tree["tea"], tree["tea"], competing=False)
    advertise(cast.sora, "t:tea", "t:cars")
    advertise(cast.rival, "t:tea", "t:cars")
    return True


def declared_companies(cast, tree):
    make.rivalry(cast.rival.company, cast.sora.company)
    return True


def a_declared_parent(cast, tree):
    above = make.company("Sora Holdings")
    cast.sora.company.parent = above
    cast.sora.company.save()
    make.rivalry(cast.rival.company, above)
    return True


def a_sister_of_a_declared_rival(cast, tree):
    return sister(cast, "company", expected=False)


def a_declared_group(cast, tree):
    return sister(cast, "group", expected=True)


def declared_brands(cast, tree):
    one, other = make.brand(cast.sora.company, "Sencha"), make.brand(cast.rival.company, "Matcha")
    for account, brand in ((cast.sora, one), (cast.rival, other)):
        AccountBrand.objects.create(account=account, brand=brand, starts_on=make.LONG_AGO)
    make.rivalry(
        cast.sora.company, cast.rival.company, kind="brand", one_name="Sencha",
        one_folded=one.folded, one_company=None, one_brand=one, other_name="Matcha",
        other_folded=other.folded, other_company=None, other_brand=other,
    )  # fmt: skip
    return True


def declared_apart(cast, tree):
    in_one_leaf(cast, tree)
    make.rivalry(cast.sora.company, cast.rival.company, competing=False, ground="One sells leaves.")
    return False


def one_family(cast, tree):
    in_one_leaf(cast, tree)
    cast.rival.company.parent = cast.sora.company
    cast.rival.company.save()
    return False


def in_other_countries(cast, tree):
    for account, country in ((cast.sora, "JP"), (cast.rival, "SG")):
        brand = make.brand(account.company, f"Tea {country}", categories=["t:tea"],
                           countries=[country])  # fmt: skip
        AccountBrand.objects.create(account=account, brand=brand, starts_on=make.LONG_AGO)
    return False


def below_what_is_served(cast, tree):
    advertise(cast.sora_tea, "t:tea")
    advertise(cast.rival, "t:tea")
    return True


def nothing_known(cast, tree):
    return False


def pair(one, other, *, competing):
    CategoryPair.objects.create(
        one=one, other=other, competing=competing, reason="Said so.", declared_at=now()
    )


def sister(cast, kind, *, expected):
    above, beside = make.company("Rival Group"), make.company("Rival Sister")
    for company in (cast.rival.company, beside):
        company.parent = above
        company.save()
    make.rivalry(cast.sora.company, beside, kind=kind)
    return expected


@pytest.mark.parametrize(
    "arrange",
    [
        in_one_leaf, one_above_the_other, side_by_side, by_a_word_of_no_tree, linked_as_the_same,
        in_a_leaf_too_broad_to_compare, linked_to_one_too_broad_to_compare,
        below_one_too_broad_to_compare, in_another_leaf_beside_the_broad_one,
        categories_declared_to_compete, declared_above_and_undone_below, declared_companies,
        a_declared_parent, a_sister_of_a_declared_rival, a_declared_group, declared_brands,
        declared_apart, one_family, in_other_countries, below_what_is_served, nothing_known,
    ],
)  # fmt: skip
def test_who_serves_one_may_not_serve_the_other(cast, tree, arrange):
    expected = arrange(cast, tree)

    assert (kept(cast.aki, cast.rival), kept(cast.chie, cast.sora)) == (expected, expected)
    assert not kept(cast.lena, cast.rival)


def test_only_days_in_common_count(rivals):
    aki_s = Seat.objects.get(person=rivals.aki)
    aki_s.ends_on = TODAY
    aki_s.save()

    assert kept(rivals.aki, rivals.rival)
    assert not kept(rivals.aki, rivals.rival, TODAY + A_DAY)


@pytest.mark.parametrize(
    ("level", "labels", "names"),
    [("category", ["t:coffee"], ()), ("company", [], ("Sora",)), ("brand", [], ("Sora",))],
)
def test_the_barrier_holds_for_months_after_a_seat(cast, tree, level, labels, names):
    advertise(cast.sora, *labels)
    make.commitment(cast.rival, tree["tea"], level=level, names=names, personnel_barrier_months=4)
    make.seat(cast.lena, cast.rival, "account_manager", ends_on=dt.date(2026, 2, 28))

    assert kept(cast.lena, cast.sora, dt.date(2026, 6, 28))
    assert not kept(cast.lena, cast.sora, dt.date(2026, 6, 29))
    assert not kept(cast.lena, make.account("Third", cast.bureau1))


# Every way a seat comes into being


def test_a_seat_that_is_given_is_refused_in_general_words(rivals):
    with acting_as(rivals.dan):
        assert refusal(rivals, rivals.chie, rivals.sora) == [NEUTRAL]
    assert not Seat.objects.filter(person=rivals.chie, account=rivals.sora).exists()
    assert seat(rivals, rivals.lena, rivals.sora).pk


def test_an_officer_reads_why(rivals):
    make.Role.objects.create(
        person=rivals.go, role="account_director", office=rivals.hq, starts_on=make.LONG_AGO
    )

    said = "Serves Rival from 1 Apr 2016 to an open end, which competes."
    why = "The category is the same: “Tea”."
    assert refusal(rivals, rivals.chie, rivals.sora, by=rivals.go) == [f"{said} {why}"]


def test_a_seat_is_not_made_longer_into_a_rivals_but_may_be_made_shorter(rivals):
    theirs = Seat.objects.get(person=rivals.chie)
    theirs.ends_on = TODAY + 9 * A_DAY
    theirs.save()
    later = seat(rivals, rivals.chie, rivals.sora, starts_on=TODAY + 10 * A_DAY)
    day = {"lead": False, "share": None, "ends_on": None, "by": rivals.dan}

    with acting_as(rivals.dan):
        with pytest.raises(ValidationError, match="not available"):
            clients.change_seat(seat=later, version=1, starts_on=TODAY + 9 * A_DAY, **day)
        later.refresh_from_db()
        changed = clients.change_seat(seat=later, version=1, starts_on=TODAY + 11 * A_DAY, **day)

    assert changed.starts_on == TODAY + 11 * A_DAY


def test_an_account_does_not_open_with_a_rivals_person(rivals):
    opening = {
        "company": make.company("Newcomer"), "name": "Newcomer", "lead_office": rivals.bureau2,
        "level": "national", "status": "prospect", "categories": ["t:tea"], "code": "",
        "role": "account_executive", "parent": None, "at": now(),
    }  # fmt: skip

    with acting_as(rivals.chie), pytest.raises(ValidationError) as error:
        clients.open_account(person=rivals.chie, by=rivals.chie, **opening)

    assert error.value.message_dict == {"person": [NEUTRAL]}
    assert not make.Account.objects.filter(name="Newcomer").exists()
    with acting_as(rivals.dan):
        assert clients.open_account(person=rivals.dan, by=rivals.dan, **opening).pk


def test_a_handover_is_refused_when_it_is_proposed_and_when_it_is_confirmed(rivals):
    aki_s = Seat.objects.get(person=rivals.aki)
    hand = {"seat": aki_s, "on": TODAY + 9 * A_DAY, "by": rivals.aki, "at": now()}
    with acting_as(rivals.aki):
        with pytest.raises(ValidationError) as error:
            clients.propose_handover(receiver=rivals.chie, **hand)
        handover = clients.propose_handover(receiver=rivals.lena, **hand)
        clients.confirm_handover(handover=handover, by=rivals.aki, at=now())
    assert error.value.message_dict == {"receiver": [NEUTRAL]}
    make.seat(rivals.lena, rivals.rival, "account_manager")

    with acting_as(rivals.lena), pytest.raises(Refused, match="not available"):
        clients.confirm_handover(handover=handover, by=rivals.lena, at=now())

    assert not Seat.objects.filter(person=rivals.lena, account=rivals.sora).exists()


# What an officer permits


def permit(cast, person, account, ends_on=TODAY + 60 * A_DAY, **said):
    with acting_as(cast.go):
        return actions.permit_seat(
            account=account, person=person, ends_on=ends_on, reason="Nobody else reads Thai.",
            by=cast.go, at=now(), **said,
        )  # fmt: skip


def test_what_is_permitted_has_an_end(rivals):
    given = permit(rivals, rivals.chie, rivals.sora)

    day = f"{given.ends_on.day} {given.ends_on:%b %Y}"
    said = f"The conflicts officer permits this seat until {day}. Give it a last day no later."
    assert refusal(rivals, rivals.chie, rivals.sora) == [said]
    assert seat(rivals, rivals.chie, rivals.sora, ends_on=given.ends_on).pk


def test_a_permit_that_is_withdrawn_permits_nothing_more(rivals):
    given = permit(rivals, rivals.chie, rivals.sora)
    with acting_as(rivals.go):
        actions.withdraw_permit(permit=given, by=rivals.go, at=now())

    assert refusal(rivals, rivals.chie, rivals.sora, ends_on=given.ends_on) == [NEUTRAL]
    with acting_as(rivals.go), pytest.raises(Refused, match="withdrawn already"):
        actions.withdraw_permit(permit=given, by=rivals.go, at=now())


def test_past_a_barrier_only_with_the_clients_word(cast, tree):
    advertise(cast.sora, "t:tea")
    make.commitment(cast.rival, tree["tea"], personnel_barrier_months=4)
    make.seat(cast.lena, cast.rival, "account_manager", ends_on=TODAY - A_DAY)

    with pytest.raises(ValidationError) as error:
        permit(cast, cast.lena, cast.sora)
    assert "consent" in error.value.message_dict

    given = permit(cast, cast.lena, cast.sora, consent="Letter of 3 April, kept with the contract")
    assert seat(cast, cast.lena, cast.sora, ends_on=given.ends_on).pk


def test_only_officers_permit_and_read_what_they_permitted(rivals):
    permit(rivals, rivals.chie, rivals.sora)

    with acting_as(rivals.emi), pytest.raises(Refused):
        actions.permit_seat(
            account=rivals.sora, person=rivals.chie, ends_on=TODAY, reason="So.", by=rivals.emi,
            at=now(),
        )  # fmt: skip
    with acting_as(rivals.emi):
        assert not SeatPermit.objects.exists()
        assert standing_against([Wanted(rivals.chie.pk, rivals.sora.pk, TODAY)]) == {}


def test_of_an_account_one_does_not_see_nothing_is_told(rivals):
    wanted = [Wanted(rivals.aki.pk, rivals.rival.pk, TODAY)]
    with acting_as(rivals.aki):
        assert refused(wanted) == set()
    with acting_as(rivals.ken):
        assert refused([Wanted(rivals.chie.pk, rivals.sora.pk, TODAY)]) == set()


def test_a_reason_is_told_in_both_languages(rivals):
    wanted = [Wanted(rivals.chie.pk, rivals.sora.pk, TODAY)]
    with acting_as(rivals.go):
        (found,) = standing_against(wanted)[rivals.chie.pk]
    with translation.override("ja"):
        assert "緑茶" in " ".join(told(found.because))


# Who could staff this?


@pytest.fixture
def page(as_):
    def opened(person, account, query=""):
        return as_(person).get(f"/accounts/{account.pk}/staffing/{query}")

    return opened


def answers(response):
    return {one.person.name: one.answer for one in response.context["staffing"].candidates}


def test_the_page_tells_who_is_available_and_no_more(rivals, page):
    joined = make.staff("Newcomer", rivals.bureau1, "creative", starts_on=TODAY - 20 * A_DAY)
    busy = make.staff("Busy", rivals.bureau1, "creative")
    make.seat(busy, rivals.sora_tea, "creative", share=1)
    make.denial(rivals.fumi, rivals.sora)

    told_to = page(rivals.dan, rivals.sora)

    found = answers(told_to)
    assert found["Aki"] == "serves"
    assert found["Lena"] == "available"
    assert found["Busy"] == "not available"
    assert {found["Chie"], found["Fumi"], found[joined.name]} == {"ask"}
    text = told_to.content.decode()
    assert "Rival" not in text
    assert "wall" not in text.lower().split("<main", 1)[-1]


def test_the_officer_reads_the_same_answers(rivals, page):
    make.denial(rivals.fumi, rivals.sora)
    permit(rivals, rivals.chie, rivals.sora)

    found = answers(page(rivals.dan, rivals.sora))

    assert answers(page(rivals.go, rivals.sora)) == found
    assert found["Chie"] == found["Fumi"] == "ask"


@pytest.mark.parametrize(("reader", "found"), [("go", 1), ("dan", 0)])
def test_only_officers_are_told_whom_a_wall_keeps_out(rivals, reader, found):
    make.denial(rivals.fumi, rivals.sora)

    with acting_as(getattr(rivals, reader)), connection.cursor() as cursor:
        asked = [[rivals.fumi.pk, rivals.aki.pk], rivals.sora.pk]
        cursor.execute("SELECT acting_walled_off(%s, %s)", asked)
        assert cursor.fetchall() == [(rivals.fumi.pk,)] * found


def test_the_officer_reads_grounds_and_days_and_permits(rivals, page, as_):
    make.denial(rivals.fumi, rivals.sora, wall="Two teas")
    text = page(rivals.go, rivals.sora).content.decode()

    assert "Serves Rival from 1 Apr 2016 to an open end, which competes." in text
    assert "A wall keeps them out: Two teas" in text
    sent = {"person": rivals.chie.handle, "ends_on": f"{TODAY + A_DAY}", "reason": "For a day."}
    client = as_(rivals.go)
    answer = client.post(f"/accounts/{rivals.sora.pk}/staffing/permit/", sent, follow=True)
    assert "For a day." in answer.content.decode()
    given = SeatPermit.objects.get()
    past = f"/history/conflicts_seatpermit/{given.pk}/"
    assert past in answer.content.decode()
    client.post(f"/staffing/permits/{given.pk}/withdraw/")
    assert client.get(past).content.decode().count("For a day.") == 1
    given.refresh_from_db()
    assert given.withdrawn_by == rivals.go


def test_it_is_narrowed_by_role_and_office(rivals, page):
    narrowed = page(rivals.dan, rivals.sora, f"?role=creative&office={rivals.tokyo.pk}")
    assert answers(narrowed) == {"Lena": "available"}
    assert page(rivals.dan, rivals.sora, "?office=nothing").status_code == 404
    assert page(rivals.chie, rivals.sora).status_code == 404
    assert page(rivals.dan, rivals.sora, "?role=production").status_code == 200


def test_permits_are_not_there_for_others(rivals, as_):
    given = permit(rivals, rivals.chie, rivals.sora)

    client = as_(rivals.dan)
    assert client.get(f"/accounts/{rivals.sora.pk}/staffing/permit/").status_code == 404
    assert client.post(f"/staffing/permits/{given.pk}/withdraw/").status_code == 404
    assert client.get(f"/history/conflicts_seatpermit/{given.pk}/").status_code == 404
