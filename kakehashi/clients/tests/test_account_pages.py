"""The pages of an account: who sees which, what they may do there, and what stays silent."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from kakehashi.base.periods import last_twelve_months
from kakehashi.clients import actions
from kakehashi.clients.models import Account, AccountBrand, Contact, Fact, Seat
from kakehashi.policy.acting import acting_as
from tests import factories as make

TODAY = localdate()
LAST_MONTH = last_twelve_months(TODAY).last
TABS = ("", "people/", "book/", "brands/", "money/", "history/")
FORMS = (
    "edit/",
    "move/",
    "status/",
    "seats/new/",
    "contacts/new/",
    "book/new/",
    "brands/new/",
)


def at(account, tab=""):
    return f"/accounts/{account.pk}/{tab}"


def text(response):
    return response.content.decode()


def each_row_page(cast):
    """A page of each kind of row that hangs on an account."""
    seat, contact = cast.sora.seats.get(), cast.ken_contact
    fact = make.fact(cast.sora, cast.aki)
    brand = make.brand(cast.sora.company, "Tea")
    handled = AccountBrand.objects.create(account=cast.sora, brand=brand, starts_on=make.LONG_AGO)
    return [
        f"seats/{seat.pk}/",
        f"seats/{seat.pk}/end/",
        f"seats/{seat.pk}/hand-over/",
        f"contacts/{contact.pk}/",
        f"contacts/{contact.pk}/left/",
        f"book/{fact.pk}/",
        f"brands/{handled.pk}/stop/",
    ]


# Walls


@pytest.mark.parametrize(
    ("name", "status"),
    [("aki", 200), ("ben", 200), ("dan", 200), ("emi", 200), ("fumi", 200), ("chie", 404)],
)
def test_every_page_of_an_account_is_there_or_silent(as_, cast, name, status):
    client = as_(getattr(cast, name))
    pages = [*TABS, *FORMS, *each_row_page(cast)]

    assert {tab: client.get(at(cast.sora, tab)).status_code for tab in pages} == dict.fromkeys(
        pages, status
    )


def test_behind_a_wall_a_director_finds_nothing(as_, cast):
    make.denial(cast.emi, cast.sora)
    client = as_(cast.emi)

    for tab in [*TABS, *FORMS, *each_row_page(cast)]:
        assert client.get(at(cast.sora, tab)).status_code == 404
    assert client.get(at(cast.sora_tea)).status_code == 404


@pytest.mark.parametrize("tab", [*TABS, *FORMS])
def test_to_a_page_of_nowhere_the_answer_is_the_same_as_to_a_hidden_one(as_, cast, tab):
    client = as_(cast.chie)
    nowhere = Account(pk="01a1ffb7-b61b-7f7f-8924-ee4319439ffc")

    hidden, missing = client.get(at(cast.sora, tab)), client.get(at(nowhere, tab))

    assert (hidden.status_code, text(hidden)) == (404, text(missing))


def test_what_is_posted_to_a_hidden_account_changes_nothing(as_, cast):
    client = as_(cast.chie)
    for tab in (*FORMS, *each_row_page(cast)):
        assert client.post(at(cast.sora, tab), {"name": "X", "on": TODAY}).status_code == 404

    assert Account.objects.get(pk=cast.sora.pk).version == 1


def test_a_row_of_another_account_is_not_found_under_this_one(as_, cast):
    make.seat(cast.aki, cast.rival)
    client = as_(cast.aki)

    for tab in each_row_page(cast):
        assert client.get(at(cast.rival, tab)).status_code == 404


def test_a_clients_contact_sees_the_name_the_team_and_what_is_shared(as_, cast):
    make.contact("Mari", cast.sora, shared_at=now(), title="Head of tea")
    make.contact("Secret", cast.sora)
    make.fact(cast.sora, cast.aki, "They plan to leave us.")
    make.revenue(cast.sora, LAST_MONTH, 7_654_321)
    client = as_(cast.ken)

    shown = text(client.get(at(cast.sora)))

    assert all(word in shown for word in ("Sora", "Aki", "Account executive", "Mari"))
    assert not any(word in shown for word in ("Secret", "leave us", "7,654,321", "Bureau 1"))
    assert client.get("/accounts/").status_code == 200
    assert "Sora Tea" not in text(client.get("/accounts/"))


def test_to_a_clients_contact_everything_else_does_not_exist(as_, cast):
    client = as_(cast.ken)
    others = [at(cast.sora, tab) for tab in (*TABS[1:], *FORMS)]
    others += [at(cast.sora_tea), at(cast.rival), "/accounts/new/", "/companies/", "/handovers/"]
    others += [f"/companies/{cast.sora.company_id}/", "/accounts/find/?q=s", "/companies/find/?q=s"]

    assert {client.get(address).status_code for address in others} == {404}


def test_who_works_on_a_job_sees_the_name_and_nothing_else(as_, cast):
    make.assignment(cast.lena, make.job(cast.sora))
    make.fact(cast.sora, cast.aki, "Secret plans")
    client = as_(cast.lena)

    shown = client.get(at(cast.sora))

    assert shown.status_code == 200
    assert "Sora" in text(shown)
    assert not any(word in text(shown) for word in ("Aki", "Secret", "Bureau"))
    assert {client.get(at(cast.sora, tab)).status_code for tab in (*TABS[1:], *FORMS)} == {404}


def test_nobody_signed_in_is_sent_to_the_door(client, cast):
    assert client.get(at(cast.sora)).status_code == 302


# What is shown


def test_the_way_down_and_the_tree_show_what_the_reader_sees(as_, cast):
    other = make.account("Sora Snacks", cast.bureau1, parent=cast.sora)
    make.seat(cast.chie, cast.sora_tea)

    seen = text(as_(cast.aki).get(at(cast.sora_tea)))
    assert all(at(account) in seen for account in (cast.sora, cast.sora_tea, other))

    seen = text(as_(cast.chie).get(at(cast.sora_tea)))
    assert at(cast.sora) not in seen
    assert at(other) not in seen


def test_a_large_tree_shows_some_and_leads_to_the_rest(as_, cast):
    for number in range(45):
        make.account(f"Child {number:02}", cast.bureau1, parent=cast.sora)

    seen = text(as_(cast.aki).get(at(cast.sora)))

    assert f"/accounts/?below={cast.sora.pk}" in seen
    assert "Child 44" not in seen
    last = Account.objects.get(name="Child 44")
    beside = text(as_(cast.aki).get(at(last)))
    assert f"/accounts/?below={cast.sora.pk}" in beside
    assert 'aria-current="page">Child 44</a>' in beside
    below = text(as_(cast.aki).get(f"/accounts/?below={cast.sora.pk}"))
    onward = re.search(r'href="(\?[^"]*after=[^"]*)"', below)[1].replace("&amp;", "&")
    assert "Child 44" in text(as_(cast.aki).get(f"/accounts/{onward}"))


def test_both_banks_stand_on_the_first_page_and_what_is_missing_is_named(as_, cast):
    shown = text(as_(cast.ben).get(at(cast.sora)))
    assert all(word in shown for word in ("Ken", "Aki", "Write down what you know"))
    assert "Say who leads" not in shown

    shown = text(as_(cast.ben).get(at(cast.sora_tea)))
    assert "Say who leads" in shown


def test_buttons_that_are_not_for_the_reader_are_grey_and_say_why(as_, cast):
    shown = text(as_(cast.fumi).get(at(cast.sora)))

    assert "disabled" in shown
    assert "This takes one of these roles here" in shown


@pytest.mark.parametrize(
    ("name", "sees_cost"), [("aki", False), ("ben", False), ("dan", True), ("fumi", True)]
)
def test_cost_and_margin_show_only_to_who_sees_cost(as_, cast, name, sees_cost):
    make.revenue(cast.sora, LAST_MONTH, 1_000_000, cost=400_000)

    shown = text(as_(getattr(cast, name)).get(at(cast.sora, "money/")))

    assert "¥1,000,000" in shown
    assert ("¥400,000" in shown, "¥600,000" in shown) == (sees_cost, sees_cost)


def test_a_margin_that_lacks_a_lines_cost_is_not_told(as_, cast):
    make.revenue(cast.sora, LAST_MONTH, 1_000_000, cost=400_000)
    make.revenue(cast.sora, LAST_MONTH, 500_000, service_line="creative")

    assert "Margin" not in text(as_(cast.fumi).get(at(cast.sora, "money/")))


def test_currencies_stand_apart(as_, cast):
    make.revenue(cast.sora, LAST_MONTH, 1_000_000)
    make.revenue(cast.sora, LAST_MONTH, 2_500, currency="USD")

    shown = text(as_(cast.aki).get(at(cast.sora, "money/")))

    assert "¥1,000,000" in shown
    assert "$2,500.00" in shown
    assert "1,002,500" not in shown


def test_the_history_tells_who_changed_what_in_words(as_, cast):
    brand = make.brand(cast.sora.company, "Sora Tea")
    with acting_as(cast.ben):
        actions.give_seat(
            account=cast.sora,
            person=cast.lena,
            role="creative",
            starts_on=TODAY,
            share=Decimal("0.3"),
            by=cast.ben,
        )
        actions.handle_brand(account=cast.sora, brand=brand, starts_on=TODAY, by=cast.ben)
        actions.propose_handover(
            seat=cast.sora.seats.get(person=cast.aki),
            receiver=cast.lena,
            on=TODAY,
            by=cast.ben,
            at=now(),
        )
        actions.change_status(
            account=cast.sora, status="dormant", on=TODAY, reason="No budget", by=cast.ben, at=now()
        )

    shown = text(as_(cast.aki).get(at(cast.sora, "history/")))

    assert "New: seat Lena" in shown
    assert "<dt>Share of working time</dt><dd><ins>30.0%</ins></dd>" in shown
    assert shown.index("<dt>Role</dt>") < shown.index("<dt>Share of working time</dt>")
    assert "New: brand handled Sora Tea" in shown
    assert "New: handover Lena" in shown
    assert "<dt>Status</dt><dd><del>Active</del> → <ins>Dormant</ins></dd>" in shown
    assert "Ben" in shown


def test_the_history_names_nobody_the_reader_does_not_see(as_, cast):
    hidden = make.account("Hidden above", cast.bureau2)
    make.seat(cast.lena, cast.sora_tea, "creative")
    with acting_as(cast.emi):
        actions.move_account(
            account=cast.sora_tea,
            version=1,
            parent=hidden,
            lead_office=cast.bureau1,
            by=cast.emi,
        )

    shown = text(as_(cast.lena).get(at(cast.sora_tea, "history/")))

    assert "Hidden above" not in shown
    assert "somebody or something you do not see" in shown


def test_the_buying_centre_shows_who_reports_to_whom(as_, cast):
    mari = make.contact("Mari", cast.sora, title="Head")
    Contact.objects.filter(pk=cast.ken_contact.pk).update(reports_to=mari)

    assert "Buying centre" in text(as_(cast.aki).get(at(cast.sora, "people/")))
    Contact.objects.update(reports_to=None)
    assert "Buying centre" not in text(as_(cast.aki).get(at(cast.sora, "people/")))


@pytest.mark.parametrize("tab", TABS)
def test_an_accounts_page_takes_as_many_queries_for_three_rows_as_for_one(as_, cast, tab):
    client = as_(cast.ben)
    counted = []
    for size in (1, 3):
        for number in range(size):
            _one_more_of_each(cast, f"{size}{number}")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(at(cast.sora, tab)).status_code == 200
        counted.append(len(seen))

    assert counted[0] == counted[1]


def _one_more_of_each(cast, name):
    who = make.staff(f"Staff {name}", cast.bureau1)
    make.seat(who, cast.sora, "creative", share="0.1")
    make.contact(f"Contact {name}", cast.sora, reports_to=cast.ken_contact)
    fact = make.fact(cast.sora, cast.aki, f"Fact {name}")
    Fact.objects.filter(pk=fact.pk).update(text="Changed", version=2)
    brand = make.brand(cast.sora.company, f"Brand {name}")
    AccountBrand.objects.create(account=cast.sora, brand=brand, starts_on=make.LONG_AGO)
    make.account(f"Child {name}", cast.bureau1, parent=cast.sora)
    make.revenue(cast.sora, LAST_MONTH, 1, service_line=name)


# Acting on them


def post(client, address, **data):
    return client.post(address, {name: "" if v is None else v for name, v in data.items()})


def test_an_account_opened_below_another_begins_with_what_that_one_says(as_, cast):
    form = as_(cast.dan).get(f"/accounts/new/?parent={cast.sora.pk}").context["form"]

    assert form["parent"].value() == f"Sora ({cast.sora.code})"
    assert form["lead_office"].value() == cast.sora.lead_office_id
    assert cast.sora.company.name in form["company"].value()
    assert as_(cast.dan).get(f"/accounts/new/?parent={cast.rival.pk}").status_code == 404
    assert as_(cast.dan).get("/accounts/new/?parent=sora").status_code == 404


def test_a_code_is_asked_for_where_it_may_be_chosen(as_, cast):
    assert "code" in as_(cast.hana).get("/accounts/new/").context["form"].fields
    assert "code" not in as_(cast.dan).get("/accounts/new/").context["form"].fields


def test_who_signs_in_to_the_portal_goes_on_by_the_old_address(as_, cast):
    edit = at(cast.sora, f"contacts/{cast.ken_contact.pk}/")
    told = "They go on signing in by their old address"
    Contact.objects.filter(pk=cast.ken_contact.pk).update(portal=False)
    assert told not in text(as_(cast.aki).get(edit))

    Contact.objects.filter(pk=cast.ken_contact.pk).update(portal=True)
    assert told in text(as_(cast.aki).get(edit))


def test_a_handover_called_off_stands_in_the_history_with_its_moment(as_, cast):
    with acting_as(cast.aki):
        handover = actions.propose_handover(
            seat=cast.sora.seats.get(), receiver=cast.lena, on=TODAY, by=cast.aki, at=now()
        )
        actions.withdraw_handover(handover=handover, by=cast.aki, at=now())

    shown = text(as_(cast.ben).get(at(cast.sora, "history/")))

    assert re.search(r"<dt>Withdrawn</dt><dd>.*<ins>\d+ \w+ \d{4} \d\d:\d\d</ins></dd>", shown)
    assert re.search(r"<dt>Withdrawn by</dt><dd>.*<ins>Aki</ins></dd>", shown)


def test_who_lost_the_right_meanwhile_keeps_what_they_typed(as_, cast):
    answer = post(
        as_(cast.aki),
        at(cast.sora, "seats/new/"),
        person=cast.lena.handle,
        role="creative",
        starts_on=TODAY,
        share="35",
    )

    assert answer.status_code == 422
    assert "This takes one of these roles here" in text(answer)
    assert 'value="35"' in text(answer)
    assert not cast.sora.seats.filter(role="creative").exists()


def test_who_left_is_brought_back_on_the_page(as_, cast):
    Contact.objects.filter(pk=cast.ken_contact.pk).update(left_on=TODAY)
    back = at(cast.sora, f"contacts/{cast.ken_contact.pk}/back/")
    assert back in text(as_(cast.aki).get(at(cast.sora, "people/")))
    assert back not in text(as_(cast.fumi).get(at(cast.sora, "people/")))

    refused = as_(cast.fumi).post(back, follow=True)
    assert "This takes one of these roles here" in text(refused)
    assert Contact.objects.get(pk=cast.ken_contact.pk).left_on == TODAY

    done = as_(cast.aki).post(back, follow=True)
    assert "The contact is back." in text(done)
    assert Contact.objects.get(pk=cast.ken_contact.pk).left_on is None


def test_a_superior_who_left_is_not_lost_by_saving_the_contact(as_, cast):
    mari = make.contact("Mari", cast.sora, left_on=TODAY)
    Contact.objects.filter(pk=cast.ken_contact.pk).update(reports_to=mari)

    form = as_(cast.aki).get(at(cast.sora, f"contacts/{cast.ken_contact.pk}/")).context["form"]

    with acting_as(cast.aki):
        assert [contact.pk for contact in form.fields["reports_to"].queryset] == [mari.pk]


def test_an_entry_is_not_retired_twice(as_, cast):
    fact = make.fact(cast.sora, cast.aki)
    client = as_(cast.aki)
    client.post(at(cast.sora, f"book/{fact.pk}/retire/"))

    again = client.post(at(cast.sora, f"book/{fact.pk}/retire/"), follow=True)

    assert "This entry was retired." in text(again)


def test_a_share_that_is_emptied_warns_of_nothing(as_, cast):
    seat = cast.sora.seats.get()

    answer = as_(cast.ben).post(
        at(cast.sora, f"seats/{seat.pk}/"),
        {"starts_on": seat.starts_on, "share": "", "version": 1},
        follow=True,
    )

    assert "Saved." in text(answer)
    assert "add up to" not in text(answer)


def test_an_account_is_opened_on_its_page(as_, cast):
    client = as_(cast.aki)

    answer = post(
        client,
        "/accounts/new/",
        name="水 日本",
        name_kana="ミズ ニホン",
        company=cast.sora.company.name,
        level="national",
        lead_office=cast.bureau1.pk,
        status="prospect",
        person=f"Aki ({cast.aki.handle})",
        role="account_executive",
        categories="飲料、茶; 水",
    )

    account = Account.objects.get(name="水 日本")
    assert answer.url == at(account)
    assert account.categories == ["飲料", "茶", "水"]
    assert account.code.startswith("MIZUNIHO-")
    assert "MIZUNIHO-" in text(client.get(answer.url))


def test_who_opens_it_for_somebody_else_lands_where_they_may_be(as_, cast):
    answer = post(
        as_(cast.aki),
        "/accounts/new/",
        name="水",
        company=cast.sora.company.name,
        level="national",
        lead_office=cast.bureau2.pk,
        status="prospect",
        person=cast.chie.handle,
        role="account_executive",
    )

    assert answer.url == "/accounts/"


def test_what_is_wrong_is_said_at_its_field_with_what_was_typed(as_, cast):
    answer = post(as_(cast.aki), "/accounts/new/", name="水", company="Nobody Inc.", person="Zed")

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() >= {"company", "person", "lead_office", "status"}
    assert "No company is called so" in text(answer)
    assert "Nobody Inc." in text(answer)


def test_a_status_changes_with_its_reason(as_, cast):
    client = as_(cast.aki)

    refused = post(client, at(cast.sora, "status/"), status="lost", on=TODAY)
    assert refused.status_code == 422
    assert refused.context["form"].errors == {"reason": ["Say why: the agency learns from it."]}

    done = post(client, at(cast.sora, "status/"), status="lost", on=TODAY, reason="Pitch")
    assert done.url == at(cast.sora)


def test_who_may_not_is_told_why_before_and_after_trying(as_, cast):
    client = as_(cast.fumi)

    before = client.get(at(cast.sora, "status/"))
    after = post(client, at(cast.sora, "status/"), status="lost", on=TODAY, reason="Pitch")

    assert "This takes one of these roles here" in text(before)
    assert '<form class="form"' not in text(before)
    assert after.status_code == 422


def test_a_second_lead_is_refused_in_words(as_, cast):
    answer = post(
        as_(cast.ben),
        at(cast.sora, "seats/new/"),
        person=cast.lena.handle,
        role="account_executive",
        lead="on",
        starts_on=TODAY,
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors["lead"] == [
        "Aki leads in this role (from 1 Apr 2016). End that lead, or choose other days."
    ]


def test_who_is_walled_off_is_refused_neutrally(as_, cast):
    make.denial(cast.lena, cast.sora, wall="Sora against Rival", reason="Serves the rival")

    answer = post(
        as_(cast.ben),
        at(cast.sora, "seats/new/"),
        person=cast.lena.handle,
        role="creative",
        starts_on=TODAY,
    )

    assert answer.context["form"].errors["person"] == [
        "This person is not available for this account. Ask the conflicts officer."
    ]
    assert "Rival" not in text(answer)


def test_too_much_of_a_person_is_a_warning_and_no_error(as_, cast):
    make.seat(cast.lena, cast.sora_tea, "creative", share="0.7")
    client = as_(cast.ben)

    post(
        client,
        at(cast.sora, "seats/new/"),
        person=cast.lena.handle,
        role="creative",
        share="50",
        starts_on=TODAY,
    )

    assert Seat.objects.filter(account=cast.sora, person=cast.lena).exists()
    shown = text(client.get(at(cast.sora, "people/")))
    assert "The seats you see of Lena add up to 120% of their time." in shown


def test_who_ends_their_own_sight_lands_on_the_list(as_, cast):
    make.Role.objects.create(
        person=cast.aki, role="account_supervisor", office=cast.bureau1, starts_on=make.LONG_AGO
    )
    cast.sora.seats.update(role="account_supervisor")
    yesterday = TODAY - dt.timedelta(days=1)

    answer = post(
        as_(cast.aki), at(cast.sora, f"seats/{cast.sora.seats.get().pk}/end/"), on=yesterday
    )

    assert answer.url == "/accounts/"


def test_a_contact_with_a_known_address_is_asked_about_on_the_page(as_, cast):
    client = as_(cast.aki)
    said = {"name": "Kenji", "email": "ken@client.example", "language": "ja"}

    asked = post(client, at(cast.sora_tea, "contacts/new/"), **said)
    assert asked.status_code == 422
    assert "Is it the same person?" in text(asked)
    assert f'value="{cast.ken.pk}"' in text(asked)
    assert "Ken (Sora)" in text(asked)

    done = post(client, at(cast.sora_tea, "contacts/new/"), **said, known=cast.ken.pk)
    assert done.status_code == 302
    assert Contact.objects.get(account=cast.sora_tea).person == cast.ken


def test_or_said_to_be_somebody_else(as_, cast):
    said = {"name": "Kenji", "email": "ken@client.example", "language": "ja", "known": "else"}

    post(as_(cast.aki), at(cast.sora_tea, "contacts/new/"), **said)

    assert Contact.objects.get(account=cast.sora_tea).person.name == "Kenji"


def test_nobody_names_a_person_they_do_not_see_as_the_known_one(as_, cast):
    said = {"name": "Kenji", "email": "ken@client.example", "language": "ja"}

    answer = post(as_(cast.chie), at(cast.rival, "contacts/new/"), **said, known=cast.ken.pk)

    assert answer.status_code == 422
    assert not Contact.objects.filter(account=cast.rival).exists()


def test_the_account_book_is_written_edited_and_retired_on_its_pages(as_, cast):
    client = as_(cast.aki)
    said = {"topic": "market", "text": "Growing", "source": "Meeting", "as_of": TODAY}

    post(client, at(cast.sora, "book/new/"), **said)
    fact = Fact.objects.get()
    post(client, at(cast.sora, f"book/{fact.pk}/"), **{**said, "text": "Shrinking"}, version=1)
    shown = text(client.get(at(cast.sora, "book/")))
    assert "Shrinking" in shown
    assert "1 earlier version" in shown

    post(client, at(cast.sora, f"book/{fact.pk}/retire/"))
    assert "1 retired entry" in text(client.get(at(cast.sora, "book/")))


def test_a_brand_is_handled_by_choosing_or_by_naming_a_new_one(as_, cast):
    known = make.brand(cast.sora.company, "Known")
    client, address = as_(cast.aki), at(cast.sora, "brands/new/")

    post(client, address, brand=known.pk, starts_on=TODAY)
    post(client, address, new_brand="New", starts_on=TODAY)
    neither = post(client, address, starts_on=TODAY)
    both = post(client, address, brand=known.pk, new_brand="X", starts_on=TODAY)

    handled = cast.sora.account_brands.values_list("brand__name", flat=True)
    assert sorted(handled) == ["Known", "New"]
    assert (neither.status_code, both.status_code) == (422, 422)


def test_an_account_below_one_that_is_not_seen_keeps_its_place_when_moved(as_, cast):
    make.seat(cast.chie, cast.sora_tea, "key_account_manager")
    client = as_(cast.chie)

    shown = text(client.get(at(cast.sora_tea, "move/")))
    assert cast.sora.code not in shown
    post(client, at(cast.sora_tea, "move/"), lead_office=cast.osaka.pk, version=1)

    cast.sora_tea.refresh_from_db()
    assert (cast.sora_tea.parent, cast.sora_tea.lead_office) == (cast.sora, cast.osaka)
