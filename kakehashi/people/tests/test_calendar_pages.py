"""Pages of hours and days off: what they show, to whom, how they refuse."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from kakehashi.people.models import DayOff, OfficeHours, Person, WorkingPattern
from tests import factories as make

TODAY = localdate()
DAY = dt.timedelta(days=1)
UNPROCESSABLE = 422
WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday"), "10:00-16:00")
USUAL = ["9:30–12:00, 13:00–18:30"] * 5 + ["", ""]


@pytest.fixture
def sign_in(client):
    def as_(person, language="en"):
        Person.objects.filter(pk=person.pk).update(language=language)
        client.force_login(person.login_row)
        return client

    return as_


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def day_off(office, first=TODAY, last=TODAY, name="夏季休業", **fields):
    return DayOff.objects.create(
        office=office, name=name, name_en="Summer", starts_on=first, ends_on=last, **fields
    )


def pattern(person, **dates):
    week = ["10:00–16:00"] * 4 + ["", "", ""]
    return WorkingPattern.objects.create(
        person=person, week=week, **{"starts_on": TODAY - DAY, **dates}
    )


def pages(cast):
    office, person = f"/offices/{cast.bureau1.pk}/", f"/people/{cast.aki.pk}/"
    return [
        f"{office}hours/",
        f"{office}days-off/",
        f"/offices/days-off/{day_off(cast.bureau1).pk}/",
        f"{person}hours/",
        f"/people/hours/{pattern(cast.aki).pk}/",
    ]


def test_our_people_read_them_and_a_clients_contact_finds_none(sign_in, cast):
    addresses = pages(cast)

    client = sign_in(cast.ken)
    assert {path: client.get(path).status_code for path in addresses} == dict.fromkeys(
        addresses, 404
    )
    client = sign_in(cast.chie)
    assert {path: client.get(path).status_code for path in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_who_may_not_change_them_is_told_why_instead_of_a_form(sign_in, cast):
    client = sign_in(cast.chie)

    for path in pages(cast):
        page = client.get(path)
        assert "This takes one of these roles here: Administrator." in text(page)
        assert b'name="monday"' not in page.content
        assert client.post(path, {"version": 1}).status_code == UNPROCESSABLE


# An office


def test_an_office_shows_its_hours_the_next_holidays_and_days_off(sign_in, cast):
    day_off(cast.hq, dt.date(2020, 8, 12), dt.date(2020, 8, 14), yearly=True)
    day_off(cast.bureau1, TODAY - 9 * DAY, TODAY - 8 * DAY, name="Past")

    page = text(sign_in(cast.aki).get(f"/offices/{cast.bureau1.pk}/"))

    assert "Mon–Fri 9:30–12:00, 13:00–18:30" in page
    assert "Sat–Sun off" in page
    assert "The usual hours" in page
    assert re.search(r"Summer every year Kakehashi Agency", page)
    assert "Past" not in page
    assert "Public holidays" in page


def test_hours_from_above_say_whose_they_are(sign_in, cast):
    OfficeHours.objects.create(office=cast.tokyo, week=["10:00–19:00"] * 5 + ["", ""])

    page = text(sign_in(cast.aki).get(f"/offices/{cast.bureau1.pk}/"))

    assert "Mon–Fri 10:00–19:00" in page
    assert "As Tokyo says." in page


def test_a_japanese_reader_reads_it_in_japanese(sign_in, cast):
    day_off(cast.bureau1)

    page = text(sign_in(cast.aki, "ja").get(f"/offices/{cast.bureau1.pk}/"))

    assert "月–金 9:30–12:00, 13:00–18:30" in page
    assert "土–日 休み" in page
    assert "夏季休業" in page
    assert "Working hours" not in page


def test_the_page_of_an_office_asks_as_much_for_three_days_off_as_for_one(sign_in, cast):
    client = sign_in(cast.aki)
    counts = []
    for number in range(3):
        day_off(cast.hq, name=f"Closed {number}")
        client.get(f"/offices/{cast.bureau1.pk}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/offices/{cast.bureau1.pk}/")
        counts.append(len(asked))

    assert counts == counts[:1] * 3


def test_an_administrator_enters_hours_and_goes_back_to_the_office(sign_in, cast):
    client, path = sign_in(cast.hana), f"/offices/{cast.bureau1.pk}/hours/"
    form = client.get(path)
    assert 'value="9:30–12:00, 13:00–18:30"' in form.content.decode()
    assert 'name="version" value="0"' in form.content.decode()

    response = client.post(path, {"version": 0, **WEEK})

    assert response.url == f"/offices/{cast.bureau1.pk}/"
    assert said(response) == ["The hours have been saved."]
    assert OfficeHours.objects.get().week == ["10:00–16:00"] * 4 + ["", "", ""]


def test_hours_that_cannot_be_read_are_refused_at_their_day(sign_in, cast):
    path = f"/offices/{cast.bureau1.pk}/hours/"
    told = {"version": 0, **WEEK, "tuesday": "from nine", "friday": "18-9"}

    page = sign_in(cast.hana).post(path, told)

    assert page.status_code == UNPROCESSABLE
    errors = page.context["form"].errors
    assert set(errors) == {"tuesday", "friday"}
    assert "“from nine” does not say hours." in text(page)
    assert 'value="from nine"' in page.content.decode()
    assert not OfficeHours.objects.exists()


def test_a_week_without_hours_is_refused(sign_in, cast):
    page = sign_in(cast.hana).post(f"/offices/{cast.bureau1.pk}/hours/", {"version": 0})

    assert page.context["form"].errors["monday"] == ["Enter hours for at least one day."]


def test_parts_of_the_country_are_offered_where_there_are_any(sign_in, cast):
    client, path = sign_in(cast.hana), f"/offices/{cast.osaka.pk}/hours/"
    assert 'type="hidden" name="region"' in client.get(path).content.decode()

    type(cast.osaka).objects.filter(pk=cast.osaka.pk).update(country="GB")

    assert "Scotland" in text(client.get(path))
    client.post(path, {"version": 0, "region": "SCT", **WEEK})
    assert OfficeHours.objects.get().region == "SCT"
    assert "Public holidays · Scotland" in text(client.get(f"/offices/{cast.osaka.pk}/"))


def test_the_second_of_two_is_told_what_stands_and_may_save_over_it(sign_in, cast):
    client, path = sign_in(cast.hana), f"/offices/{cast.bureau1.pk}/hours/"
    client.post(path, {"version": 0, **WEEK})

    page = client.post(path, {"version": 0, **WEEK, "monday": "11-16"})

    assert page.status_code == UNPROCESSABLE
    assert "Hana changed this at" in text(page)
    assert page.context["form"].standing == [("Monday", "10:00–16:00")]
    assert client.post(path, {"version": 1, **WEEK, "monday": "11-16"}).status_code == 302
    assert OfficeHours.objects.get().week[0] == "11:00–16:00"


def test_who_edits_hours_that_were_removed_is_told_and_enters_them_anew(sign_in, cast):
    client, path = sign_in(cast.hana), f"/offices/{cast.bureau1.pk}/hours/"

    page = client.post(path, {"version": 3, **WEEK})

    assert page.status_code == UNPROCESSABLE
    assert "changed this" in text(page)
    assert 'name="version" value="0"' in page.content.decode()
    assert client.post(path, {"version": 0, **WEEK}).status_code == 302


def test_an_office_returns_to_the_hours_above(sign_in, cast):
    client, path = sign_in(cast.hana), f"/offices/{cast.bureau1.pk}/hours/"
    assert "Work as the office above" not in text(client.get(path))
    hours = OfficeHours.objects.create(office=cast.bureau1, week=USUAL)
    assert "Work as the office above" in text(client.get(path))

    stale = client.post(f"{path}above/", {"version": 7})
    done = client.post(f"{path}above/", {"version": hours.version})

    assert "changed this" in said(stale)[0]
    assert said(done)[-1] == "The office works as the one above."
    assert not OfficeHours.objects.exists()
    assert client.post(f"{path}above/", {"version": 1}).status_code == 404
    assert client.get(f"{path}above/").status_code == 405


def test_days_off_are_added_changed_and_removed(sign_in, cast):
    client = sign_in(cast.hana)
    told = {"name": "創立記念日", "name_en": "Founding Day", "starts_on": TODAY, "ends_on": TODAY}

    client.post(f"/offices/{cast.hq.pk}/days-off/", told)
    row = DayOff.objects.get()
    assert (row.office, row.name, row.yearly) == (cast.hq, "創立記念日", False)

    path = f"/offices/days-off/{row.pk}/"
    client.post(path, {**told, "version": 1, "yearly": "on"})
    stale = client.post(path, {**told, "version": 1, "name": "創業記念日"})
    assert stale.status_code == UNPROCESSABLE
    assert stale.context["form"].standing == [
        ("Name", "創立記念日"),
        ("Every year on these days", "Yes"),
    ]

    assert client.post(f"{path}removal/", {"version": "x"}).status_code == 400
    assert client.post(f"{path}removal/", {"version": 2}).url == f"/offices/{cast.hq.pk}/"
    assert not DayOff.objects.exists()


def test_days_off_that_cannot_be_are_refused_at_their_field(sign_in, cast):
    client, path = sign_in(cast.hana), f"/offices/{cast.hq.pk}/days-off/"
    told = {"name": "夏季休業", "starts_on": TODAY, "ends_on": TODAY - DAY}

    backwards = client.post(path, told)
    assert set(backwards.context["form"].errors) == {"ends_on"}
    assert "The last day comes before the first." in text(backwards)
    assert set(client.post(path, {"name": ""}).context["form"].errors) == {
        "name",
        "starts_on",
        "ends_on",
    }
    longer = {**told, "ends_on": TODAY + 400 * DAY, "yearly": "on"}
    assert "over within the year" in text(client.post(path, longer))


# A person


def test_everybody_enters_hours_of_their_own(sign_in, cast):
    client, path = sign_in(cast.aki), f"/people/{cast.aki.pk}/hours/"
    assert "Enter own hours" in text(client.get("/people/me/"))

    response = client.post(path, {**WEEK, "starts_on": TODAY})

    assert response.url == f"/people/{cast.aki.pk}/"
    own = text(client.get("/people/me/"))
    assert "Mon–Thu 10:00–16:00" in own
    assert "Fri–Sun off" in own
    assert "Own hours from" in own
    assert "Asia/Tokyo" in own


def test_colleagues_see_when_somebody_works_and_what_changed(sign_in, cast):
    sign_in(cast.aki).post(f"/people/{cast.aki.pk}/hours/", {**WEEK, "starts_on": TODAY})

    page = text(sign_in(cast.chie).get(f"/people/{cast.aki.pk}/"))
    changed = text(sign_in(cast.chie).get(f"/history/people_person/{cast.aki.pk}/"))

    assert "Mon–Thu 10:00–16:00" in page
    assert "Enter own hours" not in page
    assert "New: own working hours Aki" in changed
    assert "Mon–Thu 10:00–16:00" in changed


def test_wrong_hours_and_days_are_refused_at_their_field(sign_in, cast):
    client, path = sign_in(cast.aki), f"/people/{cast.aki.pk}/hours/"

    page = client.post(path, {"monday": "25:00-26:00", "starts_on": "soon"})
    assert set(page.context["form"].errors) == {"monday", "starts_on"}
    backwards = client.post(path, {**WEEK, "starts_on": TODAY, "ends_on": TODAY - DAY})
    assert set(backwards.context["form"].errors) == {"ends_on"}


def test_own_hours_are_changed_and_removed(sign_in, cast):
    row = pattern(cast.aki)
    client, path = sign_in(cast.aki), f"/people/hours/{row.pk}/"
    told = {**WEEK, "starts_on": TODAY, "ends_on": TODAY + DAY}

    assert client.post(path, {**told, "version": 1}).status_code == 302
    stale = client.post(path, {**told, "version": 1, "ends_on": ""})
    assert stale.status_code == UNPROCESSABLE
    assert [label for label, _value in stale.context["form"].standing] == ["Until"]
    client.post(f"{path}removal/", {"version": 2})

    assert not WorkingPattern.objects.exists()


def test_hours_that_are_over_are_not_shown(sign_in, cast):
    pattern(cast.aki, starts_on=TODAY - 9 * DAY, ends_on=TODAY - DAY)

    page = text(sign_in(cast.aki).get("/people/me/"))

    assert "As the office works." in page


def test_a_contacts_own_page_has_no_hours(sign_in, cast):
    make.contact("Nia", cast.sora)

    assert "Working hours" not in text(sign_in(cast.ken).get("/people/me/"))
