"""Pages of people and offices: what they show, to whom, and how they refuse."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from kakehashi.people import panels
from kakehashi.people.models import (
    Absence,
    Departure,
    Employment,
    Login,
    Office,
    Person,
    ReportingLine,
    Role,
)
from tests import factories as make

TODAY = localdate()
DAY = dt.timedelta(days=1)
UNPROCESSABLE = 422


@pytest.fixture
def sign_in(client):
    def as_(person):
        Person.objects.filter(pk=person.pk).update(language="en")
        client.force_login(person.login_row)
        return client

    return as_


def text(response):
    """The words of a page, without its tags."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", bare)


def post(client, path, **told):
    return client.post(path, told)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# Who may open what


def staff_pages(cast):
    line = ReportingLine.objects.get(person=cast.aki)
    absence, _made = Absence.objects.get_or_create(
        person=cast.aki, starts_on=TODAY, ends_on=TODAY + DAY
    )
    aki, office = f"/people/{cast.aki.pk}/", f"/offices/{cast.bureau1.pk}/"
    return [
        "/people/",
        "/people/list/",
        "/people/find/?q=aki",
        "/people/new/",
        aki,
        *(f"{aki}{page}/" for page in ("edit", "departure", "data", "anonymise", "posts")),
        *(f"{aki}{page}/" for page in ("roles", "lines", "absences")),
        f"/people/posts/{cast.aki.employments.get().pk}/",
        f"/people/posts/{cast.aki.employments.get().pk}/end/",
        f"/people/roles/{cast.aki.roles.get().pk}/end/",
        f"/people/lines/{line.pk}/end/",
        f"/people/absences/{absence.pk}/",
        "/offices/new/",
        office,
        *(f"{office}{page}/" for page in ("edit", "place", "end")),
    ]


def test_a_clients_contact_finds_no_page_of_ours(sign_in, cast):
    pages = staff_pages(cast)
    client = sign_in(cast.ken)

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)


def test_an_administrator_opens_every_page(sign_in, cast):
    pages = staff_pages(cast)
    client = sign_in(cast.hana)

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_a_colleague_reads_every_page_but_others_data(sign_in, cast):
    pages = [page for page in staff_pages(cast) if not page.endswith("/data/")]
    client = sign_in(cast.chie)

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert client.get(f"/people/{cast.aki.pk}/data/").status_code == 403


def test_a_clients_person_is_seen_with_their_account_only(sign_in, cast):
    assert sign_in(cast.aki).get(f"/people/{cast.ken.pk}/").status_code == 200
    assert sign_in(cast.chie).get(f"/people/{cast.ken.pk}/").status_code == 404


def test_without_signing_in_there_is_nothing(client, cast):
    assert client.get("/people/").status_code == 302


# The chart and the list


def test_the_chart_shows_offices_and_reads_only_what_stands_open(sign_in, cast):
    client = sign_in(cast.hana)

    page = text(client.get("/people/"))
    assert "Kakehashi Agency" in page
    assert "Emi" in page
    assert "Tokyo" in page
    assert "Aki" not in page

    opened = text(client.get(f"/people/?open={cast.bureau1.pk}"))
    assert "Aki" in opened
    assert "reports to Ben" in opened
    assert "Chie" not in opened


def test_a_branch_comes_alone_when_it_is_opened(sign_in, cast):
    client = sign_in(cast.hana)
    make.reports(cast.aki, cast.lena, kind="dotted")

    branch = client.get(f"/people/?open={cast.bureau1.pk}", headers={"HX-Request": "true"})

    assert b"<html" not in branch.content
    assert "dotted line to Lena" in text(branch)
    assert "Emi" not in text(branch)


def test_the_chart_orders_by_rank_and_not_by_title(sign_in, cast):
    Employment.objects.filter(person=cast.ben).update(rank=9, title="Z")
    Employment.objects.filter(person=cast.aki).update(rank=1, title="A")

    page = text(sign_in(cast.hana).get(f"/people/?open={cast.bureau1.pk}"))

    assert page.index("Ben Z") < page.index("Aki A")


def test_who_is_away_is_marked(sign_in, cast):
    Absence.objects.create(person=cast.emi, starts_on=TODAY, ends_on=TODAY + DAY, deputy=cast.dan)

    page = text(sign_in(cast.hana).get("/people/"))

    assert "Away until" in page
    assert "Dan stands in" in page


def test_the_chart_of_a_role_counts_and_shows_only_its_holders(sign_in, cast):
    client = sign_in(cast.hana)

    page = text(client.get("/people/?role=account_executive"))
    assert "Tokyo Region · 2 people" in page
    assert "Osaka Region · 0 people" in page

    opened = text(client.get(f"/people/?role=account_executive&open={cast.bureau1.pk}"))
    assert "Aki" in opened
    assert "Dan" not in opened.partition("Bureau 1 Department")[2]


def test_the_chart_of_one_office_starts_there(sign_in, cast):
    client = sign_in(cast.hana)

    page = client.get(f"/people/?office={cast.tokyo.pk}")

    assert "Lena" in text(page)
    assert "Osaka Region" not in text(page)
    assert f"?office={cast.hq.pk}" in page.content.decode()


def test_a_very_large_office_goes_on_in_the_list(sign_in, cast, monkeypatch):
    monkeypatch.setattr("kakehashi.people.queries.chart.MOST", 2)
    client = sign_in(cast.hana)

    page = client.get(f"/people/?open={cast.bureau1.pk}")

    assert "1 person more in the list" in text(page)
    assert f"/people/list/?office={cast.bureau1.pk}" in page.content.decode()


def test_a_holder_of_the_role_elsewhere_is_not_shown_with_colleagues(sign_in, cast):
    page = text(sign_in(cast.hana).get(f"/people/?role=media&open={cast.bureau1.pk}"))

    assert "Nobody here has this role." in page


def test_an_address_that_makes_no_sense_shows_the_whole(sign_in, cast):
    client = sign_in(cast.hana)

    for question in ("open=x", "office=1", "role=king", f"open={cast.aki.pk}"):
        assert "Kakehashi Agency" in text(client.get(f"/people/?{question}"))


@pytest.mark.parametrize(
    "wanted",
    [
        "Ōhashi",
        "秋山",
        "あきやま",
        "アキヤマ",
        "ｱｷﾔﾏ",
        "akiyama",
        "AKIYAMA Hiro",
        "aki.h",
        "ohashi",
    ],
)
def test_people_are_found_by_any_spelling(sign_in, cast, wanted):
    Person.objects.filter(pk=cast.aki.pk).update(
        name="秋山 大橋", name_kana="あきやま おおはし", name_en="Akiyama Hiro", handle="aki.h"
    )

    page = text(sign_in(cast.hana).get("/people/list/", {"q": wanted}))

    assert "Akiyama Hiro" in page
    assert "Chie" not in page


def test_the_list_narrows_to_an_office_and_below_and_to_a_role(sign_in, cast):
    client = sign_in(cast.hana)

    below_tokyo = text(client.get(f"/people/list/?office={cast.tokyo.pk}"))
    assert "Aki" in below_tokyo
    assert "Emi" not in below_tokyo.partition("Reports to")[2]

    directors = text(client.get("/people/list/?role=account_director")).partition("Reports to")[2]
    assert "Dan" in directors
    assert "Aki" not in directors


def test_those_who_left_are_in_a_list_of_their_own(sign_in, cast):
    Employment.objects.filter(person=cast.lena).update(ends_on=TODAY - DAY)
    client = sign_in(cast.hana)

    assert "Lena" not in text(client.get("/people/list/"))
    assert "Lena" in text(client.get("/people/list/?state=left"))


def test_a_long_list_comes_in_pages_both_ways(sign_in, cast):
    for n in range(60):
        make.staff(f"Worker{n:02}", cast.osaka)
    client = sign_in(cast.hana)

    def names(path):
        page = client.get(path).content.decode()
        links = re.findall(r'href="\?([^"]*(?:after|before)=[^"]*)"', page)
        return re.findall(r">(Worker\d\d)<", page), [link.replace("&amp;", "&") for link in links]

    first, [onward] = names(f"/people/list/?office={cast.osaka.pk}")
    second, [back] = names(f"/people/list/?{onward}")
    again, _links = names(f"/people/list/?{back}")

    assert len(first) == 50
    assert first + second == [f"Worker{n:02}" for n in range(60)]
    assert again == first


def test_a_list_that_nobody_fits_says_what_to_do(sign_in, cast):
    page = text(sign_in(cast.hana).get("/people/list/?q=nobody"))

    assert "Nobody fits" in page
    assert "Show everybody" in page


def test_a_search_while_typing_brings_the_rows_alone(sign_in, cast):
    rows = sign_in(cast.hana).get("/people/list/?q=aki", headers={"HX-Request": "true"})

    assert b"<html" not in rows.content
    assert "Aki" in text(rows)


def test_suggestions_name_the_login_that_nobody_shares(sign_in, cast):
    found = sign_in(cast.hana).get("/people/find/?superior=len").content.decode()

    assert f'value="Lena ({cast.lena.handle})"' in found
    assert "Aki" not in found


@pytest.mark.parametrize(
    "path", ["/people/", "/people/?open={office}", "/people/list/", "/offices/{office}/"]
)
def test_queries_do_not_grow_with_people(sign_in, cast, path):
    office = make.office("Small", cast.osaka)

    def one(number):
        person = make.staff(f"Worker{number}", office, "creative")
        make.reports(person, cast.ben)
        make.reports(person, cast.dan, kind="dotted")
        Absence.objects.create(person=person, starts_on=TODAY, ends_on=TODAY, deputy=cast.lena)

    client = sign_in(cast.hana)
    address = path.format(office=office.pk)
    one(1)
    client.get(address)
    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    one(2)
    one(3)
    with CaptureQueriesContext(connection) as with_three:
        client.get(address)

    assert len(with_three) == len(with_one)


def test_queries_of_a_person_do_not_grow_with_what_is_dated(sign_in, cast):
    client = sign_in(cast.hana)
    address = f"/people/{cast.aki.pk}/"

    def more(number):
        day = TODAY + number * 10 * DAY
        Role.objects.create(
            person=cast.aki, role="media", office=cast.tokyo, starts_on=day, ends_on=day
        )
        make.reports(cast.aki, cast.emi, kind="dotted", starts_on=day, ends_on=day)
        make.reports(make.staff(f"R{number}", cast.osaka), cast.aki)
        Absence.objects.create(person=cast.aki, starts_on=day, ends_on=day, deputy=cast.lena)
        Absence.objects.create(person=cast.ben, starts_on=day, ends_on=day, deputy=cast.aki)
        Employment.objects.create(person=cast.aki, office=cast.osaka, starts_on=day, ends_on=day)

    more(1)
    client.get(address)
    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    more(2)
    more(3)
    with CaptureQueriesContext(connection) as with_three:
        client.get(address)

    assert len(with_three) == len(with_one)


# A person


def test_a_person_page_tells_where_they_work_and_with_whom(sign_in, cast):
    Employment.objects.filter(person=cast.ben).update(title="部長", rank=4)
    Absence.objects.create(person=cast.ben, starts_on=TODAY, ends_on=TODAY + DAY, deputy=cast.lena)

    page = text(sign_in(cast.chie).get(f"/people/{cast.ben.pk}/"))

    for words in ("部長", "Bureau 1", "Account supervisor", "Dan", "Aki", "Lena stands in"):
        assert words in page


def test_what_one_may_not_do_is_greyed_and_says_why(sign_in, cast):
    page = text(sign_in(cast.chie).get(f"/people/{cast.aki.pk}/"))

    assert "Record that they leave This takes one of these roles here: Administrator." in page
    assert "Plan an absence This lies outside the offices you administer." not in page


def test_the_history_of_a_person_is_told(sign_in, cast):
    client = sign_in(cast.hana)
    post(client, f"/people/{cast.aki.pk}/edit/", version=1, name="Akiko", language="ja")

    page = text(client.get(f"/people/{cast.aki.pk}/"))
    changed = text(client.get(f"/history/people_person/{cast.aki.pk}/"))

    assert "What changed" in page
    assert "Changed: person Akiko" in changed
    assert "Aki → Akiko" in changed


def test_packages_above_add_panels(sign_in, cast, monkeypatch):
    panel = panels.Panel("people/parts/crumbs.html", {})
    seen = []
    build = lambda request, thing: seen.append((request.person, thing)) or panel  # noqa: E731
    monkeypatch.setitem(panels._builds, "person_accounts", [build])
    monkeypatch.setitem(panels._builds, "office_accounts", [build, lambda _r, _t: None])
    client = sign_in(cast.hana)

    client.get(f"/people/{cast.aki.pk}/")
    client.get(f"/offices/{cast.tokyo.pk}/")

    assert seen == [(cast.hana, cast.aki), (cast.hana, cast.tokyo)]


def test_a_colleague_is_added_through_the_page(sign_in, cast):
    client = sign_in(cast.hana)

    response = post(
        client,
        "/people/new/",
        name="Ｍｉｏ",
        handle="mio",
        email="mio@agency.example",
        language="ja",
        office=cast.bureau1.pk,
        title="AE",
        rank=2,
        roles=["account_executive", "coordinator"],
        superior=f"Ben ({cast.ben.handle})",
        starts_on=TODAY.isoformat(),
    )

    mio = Person.objects.get(handle="mio")
    assert response.url == f"/people/{mio.pk}/"
    assert (mio.name, mio.roles.count(), mio.lines_up.get().superior) == ("Mio", 2, cast.ben)


def test_what_stands_against_it_is_said_beside_what_was_typed(sign_in, cast):
    client = sign_in(cast.hana)

    response = post(
        client,
        "/people/new/",
        name="Mio",
        handle=cast.aki.handle,
        language="ja",
        office=cast.bureau1.pk,
        rank=0,
        superior="nobody",
        starts_on=TODAY.isoformat(),
    )
    assert response.status_code == UNPROCESSABLE
    assert "None of our people is called so." in text(response)

    response = post(
        client,
        "/people/new/",
        name="Mio",
        handle=cast.aki.handle,
        language="ja",
        office=cast.bureau1.pk,
        rank=0,
        starts_on=TODAY.isoformat(),
    )
    assert response.status_code == UNPROCESSABLE
    assert "already exists" in text(response)
    assert 'value="Mio"' in response.content.decode()


def test_a_name_that_several_have_asks_for_the_login(sign_in, cast):
    Person.objects.filter(pk=cast.chie.pk).update(name="Ben")

    response = post(
        sign_in(cast.hana),
        f"/people/{cast.lena.pk}/lines/",
        superior="Ben",
        kind="solid",
        starts_on=TODAY.isoformat(),
    )

    assert response.status_code == UNPROCESSABLE
    assert f"Ben ({cast.ben.handle})" in text(response)


def test_who_may_not_is_told_instead_of_a_form(sign_in, cast):
    client = sign_in(cast.aki)

    page = client.get("/people/new/")
    refused = post(client, f"/people/{cast.ben.pk}/edit/", version=1, name="B", language="ja")

    assert "This takes one of these roles here: Administrator." in text(page)
    assert b"<textarea" not in page.content
    assert b'name="handle"' not in page.content
    assert refused.status_code == UNPROCESSABLE
    assert Person.objects.get(pk=cast.ben.pk).name == "Ben"


def test_of_two_editors_the_second_is_told_what_stands_now(sign_in, cast):
    client = sign_in(cast.hana)
    path = f"/people/{cast.aki.pk}/edit/"
    post(client, path, version=1, name="Akiko", language="ja", phone="03-1")

    second = post(client, path, version=1, name="Akira", language="ja", phone="03-1")

    assert second.status_code == UNPROCESSABLE
    assert "Hana changed this" in text(second)
    assert "What stands now Name Akiko" in text(second)
    assert 'value="Akira"' in second.content.decode()
    assert 'name="version" value="2"' in second.content.decode()
    assert "Phone 03-1" not in text(second)

    third = post(client, path, version=2, name="Akira", language="ja", phone="03-1")
    assert third.status_code == 302
    assert Person.objects.get(pk=cast.aki.pk).name == "Akira"


def test_posts_roles_and_lines_through_their_pages(sign_in, cast):
    client = sign_in(cast.hana)
    lena, day = f"/people/{cast.lena.pk}", TODAY.isoformat()

    steps = [
        (f"{lena}/posts/", {"office": cast.osaka.pk, "rank": 1, "starts_on": day}),
        (f"{lena}/roles/", {"role": "media", "office": cast.osaka.pk, "starts_on": day}),
        (
            f"{lena}/lines/",
            {"superior": cast.dan.handle, "kind": "dotted", "starts_on": day},
        ),
        (
            f"/people/posts/{cast.lena.employments.get().pk}/",
            {"version": 1, "office": cast.tokyo.pk, "title": "AD", "rank": 3, "from_on": day},
        ),
    ]
    for path, told in steps:
        assert client.post(path, told).url == f"{lena}/"

    role = Role.objects.get(person=cast.lena, role="media")
    line = ReportingLine.objects.get(person=cast.lena)
    post_ = Employment.objects.get(person=cast.lena, office=cast.osaka)
    for kind, row in (("roles", role), ("lines", line), ("posts", post_)):
        client.post(f"/people/{kind}/{row.pk}/end/", {"version": 1, "on": day})
        row.refresh_from_db()
        assert row.ends_on == TODAY

    assert set(cast.lena.employments.values_list("office__code", "title", "ends_on")) == {
        ("TYO", "", TODAY - DAY),
        ("TYO", "AD", None),
        ("OSA", "", TODAY),
    }


def test_absences_through_their_pages(sign_in, cast):
    client = sign_in(cast.aki)
    day = TODAY.isoformat()

    planned = post(
        client,
        f"/people/{cast.aki.pk}/absences/",
        starts_on=day,
        ends_on=day,
        deputy=cast.lena.handle,
    )
    absence = Absence.objects.get()
    assert planned.status_code == 302
    changed = post(
        client,
        f"/people/absences/{absence.pk}/",
        version=1,
        starts_on=day,
        ends_on=(TODAY + DAY).isoformat(),
        deputy="",
    )
    absence.refresh_from_db()
    assert (changed.status_code, absence.deputy) == (302, None)

    stale = post(client, f"/people/absences/{absence.pk}/cancellation/", version=1)
    assert "changed this" in said(stale)[-1]
    gone = post(client, f"/people/absences/{absence.pk}/cancellation/", version=2)
    assert said(gone)[-1] == "The absence has been cancelled."
    assert not Absence.objects.exists()


def test_another_persons_absence_is_not_cancelled(sign_in, cast):
    absence = Absence.objects.create(person=cast.aki, starts_on=TODAY, ends_on=TODAY)

    response = post(sign_in(cast.chie), f"/people/absences/{absence.pk}/cancellation/", version=1)

    assert "Administrator" in said(response)[0]
    assert Absence.objects.exists()


@pytest.mark.parametrize("version", ["", "first", "-1"])
def test_a_version_that_is_none_is_a_bad_request(sign_in, cast, version):
    absence = Absence.objects.create(person=cast.aki, starts_on=TODAY, ends_on=TODAY)
    path = f"/people/absences/{absence.pk}/cancellation/"

    assert post(sign_in(cast.aki), path, version=version).status_code == 400
    assert Absence.objects.exists()


def test_leaving_names_what_must_be_handed_over_first(sign_in, cast):
    client = sign_in(cast.hana)
    path = f"/people/{cast.ben.pk}/departure/"

    page = client.get(path)
    refused = post(client, path, on=TODAY.isoformat())

    assert "To be handed over first Reports to them: Aki" in text(page)
    assert f"/people/{cast.aki.pk}/" in page.content.decode()
    assert refused.status_code == UNPROCESSABLE
    assert "First somebody must take over: Reports to them: Aki." in text(refused)


def test_leaving_an_only_role_empty_is_confirmed(sign_in, cast):
    client = sign_in(cast.hana)
    path = f"/people/{cast.fumi.pk}/departure/"
    day = (TODAY - DAY).isoformat()

    unconfirmed = post(client, path, on=day)
    assert unconfirmed.status_code == UNPROCESSABLE
    assert "Nobody else has these roles there" in text(unconfirmed)

    assert post(client, path, on=day, confirmed="on").status_code == 302
    assert Departure.objects.get().person == cast.fumi
    assert "Left on" in text(client.get(f"/people/{cast.fumi.pk}/"))


def test_an_invitation_goes_out_from_the_page(sign_in, cast):
    response = post(sign_in(cast.hana), f"/people/{cast.aki.pk}/invitation/")
    assert said(response) == [f"An invitation goes to {cast.aki.email}."]

    response = post(sign_in(cast.dan), f"/people/{cast.aki.pk}/invitation/")
    assert said(response)[-1] == "This takes one of these roles here: Administrator."


def test_removing_data_takes_the_persons_name(sign_in, cast):
    Employment.objects.filter(person=cast.lena).update(ends_on=TODAY - DAY)
    client = sign_in(cast.hana)
    path = f"/people/{cast.lena.pk}/anonymise/"

    wrong = post(client, path, name="Somebody")
    assert wrong.status_code == UNPROCESSABLE
    assert "not the name" in text(wrong)

    assert post(client, path, name="Lena").status_code == 302
    page = text(client.get(f"/people/{cast.lena.pk}/"))
    assert "former colleague" in page
    assert "Lena" not in page


def test_what_is_stored_comes_as_a_file(sign_in, cast):
    response = sign_in(cast.hana).get(f"/people/{cast.aki.pk}/data/")

    assert response["Content-Disposition"] == f'attachment; filename="person-{cast.aki.pk}.json"'
    assert json.loads(response.content)["person"]["name"] == "Aki"


# Offices


def test_an_office_page_tells_where_it_stands_and_who_is_there(sign_in, cast):
    page = sign_in(cast.chie).get(f"/offices/{cast.bureau1.pk}/")

    for words in ("Kakehashi Agency", "Tokyo", "Aki", "Account director", "TYO1"):
        assert words in text(page)
    assert 'aria-current="page">Bureau 1' in page.content.decode()


def test_a_closed_office_is_still_told_of(sign_in, cast):
    Office.objects.filter(pk=cast.osaka.pk).update(closed_on=TODAY - DAY)

    page = text(sign_in(cast.hana).get(f"/offices/{cast.osaka.pk}/"))

    assert "Closed on" in page
    assert "This office is closed already." in page


def test_offices_open_change_move_and_close_through_their_pages(sign_in, cast):
    client = sign_in(cast.hana)
    details = {"name": "Kyoto", "kind": "team", "country": "Japan", "timezone": "Asia/Tokyo"}

    opened = client.post(
        f"/offices/new/?parent={cast.osaka.pk}",
        {**details, "code": "KYO", "parent": cast.osaka.pk},
    )
    office = Office.objects.get(code="KYO")
    here = f"/offices/{office.pk}/"
    assert (opened.url, office.country) == (here, "JP")

    client.post(f"{here}edit/", {**details, "code": "KYO", "name": "Kyōto", "version": 1})
    client.post(f"{here}place/", {"parent": cast.tokyo.pk, "version": 2})
    client.post(f"{here}end/", {"on": TODAY.isoformat(), "version": 3})

    office.refresh_from_db()
    assert (office.name, office.parent, office.closed_on) == ("Kyōto", cast.tokyo, TODAY)


def test_an_office_in_use_does_not_close(sign_in, cast):
    response = post(
        sign_in(cast.hana), f"/offices/{cast.bureau1.pk}/end/", on=TODAY.isoformat(), version=1
    )

    assert response.status_code == UNPROCESSABLE
    assert "works there" in text(response)


def test_an_empty_agency_says_what_to_do_next(sign_in, cast):
    Employment.objects.update(ends_on=TODAY)
    Office.objects.exclude(pk=cast.hq.pk).update(closed_on=TODAY - DAY)
    page = text(sign_in(cast.hana).get(f"/offices/{cast.osaka.pk}/"))

    assert "Add a person, or give somebody a post here on their page." in page


def test_two_editors_of_an_absence_are_told_of_days_and_deputies(sign_in, cast):
    absence = Absence.objects.create(
        person=cast.aki, starts_on=dt.date(2030, 5, 1), ends_on=dt.date(2030, 5, 3), version=2,
        deputy=cast.lena,
    )  # fmt: skip

    response = post(
        sign_in(cast.aki),
        f"/people/absences/{absence.pk}/",
        version=1,
        starts_on="2030-05-02",
        ends_on="2030-05-03",
    )

    assert "What stands now First day away 1 May 2030 Deputy Lena" in text(response)


def test_two_editors_of_a_post_are_told_of_offices(sign_in, cast):
    own = cast.aki.employments.get()
    Employment.objects.filter(pk=own.pk).update(version=2)

    response = post(
        sign_in(cast.hana),
        f"/people/posts/{own.pk}/",
        version=1,
        office=cast.osaka.pk,
        title="AE",
        rank=0,
        from_on=TODAY.isoformat(),
    )

    assert "What stands now Office Bureau 1 Title — Rank" not in text(response)
    assert "What stands now Office Bureau 1 Title —" in text(response)


def test_a_day_that_ends_before_it_begins_is_said_beside_its_field(sign_in, cast):
    response = post(
        sign_in(cast.aki),
        f"/people/{cast.aki.pk}/absences/",
        starts_on="2030-05-03",
        ends_on="2030-05-01",
    )

    assert response.status_code == UNPROCESSABLE
    assert "The last day comes before the first." in text(response)


def test_what_overlaps_is_said_above_the_form(sign_in, cast):
    response = post(
        sign_in(cast.hana),
        f"/people/{cast.aki.pk}/posts/",
        office=cast.bureau1.pk,
        rank=0,
        starts_on=TODAY.isoformat(),
    )

    assert response.status_code == UNPROCESSABLE
    assert "already works in this office" in text(response)


# One's own page


@pytest.mark.parametrize("who", ["aki", "ken"])
def test_everybody_has_their_own_page(sign_in, cast, who):
    client = sign_in(getattr(cast, who))

    page = client.get("/people/me/")
    response = post(client, "/people/me/", language="ja", phone="０３-１", version=1)

    assert page.status_code == 200
    assert response.url == "/people/me/"
    own = Person.objects.get(pk=getattr(cast, who).pk)
    assert (own.language, own.phone) == ("ja", "03-1")


def test_ones_own_page_knows_two_editors_as_well(sign_in, cast):
    client = sign_in(cast.ken)
    post(client, "/people/me/", language="en", phone="1", version=1)

    second = post(client, "/people/me/", language="en", phone="2", version=1)

    assert second.status_code == UNPROCESSABLE
    assert "What stands now Phone 1" in text(second)


@pytest.mark.parametrize("who", ["aki", "ken"])
def test_the_switch_on_every_page_sets_the_language_for_good(sign_in, cast, who):
    client = sign_in(getattr(cast, who))

    response = post(client, "/people/me/language/", language="ja", next="/people/me/")

    assert response.url == "/people/me/"
    assert response.cookies["django_language"].value == "ja"
    assert Person.objects.get(pk=getattr(cast, who).pk).language == "ja"
    assert 'lang="ja"' in client.get("/people/me/").content.decode()


def test_a_language_there_is_not_changes_nothing(sign_in, cast):
    post(sign_in(cast.aki), "/people/me/language/", language="tlh", next="/people/me/")

    assert Person.objects.get(pk=cast.aki.pk).language == "en"


def test_a_changed_address_takes_the_password_first(sign_in, cast):
    client = sign_in(cast.aki)

    asked = client.get("/people/me/email/")
    assert asked.url.startswith("/auth/reauthenticate/")
    confirmed = client.post(asked.url, {"password": make.PASSWORD})
    assert confirmed.url == "/people/me/email/"
    response = post(client, "/people/me/email/", email="akiko@agency.example", version=1)

    assert response.url == "/people/me/"
    assert Person.objects.get(pk=cast.aki.pk).email == "akiko@agency.example"
    assert Login.objects.get(person=cast.aki).email == "akiko@agency.example"


def test_an_address_changed_elsewhere_is_not_overwritten(sign_in, cast):
    client = sign_in(cast.aki)
    client.post("/auth/reauthenticate/?next=/people/me/email/", {"password": make.PASSWORD})
    Person.objects.filter(pk=cast.aki.pk).update(email="new@agency.example", version=5)

    response = post(client, "/people/me/email/", email="akiko@agency.example", version=1)

    assert response.status_code == UNPROCESSABLE
    assert "What stands now E-mail new@agency.example" in text(response)
    assert Login.objects.get(person=cast.aki).email == cast.aki.email


def test_everybody_takes_their_own_data_along(sign_in, cast):
    given = json.loads(sign_in(cast.ken).get("/people/me/data/").content)

    assert given["person"]["name"] == "Ken"
    assert given["sign_in"]["login"]["email"] == cast.ken.email


def test_an_invited_colleague_chooses_a_password_and_signs_in(sign_in, cast, client, mailoutbox):
    from kakehashi.people import tasks

    admin = sign_in(cast.hana)
    post(
        admin,
        "/people/new/",
        name="Mio",
        handle="mio",
        email="mio@agency.example",
        language="en",
        office=cast.bureau1.pk,
        rank=0,
        starts_on=TODAY.isoformat(),
    )
    mio = Person.objects.get(handle="mio")
    post(admin, f"/people/{mio.pk}/invitation/")
    tasks.send_invitation(person_id=str(mio.pk))
    admin.logout()
    assert "/auth/password/reset/" in mailoutbox[-1].body

    client.post("/auth/password/reset/", {"email": "mio@agency.example"})
    link = re.search(r"/auth/password/reset/key/\S+", mailoutbox[-1].body)[0]
    chosen = client.get(link, follow=True)
    path = chosen.redirect_chain[-1][0]
    new = {"password1": "a-quiet-harbour-9", "password2": "a-quiet-harbour-9"}
    client.post(path, new)
    client.post("/auth/login/", {"login": "mio", "password": "a-quiet-harbour-9"})

    assert client.get("/people/").status_code == 200
