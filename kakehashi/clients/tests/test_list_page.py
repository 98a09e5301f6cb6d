"""The page of all accounts: a view is its address, and everything on the page leads to another."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils.timezone import localdate

from kakehashi.base.periods import last_twelve_months
from kakehashi.clients.models import Account
from kakehashi.people.models import Employment, Office
from tests import factories as make

LAST_MONTH = last_twelve_months(localdate()).last


def page(client, **asked):
    return client.get("/accounts/", asked)


def names(response):
    return [row.account.name for row in response.context["rows"]]


def question(href):
    return {name: value for name, (value,) in parse_qs(urlsplit(href).query).items()}


@pytest.fixture
def emi(as_, cast):
    return as_(cast.emi)


def test_a_view_is_its_address(emi, cast):
    Account.objects.filter(pk=cast.rival.pk).update(status="dormant")

    shown = page(emi, status="dormant", sort="-name")

    assert names(shown) == ["Rival"]
    body = shown.content.decode()
    assert '<option value="dormant" selected>' in body
    assert '<input type="hidden" name="sort" value="-name">' in body
    assert names(page(emi, **question(shown.context["tree_link"]))) == ["Rival"]


def test_what_makes_no_sense_in_an_address_is_as_if_it_were_not_there(emi):
    shown = page(emi, status="sold", office="here", level="x", team="y", sort="-colour", below="z")

    assert names(shown) == ["Rival", "Sora", "Sora Tea"]
    assert shown.context["sorts"]["name"]["aria"] == "ascending"


def test_the_named_view_that_is_shown_is_marked(emi, cast):
    marked = {
        label: current for label, _href, current in page(emi, status="prospect").context["views"]
    }

    assert [label for label, current in marked.items() if current] == ["Prospects"]
    assert not any(current for *_view, current in page(emi, q="Sora").context["views"])


def test_a_heading_sorts_one_way_and_then_the_other(emi):
    once = page(emi, q="Sora").context["sorts"]["name"]["href"]
    assert question(once) == {"q": "Sora", "sort": "-name"}
    shown = page(emi, **question(once))
    assert names(shown) == ["Sora Tea", "Sora"]
    assert shown.context["sorts"]["name"]["aria"] == "descending"
    assert question(shown.context["sorts"]["name"]["href"])["sort"] == "name"
    assert question(shown.context["sorts"]["revenue"]["href"])["sort"] == "-revenue"


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("status", ["Sora", "Sora Tea", "Rival"]),
        ("-status", ["Rival", "Sora Tea", "Sora"]),
        ("since", ["Rival", "Sora", "Sora Tea"]),
        ("-since", ["Sora", "Rival", "Sora Tea"]),
    ],
)
def test_lists_sort_by_state_and_by_the_day_one_became_a_client(emi, cast, sort, found):
    Account.objects.filter(pk=cast.rival.pk).update(status="dormant", starts_on=make.LONG_AGO)
    Account.objects.filter(pk=cast.sora.pk).update(starts_on=localdate())

    assert names(page(emi, sort=sort)) == found


@pytest.mark.parametrize("q", ["-", "---", "&"])
def test_signs_alone_are_looked_for_as_they_are(emi, cast, q):
    Account.objects.filter(pk=cast.rival.pk).update(name="Rival & Sons --- Tokyo")

    assert names(page(emi, q=q)) == ["Rival & Sons --- Tokyo"]


def test_pages_lead_on_and_back_and_keep_the_question(emi, cast):
    for number in range(60):
        make.account(f"Client {number:02}", cast.bureau1)

    first = page(emi, q="Client")
    second = page(emi, **question(first.context["next"]))
    back = page(emi, **question(second.context["previous"]))

    assert (len(names(first)), len(names(second))) == (40, 20)
    assert names(back) == names(first)
    assert question(second.context["previous"])["q"] == "Client"
    assert "after" not in question(second.context["sorts"]["status"]["href"])
    assert (first.context["previous"], second.context["next"]) == ("", "")


def test_only_the_rows_answer_a_filter_that_changes(emi):
    part = emi.get("/accounts/", {"q": "Sora"}, headers={"HX-Request": "true"}).content.decode()

    assert part.strip().startswith('<div id="rows">')
    assert "<h1>" not in part


def test_what_one_sees_is_taken_away_as_a_file(emi):
    shown = page(emi)

    assert shown.context["export"] == "/imports/accounts/export/csv/"
    assert "Sora" in emi.get(shown.context["export"]).content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("country", "currency"), [("GB", "GBP"), ("SG", "SGD"), ("", "JPY"), ("AQ", "JPY")]
)
def test_money_sorts_in_the_currency_of_the_country_one_works_in(emi, cast, country, currency):
    team = make.office("Team", make.office("Abroad", cast.hq, country=country))
    Office.objects.filter(pk=cast.hq.pk).update(country="")
    Employment.objects.filter(person=cast.emi).update(office=team)

    assert page(emi).context["filters"].currency == currency


def test_who_works_nowhere_sorts_in_yen(emi, cast):
    Employment.objects.filter(person=cast.emi).delete()

    assert page(emi).context["filters"].currency == "JPY"


def test_nothing_fits_and_nothing_yet_are_told_apart(as_, cast):
    assert "No account fits" in page(as_(cast.aki), q="zzz").content.decode()
    assert "You see no account yet" in page(as_(cast.lena)).content.decode()


def test_a_clients_contact_gets_the_names_alone(as_, cast):
    shown = page(as_(cast.ken), sort="-revenue").content.decode()

    assert f'href="/accounts/{cast.sora.pk}/"' in shown
    assert "Net revenue" not in shown
    assert cast.sora.code not in shown
