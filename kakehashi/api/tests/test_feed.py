"""The calendar that programs fetch: what is in it, who reads it, and from when on nobody does."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now
from icalendar import Calendar

from kakehashi.api import actions
from kakehashi.api.models import Feed
from kakehashi.api.queries import own_feeds
from kakehashi.api.web.limits import RATES
from kakehashi.clients import actions as clients
from kakehashi.people import actions as people
from kakehashi.people import feeds
from kakehashi.people.models import Absence, DayOff, Employment, Login, Office
from kakehashi.policy.acting import acting_as
from tests import factories as make

TODAY = localdate()
DAY = dt.timedelta(days=1)
NEVER_WAS = "/feeds/" + "x" * 43 + ".ics"


def entries(response):
    assert response.status_code == 200, response.content
    return {str(e["summary"]): e for e in Calendar.from_ical(response.content).walk("VEVENT")}


def titles(response):
    """Without the public holidays, of which there are many."""
    uids = {title: str(entry["uid"]) for title, entry in entries(response).items()}
    return {title for title, uid in uids.items() if not uid.startswith("holiday:")}


@pytest.fixture
def balls(monkeypatch):
    """What another package puts into everybody's calendar."""
    due = []
    monkeypatch.setitem(feeds._sources, "balls", lambda _person: due)
    return due


# Who reads it


def test_it_is_read_without_signing_in(client, cast, feed_of):
    response = client.get(feed_of(cast.aki))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Culture Day" in entries(response)


def test_who_is_signed_in_as_somebody_else_reads_the_calendar_of_the_token(sign_in, cast, feed_of):
    Absence.objects.create(person=cast.aki, starts_on=TODAY, ends_on=TODAY)
    path = feed_of(cast.aki)

    assert titles(sign_in(cast.chie).get(path)) == {"Absent"}
    assert titles(sign_in(cast.ken).get(path)) == {"Absent"}


@pytest.mark.parametrize("path", [NEVER_WAS, "/feeds/a.ics", "/feeds/%00.ics"])
def test_a_token_that_never_was_is_nothing(client, cast, path):
    assert client.get(path).status_code == 404


def test_a_revoked_token_is_as_one_that_never_was(client, cast, feed_of):
    path = feed_of(cast.aki)
    with acting_as(cast.aki):
        assert actions.revoke_feed(feed=own_feeds()[0].pk, by=cast.aki, at=now())

    revoked, unknown = client.get(path), client.get(NEVER_WAS)

    assert (revoked.status_code, revoked.content) == (404, unknown.content)
    assert revoked.headers == unknown.headers


def test_who_left_has_no_feed_from_the_day_after_on(client, cast, feed_of):
    path = feed_of(cast.lena)
    Employment.objects.filter(person=cast.lena).update(ends_on=TODAY)
    assert client.get(path).status_code == 200

    Employment.objects.filter(person=cast.lena).update(ends_on=TODAY - DAY)
    assert client.get(path).status_code == 404


def test_leaving_revokes_it_for_good(client, cast, feed_of):
    path = feed_of(cast.lena)
    with acting_as(cast.hana):
        people.leave(person=cast.lena, on=TODAY - DAY, by=cast.hana, at=now())
    Employment.objects.create(person=cast.lena, office=cast.tokyo, starts_on=TODAY)
    Login.objects.filter(person=cast.lena).update(is_active=True)

    assert client.get(path).status_code == 404
    assert Feed.objects.get().revoked_at is not None


def test_who_may_not_sign_in_has_no_feed(client, cast, feed_of):
    path = feed_of(cast.aki)
    Login.objects.filter(person=cast.aki).update(is_active=False)

    assert client.get(path).status_code == 404


def test_only_a_hash_of_the_token_is_stored(cast, feed_of):
    token = feed_of(cast.aki).removeprefix("/feeds/").removesuffix(".ics")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM api_feed f WHERE f::text LIKE %s", [f"%{token}%"])
        assert cursor.fetchone() == (0,)
    assert Feed.objects.get().token_hash == actions.hashed(token)
    assert len(token) == 43


def test_it_is_only_read(client, cast, feed_of):
    assert client.post(feed_of(cast.aki)).status_code == 405


def test_the_last_use_is_kept_to_some_minutes(client, cast, feed_of):
    path = feed_of(cast.aki)
    assert Feed.objects.get().last_used_at is None

    client.get(path)
    first = Feed.objects.get().last_used_at
    client.get(path)
    assert Feed.objects.get().last_used_at == first

    Feed.objects.update(last_used_at=first - dt.timedelta(minutes=6))
    client.get(path)
    assert Feed.objects.get().last_used_at > first - dt.timedelta(minutes=1)


def test_who_tries_many_tokens_is_answered_no_more_and_others_still_are(client, cast, feed_of):
    path = feed_of(cast.aki)
    tries = int(RATES["unknown"].partition("/")[0])

    answers = [client.get(f"/feeds/wrong-{number}.ics").status_code for number in range(tries + 2)]

    assert answers == [404] * tries + [429] * 2
    assert client.get(path).status_code == 200
    assert client.get(path, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get(NEVER_WAS, REMOTE_ADDR="192.0.2.7").status_code == 404


def test_one_token_is_not_fetched_without_measure(client, cast, feed_of):
    path, other = feed_of(cast.aki), feed_of(cast.chie)
    most = int(RATES["fetched"].partition("/")[0])

    answers = [client.get(path).status_code for _number in range(most + 1)]

    assert answers == [200] * most + [429]
    assert client.get(other).status_code == 200


# The wall


def test_what_a_wall_hides_is_gone_at_the_next_fetch(client, cast, feed_of):
    make.seat(cast.ben, cast.sora, "account_supervisor", ends_on=TODAY + 30 * DAY)
    path = feed_of(cast.ben)
    assert titles(client.get(path)) == {"Last day on Sora as Account supervisor"}

    make.denial(cast.ben, cast.sora)

    assert titles(client.get(path)) == set()
    assert b"Sora" not in client.get(path).content


def test_each_reads_their_own(client, cast, feed_of):
    for person, account in ((cast.aki, cast.sora), (cast.chie, cast.rival)):
        account.company.fiscal_year_end = "03-31"
        account.company.save()
        make.fact(account, person, f"The budget of {account.name} is settled in January.")

    aki, chie = client.get(feed_of(cast.aki)), client.get(feed_of(cast.chie))

    assert titles(aki) == {"Sora: end of the fiscal year"}
    assert titles(chie) == {"Rival: end of the fiscal year"}
    assert b"Rival" not in aki.content
    note = str(entries(aki)["Sora: end of the fiscal year"]["description"])
    assert note == "The budget of Sora is settled in January."


# What is in it


def test_absences_deputyships_and_days_off_are_days(client, cast, feed_of):
    Absence.objects.create(
        person=cast.aki, deputy=cast.lena, starts_on=TODAY, ends_on=TODAY + 2 * DAY
    )
    Absence.objects.create(person=cast.ben, deputy=cast.aki, starts_on=TODAY, ends_on=TODAY)
    DayOff.objects.create(
        office=cast.hq, name="創立記念日", name_en="Founding Day", starts_on=TODAY + DAY,
        ends_on=TODAY + DAY, yearly=True,
    )  # fmt: skip
    DayOff.objects.create(office=cast.osaka, name="大阪", starts_on=TODAY, ends_on=TODAY)

    response = client.get(feed_of(cast.aki))

    assert titles(response) == {"Absent", "Standing in for Ben", "Founding Day"}
    absence = entries(response)["Absent"]
    assert (absence["dtstart"].dt, absence["dtend"].dt) == (TODAY, TODAY + 3 * DAY)
    assert absence["transp"] == "OPAQUE"
    assert str(absence["description"]) == "Lena stands in"
    assert entries(response)["Standing in for Ben"]["transp"] == "TRANSPARENT"
    founding = [u for u in uids(response) if u.startswith("day-off:")]
    assert len(founding) == 2, "this year's and the next one's"


def uids(response):
    return [str(e["uid"]) for e in Calendar.from_ical(response.content).walk("VEVENT")]


def test_a_handover_is_in_the_calendars_of_those_it_concerns(client, cast, feed_of):
    with acting_as(cast.dan):
        handover = clients.propose_handover(
            seat=cast.sora.seats.get(), receiver=cast.lena, on=TODAY + 9 * DAY, note="",
            by=cast.dan, at=now(),
        )  # fmt: skip

    giver, receiver, other = (client.get(feed_of(who)) for who in (cast.aki, cast.lena, cast.chie))

    assert titles(giver) == {"Sora: Handover from Aki to Lena"}
    assert titles(receiver) == {"Handover from Aki to Lena"}, "the account is not seen yet"
    assert titles(other) == set()
    [entry] = [e for title, e in entries(giver).items() if "Handover" in title]
    assert str(entry["url"]) == f"http://testserver/handovers/{handover.pk}/"


def test_the_first_and_the_last_day_on_an_account_are_days(client, cast, feed_of):
    make.seat(cast.lena, cast.sora_tea, starts_on=TODAY + DAY)
    assert titles(client.get(feed_of(cast.lena))) == set(), "the account is not seen yet"

    make.seat(cast.ben, cast.sora_tea, starts_on=TODAY, ends_on=TODAY + 9 * DAY)

    found = entries(client.get(feed_of(cast.ben)))
    assert found["First day on Sora Tea as Account executive"]["dtstart"].dt == TODAY
    assert found["Last day on Sora Tea as Account executive"]["dtstart"].dt == TODAY + 9 * DAY


def test_others_put_moments_into_it_that_every_zone_shows_rightly(client, cast, feed_of, balls):
    Office.objects.filter(pk=cast.bureau1.pk).update(timezone="Europe/London", country="GB")
    due = dt.datetime.fromisoformat(f"{TODAY}T18:30+09:00")
    balls.append(feeds.Event("ball:1", "Send the logo", due, path="/balls/1/", version=3))

    response = client.get(feed_of(cast.aki))

    entry = entries(response)["Send the logo"]
    assert entry["dtstart"].dt == due
    assert f"DTSTART:{due.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}\r\n".encode() in response.content
    assert "dtend" not in entry
    assert entry["sequence"] == 3
    assert b"X-WR-TIMEZONE:Europe/London\r\n" in response.content
    assert "Boxing Day" in entries(response)


def test_a_moment_may_have_a_length(client, cast, feed_of, balls):
    begins = now().replace(microsecond=0)
    balls.append(feeds.Event("m:1", "Meeting", begins, begins + dt.timedelta(hours=1)))

    entry = entries(client.get(feed_of(cast.aki)))["Meeting"]

    assert entry["dtend"].dt - entry["dtstart"].dt == dt.timedelta(hours=1)


def test_what_lies_far_back_or_ahead_is_left_out(client, cast, feed_of, balls):
    for number, days in enumerate((-61, -59, 399, 401)):
        balls.append(feeds.Event(f"b:{number}", f"Day {days}", TODAY + days * DAY))

    assert titles(client.get(feed_of(cast.aki))) == {"Day -59", "Day 399"}


def test_any_text_arrives_as_it_was_and_no_line_is_too_long(client, cast, feed_of, balls):
    title = "資料, 見積; “引用” \\ 制作物" * 9
    note = "一行目\nBEGIN:VEVENT\n三行目"
    balls.append(feeds.Event("b:1", title, TODAY, note=note))

    response = client.get(feed_of(cast.aki))

    assert str(entries(response)[title]["description"]) == note
    lines = response.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert response.content.count(b"BEGIN:VEVENT") == len(uids(response)) + 1


def test_it_speaks_the_language_of_its_person(client, cast, feed_of):
    Absence.objects.create(person=cast.aki, starts_on=TODAY, ends_on=TODAY)

    response = client.get(feed_of(cast.aki, "ja"), headers={"Accept-Language": "en"})

    assert titles(response) == {"不在"}
    assert "文化の日" in entries(response)


# Fetched again


def test_names_of_entries_stay_and_are_never_shared(client, cast, feed_of):
    Absence.objects.create(person=cast.aki, starts_on=TODAY, ends_on=TODAY)
    path = feed_of(cast.aki)
    before = uids(client.get(path))

    Absence.objects.update(ends_on=TODAY + DAY, version=2)
    after = client.get(path)

    assert uids(after) == before
    assert len(set(before)) == len(before)
    assert entries(after)["Absent"]["sequence"] == 2


def test_what_has_not_changed_is_not_sent_again(client, cast, feed_of):
    path = feed_of(cast.aki)
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    Absence.objects.create(person=cast.aki, starts_on=TODAY, ends_on=TODAY)
    changed = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert first["Cache-Control"] == "private, no-cache"


def test_a_revoked_token_is_nothing_also_to_who_has_a_copy(client, cast, feed_of):
    path = feed_of(cast.aki)
    etag = client.get(path)["ETag"]
    Feed.objects.update(revoked_at=now())

    assert client.get(path, headers={"If-None-Match": etag}).status_code == 404


def test_it_asks_as_much_for_three_of_each_as_for_one(client, cast, feed_of):
    path, counts = feed_of(cast.aki), []
    for number in range(3):
        account = make.account(f"Client {number}", cast.bureau1)
        account.company.fiscal_year_end = "03-31"
        account.company.save()
        make.seat(cast.aki, account, ends_on=TODAY + 30 * DAY)
        make.fact(account, cast.aki)
        first = TODAY + number * 3 * DAY
        Absence.objects.create(person=cast.aki, starts_on=first, ends_on=first, deputy=cast.ben)
        DayOff.objects.create(office=cast.hq, name=f"{number}", starts_on=first, ends_on=first)
        client.get(path)
        counts.append(_questions(client, path))

    assert counts == counts[:1] * 3


def _questions(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
