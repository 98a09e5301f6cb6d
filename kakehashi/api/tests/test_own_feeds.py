"""The page on which addresses of one's calendar are made, seen and revoked."""

from __future__ import annotations

import json
import re

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import ProgrammingError
from django.utils.timezone import now

from kakehashi.api import actions, queries
from kakehashi.api.models import Feed
from kakehashi.api.rules import MOST
from kakehashi.base.ids import uuid7
from kakehashi.people import actions as people
from kakehashi.people.models import Employment
from kakehashi.people.queries.personal import everything_about
from kakehashi.policy.acting import Scope, acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make

PAGE = "/people/me/feeds/"


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def shown_address(response):
    [found] = re.findall(r"http://[^\s<]+?(/feeds/[^\s<]+\.ics)<", response.content.decode())
    return found


def test_an_address_is_made_and_shown_once(sign_in, cast):
    client = sign_in(cast.aki)

    response = client.post(PAGE, {"name": "Phone"})

    path = shown_address(response)
    assert client.get(path).status_code == 200
    assert f"webcal://testserver{path}" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    again = client.get(PAGE).content.decode()
    assert "Phone" in again
    assert "/feeds/" not in again.replace("/me/feeds/", "")


def test_the_page_tells_when_an_address_was_last_used(sign_in, cast, feed_of):
    path = feed_of(cast.aki)
    client = sign_in(cast.aki)
    assert "never" in text(client.get(PAGE))

    client.get(path)

    assert "never" not in text(client.get(PAGE))


def test_a_revoked_address_reads_nothing_and_stays_listed(sign_in, cast, feed_of):
    path, client = feed_of(cast.aki), sign_in(cast.aki)
    pk = Feed.objects.get().pk

    response = client.post(f"{PAGE}{pk}/end/", follow=True)

    assert "The address has been revoked." in text(response)
    assert "Revoked on" in text(response)
    assert client.get(path).status_code == 404
    assert client.post(f"{PAGE}{pk}/end/").status_code == 404


def test_nobody_sees_or_revokes_the_address_of_another(sign_in, cast, feed_of):
    path = feed_of(cast.aki, name="Aki's phone")
    client = sign_in(cast.hana)

    assert "Aki" not in text(client.get(PAGE))
    assert client.post(f"{PAGE}{Feed.objects.get().pk}/end/").status_code == 404
    assert client.get(path).status_code == 200


def test_there_is_a_way_from_ones_own_settings(sign_in, cast, feed_of):
    feed_of(cast.aki)

    page = sign_in(cast.aki).get("/people/me/")

    assert f'href="{PAGE}"' in page.content.decode()
    assert "1 address" in text(page)


def test_a_clients_contact_has_no_feed(sign_in, cast):
    client = sign_in(cast.ken)

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"name": ""}).status_code == 404
    assert PAGE not in client.get("/people/me/").content.decode()
    with acting_as(cast.ken), pytest.raises(Refused):
        actions.make_feed(name="", by=cast.ken, at=now())


def test_there_are_not_more_than_one_can_watch_over(sign_in, cast, feed_of):
    for _number in range(MOST):
        feed_of(cast.aki)

    page = sign_in(cast.aki).post(PAGE, {"name": "One more"})

    assert page.status_code == 422
    assert f"You have {MOST} addresses already." in text(page)
    assert Feed.objects.count() == MOST
    Feed.objects.filter(pk=Feed.objects.first().pk).update(revoked_at=now())
    assert sign_in(cast.aki).post(PAGE, {"name": "One more"}).status_code == 200


def test_a_name_that_is_too_long_is_refused_at_its_field(sign_in, cast):
    page = sign_in(cast.aki).post(PAGE, {"name": "x" * 61})

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"name"}


def test_the_page_is_japanese_for_a_japanese_reader(sign_in, cast, feed_of):
    feed_of(cast.aki)

    page = text(sign_in(cast.aki, "ja").get(PAGE))

    assert "カレンダー連携" in page
    assert "Calendar feed" not in page


def test_the_application_makes_feeds_for_the_acting_person_only(cast):
    with acting_as(cast.aki):
        queries.open_feed(uuid7(), "", "a" * 64, now())
    assert Feed.objects.get().person == cast.aki

    narrow = Scope(accounts=frozenset({cast.sora.pk}))
    with pytest.raises(ProgrammingError, match="only our own"), acting_as(cast.aki, narrow):
        queries.open_feed(uuid7(), "", "b" * 64, now())


def test_who_does_not_work_here_makes_none(cast):
    Employment.objects.filter(person=cast.lena).update(ends_on=make.LONG_AGO)

    with pytest.raises(ProgrammingError, match="only our own staff"), acting_as(cast.lena):
        queries.open_feed(uuid7(), "", "c" * 64, now())


def test_what_is_stored_about_somebody_names_their_feeds_without_a_way_in(cast, feed_of):
    feed_of(cast.aki)

    with acting_as(cast.aki):
        stored = json.dumps(everything_about(cast.aki), cls=DjangoJSONEncoder)

    assert '"name": "Phone"' in stored
    assert Feed.objects.get().token_hash not in stored


def test_who_is_forgotten_leaves_no_feed(cast, feed_of):
    feed_of(cast.lena)
    with acting_as(cast.hana):
        people.leave(person=cast.lena, on=make.LONG_AGO, by=cast.hana, at=now())
        people.anonymise(person=cast.lena, by=cast.hana, at=now())

    assert not Feed.objects.exists()
