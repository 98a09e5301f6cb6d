"""The result page, the palette's options, the choice of an account, what one opened last."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from kakehashi.handoffs import actions as handoffs
from kakehashi.people.actions import anonymise
from kakehashi.people.models import Person
from kakehashi.people.queries.personal import everything_about
from kakehashi.policy.acting import acting_as
from kakehashi.search import actions, personal
from kakehashi.search.models import Pin, Visit
from tests import factories as make

OPTION = re.compile(r'role="option"[^>]*href="([^"]*)"')


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def options(response):
    return OPTION.findall(text(response))


def page_of(row, kind):
    return f"/{kind}/{row.pk}/"


def opened(client, *paths):
    for path in paths:
        assert client.post("/search/opened/", {"path": path}).status_code == 204


def pinned(client, kind, row):
    answer = client.post("/search/pin/", {"kind": kind, "pk": str(row.pk)})
    assert answer.status_code == 302
    return answer


# The palette


def test_the_palette_offers_links_to_what_is_found(as_, cast):
    found = options(as_(cast.aki).get("/search/palette/?q=sora"))

    assert found == [
        page_of(cast.sora, "accounts"),
        page_of(cast.sora_tea, "accounts"),
        page_of(cast.sora.company, "companies"),
        "/search/?q=sora",
    ]


def test_an_action_whose_name_is_typed_comes_first_and_one_that_fits_last(as_, cast):
    make.contact("Ken People", cast.sora)
    client = as_(cast.aki)

    assert options(client.get("/search/palette/?q=people"))[0] == "/people/"
    assert options(client.get("/search/palette/?q=ken"))[0].startswith(
        f"{page_of(cast.sora, 'accounts')}people/#contact-"
    )


def test_what_is_only_alike_is_said_to_be(as_, cast):
    client = as_(cast.aki)

    assert "Perhaps you mean" in text(client.get("/search/palette/?q=sroa"))
    assert "Perhaps you mean" in text(client.get("/search/?q=sroa"))
    assert "Perhaps you mean" not in text(client.get("/search/?q=sora"))


def test_how_many_there_are_is_read_out(as_, cast):
    assert 'data-said="3 found"' in text(as_(cast.aki).get("/search/palette/?q=sora"))
    assert 'data-said="Nothing is called so"' in text(as_(cast.aki).get("/search/palette/?q=qqq"))


def test_the_palettes_answer_is_never_kept(as_, cast):
    assert "no-store" in as_(cast.aki).get("/search/palette/?q=sora")["Cache-Control"]


def test_behind_a_wall_the_answer_is_that_to_a_name_of_nothing(as_, cast):
    client = as_(cast.chie)

    hidden = text(client.get("/search/palette/?q=soratea")).replace("soratea", "")
    nothing = text(client.get("/search/palette/?q=qqqqqqq")).replace("qqqqqqq", "")

    assert "company" not in hidden
    assert hidden.count("palette-option") == nothing.count("palette-option") == 0


def test_what_is_typed_is_shown_as_text(as_, cast):
    shown = text(as_(cast.aki).get('/search/?q=<script>alert("sora")</script>'))

    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


# The page


def test_the_page_has_all_kinds_and_each_with_its_number(as_, cast):
    shown = text(as_(cast.aki).get("/search/?q=sora"))

    assert re.search(r'Account\s*<span class="count">2</span>', shown)
    assert re.search(r'Company\s*<span class="count">1</span>', shown)
    assert page_of(cast.sora, "accounts") in shown


def test_one_kind_alone(as_, cast):
    shown = text(as_(cast.aki).get("/search/?q=sora&kind=company"))

    assert page_of(cast.sora.company, "companies") in shown
    assert page_of(cast.sora, "accounts") not in shown
    assert 'href="?q=sora&amp;kind=company" aria-current="page"' in shown


@pytest.mark.parametrize(
    "query",
    ["q=sora&kind=nothing", "q=sora&page=0", "q=sora&page=x", "page=9", "q=%00", "q=" + "x" * 500],
)
def test_an_address_that_makes_no_sense_is_a_page_all_the_same(as_, cast, query):
    text(as_(cast.aki).get(f"/search/?{query}"))


def test_many_results_go_on_over_the_page(as_, cast):
    for number in range(25):
        make.company(f"Sorabito {number:02}")
    client = as_(cast.aki)

    first = text(client.get("/search/?q=sorabito"))
    second = text(client.get("/search/?q=sorabito&page=2"))

    assert first.count('class="found-title"') == 20
    assert second.count('class="found-title"') == 5
    assert "page=2" in first
    assert "page=1" in second
    assert "page=3" not in second


def test_without_script_the_box_leads_to_the_page(as_, cast):
    shown = text(as_(cast.aki).get("/accounts/"))

    assert '<form class="find" action="/search/" method="get" role="search"' in shown


def test_nothing_found_says_what_may_help(as_, cast):
    assert "Nothing is called so" in text(as_(cast.aki).get("/search/?q=qqqq"))
    assert "Look among all kinds" in text(as_(cast.aki).get("/search/?q=qqqq&kind=ball"))


def test_a_page_takes_no_more_questions_for_three_rows_than_for_one(as_, cast, ask):
    client, counted = as_(cast.emi), []
    for number in range(3):
        account = make.account(f"Zeta {number}", cast.bureau1)
        make.brand(account.company, f"Zeta Brand {number}")
        make.contact(f"Zeta Contact {number}", account)
        make.office(f"Zeta {number}", cast.hq)
        make.staff(f"Zeta Staff {number}", cast.hq)
        ask(cast.emi, cast.fumi, f"Zeta ball {number}", account=account)
        for path in (
            "/search/?q=zeta",
            "/search/palette/?q=zeta",
            "/search/do/add-contact/?q=zeta",
        ):
            with CaptureQueriesContext(connection) as seen:
                shown = text(client.get(path))
            counted.append((path, number, len(seen)))
        assert "Zeta" in shown

    for path in {where for where, _number, _count in counted}:
        first, *more = [count for where, _number, count in counted if where == path]
        assert max(more) <= first, counted


def test_nobody_signed_in_is_sent_to_the_door(client, cast):
    for path in ("/search/", "/search/palette/?q=sora", "/search/do/add-contact/"):
        assert client.get(path).status_code == 302


# A client's contact


def test_a_clients_contact_finds_what_the_portal_shows(as_, cast, ask):
    make.contact("Mari", cast.sora, shared_at=now())
    make.contact("Secret", cast.sora)
    make.fact(cast.sora, cast.aki, "They plan to leave us.")
    ball = ask(cast.aki, cast.ken, "The logo files", account=cast.sora)
    ask(cast.aki, cast.ben, "The logo, inside", account=cast.sora)
    client = as_(cast.ken)

    def at(typed):
        return options(client.get(f"/search/palette/?q={typed}"))[:-1]

    account = page_of(cast.sora, "accounts")
    assert at("sora") == [account]
    assert at("aki") == [account]
    assert at("mari") == [account]
    assert at("files") == [f"/balls/{ball.pk}/"]
    for typed in ("secret", "ben", "rival", "bureau", "plan", "tea"):
        assert options(client.get(f"/search/palette/?q={typed}")) == []


def test_every_address_a_clients_contact_finds_is_there_for_them(as_, cast, ask):
    make.contact("Mari", cast.sora, shared_at=now())
    ask(cast.aki, cast.ken, "Sora logo", account=cast.sora)
    client = as_(cast.ken)

    found = {
        path.partition("#")[0]
        for typed in ("sora", "aki", "mari", "logo", "home", "accounts", "my page", "password")
        for path in options(client.get(f"/search/palette/?q={typed}"))
    }

    assert len(found) > 4
    assert {client.get(path).status_code for path in found if not path.startswith("/auth/")} == {
        200
    }


def test_an_action_on_an_account_is_no_page_for_a_client(as_, cast):
    assert as_(cast.ken).get("/search/do/add-contact/").status_code == 404


# On which account


def test_the_choice_begins_with_ones_own_accounts(as_, cast):
    shown = text(as_(cast.aki).get("/search/do/add-contact/"))

    assert f"/accounts/{cast.sora.pk}/contacts/new/" in shown
    assert "Rival" not in shown


def test_the_choice_says_why_not(as_, cast):
    shown = text(as_(cast.fumi).get("/search/do/add-contact/?q=sora"))

    assert "This takes one of these roles here" in shown
    assert f"/accounts/{cast.sora.pk}/contacts/new/" not in shown


def test_the_choice_of_somebody_without_accounts_asks_for_a_name(as_, cast):
    assert "You have no seat on an account" in text(as_(cast.fumi).get("/search/do/add-contact/"))
    assert "No account is called so" in text(as_(cast.chie).get("/search/do/add-contact/?q=sora"))


def test_an_action_of_no_name_is_no_page(as_, cast):
    assert as_(cast.aki).get("/search/do/anything/").status_code == 404
    assert as_(cast.aki).get("/search/do/open-account/").status_code == 404


# What one opened last


def test_what_was_opened_last_comes_first_when_nothing_is_typed(as_, cast):
    client = as_(cast.aki)
    first, second = page_of(cast.sora, "accounts"), page_of(cast.ben, "people")
    opened(client, first, f"{first}people/", second)

    assert options(client.get("/search/palette/")) == [second, first]
    opened(client, first)
    assert options(client.get("/search/palette/")) == [first, second]
    assert "Opened last" in text(client.get("/search/"))


@pytest.mark.parametrize(
    "path", ["/", "/accounts/", "nonsense", "//", "", "http://[", "/people/me/", "/imports/"]
)
def test_a_page_of_no_row_is_not_remembered(as_, cast, path):
    opened(as_(cast.aki), path)

    assert not Visit.objects.exists()


def test_a_page_one_may_not_see_is_not_remembered(as_, cast):
    opened(as_(cast.chie), page_of(cast.sora, "accounts"))

    assert not Visit.objects.exists()


def test_what_went_out_of_sight_is_not_shown_any_more(as_, cast):
    client = as_(cast.emi)
    opened(client, page_of(cast.sora, "accounts"))
    make.denial(cast.emi, cast.sora)

    assert options(client.get("/search/palette/")) == []


def test_nobody_sees_what_another_opened(as_, cast):
    opened(as_(cast.aki), page_of(cast.sora, "accounts"))

    assert options(as_(cast.dan).get("/search/palette/")) == []
    with acting_as(cast.dan):
        assert not Visit.objects.exists()


def test_only_the_last_few_are_kept(cast):
    from kakehashi.search.kinds import BY_NAME
    from kakehashi.search.queries import Hit

    companies = [make.company(f"Company {number}") for number in range(actions.KEPT + 5)]
    with acting_as(cast.aki):
        for number, company in enumerate(companies):
            at = now() + dt.timedelta(seconds=number)
            actions.remember(hit=Hit(BY_NAME["company"], company.pk), by=cast.aki, at=at)

        kept = set(Visit.objects.values_list("row_id", flat=True))
    assert kept == {company.pk for company in companies[5:]}


def test_what_one_opened_and_pinned_is_exported_and_forgotten_with_one(as_, cast):
    opened(as_(cast.lena), page_of(cast.ben, "people"))
    opened(as_(cast.aki), page_of(cast.lena, "people"))
    pinned(as_(cast.lena), "person", cast.ben)
    pinned(as_(cast.aki), "person", cast.lena)
    with acting_as(cast.lena):
        told = personal.exported(cast.lena)
    with acting_as(cast.hana):
        assert "search" in everything_about(Person.objects.get(pk=cast.lena.pk))
    assert [len(told["opened"]), len(told["pinned"])] == [1, 1]
    cast.lena.employments.update(ends_on=make.LONG_AGO)
    cast.lena.roles.update(ends_on=make.LONG_AGO)

    with acting_as(cast.hana):
        anonymise(person=cast.lena, by=cast.hana, at=now())
    from kakehashi.people.tasks import forget_everywhere

    forget_everywhere(person_id=str(cast.lena.pk))

    assert not Visit.objects.exists()
    assert not Pin.objects.exists()


# What one pins


def test_what_is_pinned_stands_before_what_was_opened_last_and_once(as_, cast):
    client = as_(cast.aki)
    opened(client, page_of(cast.ben, "people"), page_of(cast.sora, "accounts"))
    pinned(client, "account", cast.sora)
    pinned(client, "contact", cast.ken_contact)

    sora, ken = page_of(cast.sora, "accounts"), f"#contact-{cast.ken_contact.pk}"
    for where in ("/search/palette/", "/search/", "/search/kept/"):
        shown = text(client.get(where))
        main = shown[shown.find('id="main"') :] if where == "/search/" else shown
        links = [
            link
            for link in re.findall(r'href="([^"]*)"', main)
            if "/people" in link or link == sora
        ]
        assert [links[0], links[1].endswith(ken), links[2:]] == [
            sora, True, [page_of(cast.ben, "people")]
        ]  # fmt: skip


@pytest.mark.parametrize("kind", ["account", "company", "person", "contact", "ball"])
def test_any_row_is_pinned_on_its_page_and_unpinned_there(as_, cast, kind):
    with acting_as(cast.ben):
        ball = handoffs.ask(of=cast.aki, title="Logos", by=cast.ben, at=now(), account=cast.sora)
    row, path = {
        "account": (cast.sora, page_of(cast.sora, "accounts")),
        "company": (cast.sora.company, page_of(cast.sora.company, "companies")),
        "person": (cast.ben, page_of(cast.ben, "people")),
        "contact": (cast.ken_contact, f"{page_of(cast.sora, 'accounts')}people/"),
        "ball": (ball, page_of(ball, "balls")),
    }[kind]
    client = as_(cast.aki)
    button = rf'id="pin-{row.pk}".*?</button>'

    assert ">Pin<" in re.search(button, text(client.get(path)))[0].replace("</svg>", ">")
    assert pinned(client, kind, row)["Location"].partition("#")[0] == path
    assert "Unpin" in re.search(button, text(client.get(path)))[0]
    assert client.post("/search/unpin/", {"kind": kind, "pk": str(row.pk)}).status_code == 302
    assert "Unpin" not in re.search(button, text(client.get(path)))[0]


def test_in_place_the_button_comes_back_with_what_it_does_next(as_, cast):
    client = as_(cast.aki)
    form = {"kind": "account", "pk": str(cast.sora.pk)}

    answer = client.post("/search/pin/", form, headers={"hx-request": "true"})

    assert answer.headers["HX-Trigger-After-Settle"] == "kakehashi:pins"
    assert 'action="/search/unpin/"' in text(answer)
    assert text(answer).count("/search/unpin/") > 1  # to take it back as well


def test_a_pin_of_what_went_out_of_sight_is_silence(as_, cast):
    client = as_(cast.emi)
    form = {"kind": "account", "pk": str(cast.sora.pk)}
    pinned(client, "account", cast.sora)
    before = text(client.get("/search/kept/"))
    make.denial(cast.emi, cast.sora)

    assert "Sora" in before
    assert options(client.get("/search/palette/")) == []
    assert "Sora" not in text(client.get("/search/kept/"))
    assert [client.post(f"/search/{act}/", form).status_code for act in ("pin", "unpin")] == [
        404
    ] * 2


@pytest.mark.parametrize(
    "form", [{}, {"kind": "account"}, {"kind": "nothing", "pk": "x"}, {"kind": "ball", "pk": "x"}]
)
def test_what_is_no_row_is_not_pinned(as_, cast, form):
    assert as_(cast.aki).post("/search/pin/", form).status_code == 404


def test_a_clients_contact_pins_what_has_a_page_for_them(as_, cast):
    client, form = as_(cast.ken), {"kind": "account", "pk": str(cast.sora.pk)}
    path = page_of(cast.sora, "accounts")
    assert f'id="pin-{cast.sora.pk}"' in text(client.get(path))

    answer = client.post("/search/pin/", form, follow=True)

    assert answer.redirect_chain[-1][0] == path
    assert "Pinned. It comes first when you find." in text(answer)
    assert "Pinned" in text(client.get("/search/palette/"))
    assert path in text(client.get("/search/palette/"))
    for kind, row in (("company", cast.sora.company), ("account", cast.rival)):
        refused = client.post("/search/pin/", {"kind": kind, "pk": str(row.pk)})
        assert refused.status_code == 404
    assert Pin.objects.count() == 1


def test_nobody_sees_what_another_pinned(as_, cast):
    pinned(as_(cast.aki), "account", cast.sora)

    assert options(as_(cast.dan).get("/search/palette/")) == []
    with acting_as(cast.dan):
        assert not Pin.objects.exists()


def test_there_is_room_for_so_many_and_what_is_out_of_sight_takes_none(as_, cast):
    client = as_(cast.emi)
    pinned(client, "account", cast.rival)
    for number in range(actions.MOST_PINS - 1):
        pinned(client, "company", make.company(f"Company {number}"))
    form = {"kind": "account", "pk": str(cast.sora.pk)}

    refused = client.post("/search/pin/", form, headers={"hx-request": "true"})
    make.denial(cast.emi, cast.rival)
    taken = client.post("/search/pin/", form, headers={"hx-request": "true"})

    assert (refused.status_code, taken.status_code) == (422, 200)
    assert "Unpin one first" in refused.content.decode()
