"""Officers find every change of what they see, and nobody finds more."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils.timezone import localdate

from kakehashi.policy.acting import acting_as
from tests import factories as make

HERE = "/search/changes/"
DAY = dt.timedelta(days=1)


def changed(client, **asked):
    """The titles of what is shown."""
    shown = client.get(HERE, asked)
    assert shown.status_code == 200
    titles = re.findall(r'class="event-title">([^<]*)<', shown.content.decode())
    return [" ".join(title.split()) for title in titles]


def rename(account, by, name):
    with acting_as(by):
        type(account).objects.filter(pk=account.pk).update(name_en=name)


def test_it_is_for_officers_and_administrators(as_, cast):
    assert as_(cast.aki).get(HERE).status_code == 403
    assert as_(cast.ken).get(HERE).status_code == 404
    assert as_(cast.go).get(HERE).status_code == 200
    assert as_(cast.hana).get(HERE).status_code == 200


def test_it_finds_by_who_changed_it(as_, cast):
    rename(cast.sora, cast.aki, "Sora Inc.")
    rename(cast.rival, cast.chie, "Rival Inc.")

    assert changed(as_(cast.go), person=cast.aki.handle) == ["Changed: account Sora Inc."]


def test_it_finds_by_kind_account_and_record(as_, cast):
    fact = make.fact(cast.sora, cast.aki)
    client, of_facts = as_(cast.go), {"kind": "clients_fact"}
    page = f"https://agency.example/accounts/{cast.sora.pk}/book/{fact.pk}/"

    assert len(changed(client, **of_facts)) == 1
    assert len(changed(client, record=page)) == 1
    assert changed(client, account=cast.rival.code, **of_facts) == []
    assert len(changed(client, account=cast.sora.code, **of_facts)) == 1


def test_it_finds_by_day(as_, cast):
    rename(cast.sora, cast.aki, "Sora Inc.")
    client, today = as_(cast.go), localdate()

    assert len(changed(client, person=cast.aki.handle, first=today, last=today)) == 1
    assert changed(client, person=cast.aki.handle, last=today - DAY) == []


def test_what_cannot_be_looked_for_is_said(as_, cast):
    today = localdate()

    assert "No id of a record" in as_(cast.go).get(HERE, {"record": "x"}).content.decode()
    late = as_(cast.go).get(HERE, {"first": today, "last": today - DAY}).content.decode()
    assert "The last day comes before the first." in late


@pytest.mark.parametrize("asked", [{}, {"kind": "clients_account"}])
def test_what_is_behind_a_wall_is_not_found(as_, cast, asked):
    make.denial(cast.hana, cast.rival)
    rename(cast.rival, cast.chie, "Rival Inc.")

    assert "Changed: account Rival Inc." in changed(as_(cast.go), **asked)
    found = as_(cast.hana).get(HERE, asked).content.decode()
    assert "Rival Inc." not in found
    assert str(cast.rival.pk) not in found
