"""What a leaver holds, what is known of a person and how it is forgotten; panels elsewhere."""

import datetime as dt

import pytest
from django.utils.timezone import localdate, now

from kakehashi.clients import actions, leaving, personal
from kakehashi.clients.models import Contact, Handover, Seat
from kakehashi.people import holdings, panels, privacy
from kakehashi.policy.acting import acting_as
from tests import factories as make

TODAY = localdate()
SOON = TODAY + dt.timedelta(days=20)


def propose(cast, receiver=None):
    with acting_as(cast.aki):
        return actions.propose_handover(
            seat=cast.sora.seats.get(person=cast.aki),
            receiver=receiver or cast.lena,
            on=SOON,
            by=cast.aki,
            at=now(),
        )


def held(person, by, on=TODAY):
    with acting_as(by):
        return [str(thing) for thing in holdings.of_person(person, on)]


def test_a_leaver_still_holds_seats_and_handovers_that_wait_for_them(cast):
    propose(cast)

    assert held(cast.aki, cast.hana) == ["Seat: Sora, Account executive"]
    assert held(cast.lena, cast.hana) == ["Handover to take: from Aki"]


def test_a_seat_that_ends_by_the_last_day_is_held_no_more(cast):
    cast.sora.seats.update(ends_on=TODAY)

    assert held(cast.aki, cast.hana) == []
    assert held(cast.aki, cast.hana, on=TODAY - dt.timedelta(days=1)) != []


def test_what_a_wall_hides_from_the_administrator_is_not_listed(cast):
    make.denial(cast.hana, cast.sora)

    assert held(cast.aki, cast.hana) == []


def test_an_office_holds_the_accounts_it_leads(cast):
    with acting_as(cast.hana):
        found = [str(thing) for thing in holdings.of_office(cast.bureau1, TODAY)]

    assert found == ["Leads the account: Sora", "Leads the account: Sora Tea"]


def test_what_nobody_handed_over_ends_on_the_last_day(cast):
    propose(cast)
    make.seat(cast.aki, cast.sora_tea, starts_on=SOON)
    make.seat(cast.aki, cast.rival, ends_on=TODAY - dt.timedelta(days=9))

    leaving.settle(cast.aki, TODAY)

    assert sorted(Seat.objects.filter(person=cast.aki).values_list("ends_on", flat=True)) == [
        TODAY - dt.timedelta(days=9),
        TODAY,
    ]
    assert Handover.objects.get().withdrawn_at is not None


def test_what_is_stored_about_a_contact_is_told(cast):
    Contact.objects.filter(pk=cast.ken_contact.pk).update(title="Head", preferences="Mornings")

    with acting_as(cast.hana):
        told = privacy.exported(cast.ken)["clients"]

    assert [(c["account__name"], c["title"], c["preferences"]) for c in told["contacts"]] == [
        ("Sora", "Head", "Mornings")
    ]
    assert told["seats"] == []


def test_what_is_stored_about_one_of_ours_is_told_without_the_sheets_of_others(cast):
    propose(cast)

    with acting_as(cast.hana):
        told = privacy.exported(cast.aki)["clients"]

    assert [seat["role"] for seat in told["seats"]] == ["account_executive"]
    assert [set(row) & {"sheet"} for row in told["handovers"]] == [set()]


def test_a_contact_who_is_still_there_is_still_needed(cast):
    assert "Still a contact of Sora" in privacy.objection(cast.ken)
    Contact.objects.update(left_on=TODAY)
    assert personal.objection(cast.ken) is None


def test_a_forgotten_contact_leaves_their_place_and_nothing_else(cast):
    Contact.objects.filter(pk=cast.ken_contact.pk).update(title="Head", preferences="Mornings")
    make.contact("Mari", cast.sora, reports_to=cast.ken_contact)
    handover = propose(cast)

    rows = personal.forgotten(person=cast.ken, by=cast.hana, at=now())

    contact = Contact.objects.get(pk=cast.ken_contact.pk)
    assert (contact.title, contact.preferences, contact.portal) == ("", "", False)
    assert contact.left_on == TODAY
    handover.refresh_from_db()
    assert "Ken" not in str(handover.sheet)
    assert "ken@client.example" not in str(handover.sheet)
    assert "Mari" in str(handover.sheet)
    assert set(rows) == {contact.pk, handover.pk}
    assert set(personal.forgotten(person=cast.ken, by=cast.hana, at=now())) == set(rows)


def test_a_forgotten_colleague_leaves_the_sheets_too(cast):
    make.fact(cast.sora, cast.aki)
    handover = propose(cast)

    personal.forgotten(person=cast.aki, by=cast.hana, at=now())

    handover.refresh_from_db()
    assert "Aki" not in str(handover.sheet)


@pytest.mark.parametrize(("reader", "shown"), [("ben", ["Sora"]), ("chie", [])])
def test_a_persons_page_shows_the_accounts_the_reader_sees(cast, rf, reader, shown):
    with acting_as(getattr(cast, reader)):
        (panel,) = panels.panels("person_accounts", rf.get("/"), cast.aki)
        assert [seat.account.name for seat in panel.context["seats"]] == shown


@pytest.mark.parametrize(("reader", "shown"), [("dan", ["Sora", "Sora Tea"]), ("chie", [])])
def test_an_offices_page_shows_the_accounts_the_reader_sees(cast, rf, reader, shown):
    with acting_as(getattr(cast, reader)):
        (panel,) = panels.panels("office_accounts", rf.get("/"), cast.bureau1)
        assert [account.name for account in panel.context["accounts"]] == shown


def test_the_panels_stand_on_their_pages(as_, cast):
    client = as_(cast.ben)

    assert "Accounts they serve" in client.get(f"/people/{cast.aki.pk}/").content.decode()
    assert "Contact of" in client.get(f"/people/{cast.ken.pk}/").content.decode()
    assert "Accounts it leads" in client.get(f"/offices/{cast.bureau1.pk}/").content.decode()
