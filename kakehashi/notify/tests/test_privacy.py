"""What is stored of somebody's notices goes with them, and can be asked for."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError
from django.utils.timezone import now

from kakehashi.notify import queries
from kakehashi.notify.models import Bounce, Mail, Notification, Preference
from kakehashi.notify.tests.conftest import LETTER
from kakehashi.people import actions as people
from kakehashi.people.queries.personal import everything_about
from kakehashi.policy.acting import acting_as
from tests import factories as make


@pytest.fixture
def told(cast, tell, post):
    """Ivo was told of an account, has chosen, has mail, and an address that bounces."""
    ivo = make.staff("Ivo", cast.bureau1)
    make.seat(ivo, cast.sora)
    tell(ivo, by=cast.aki, account=cast.sora)
    post(ivo, send=False)
    Preference.objects.create(person=ivo, kind=LETTER, choice="evening")
    Bounce.objects.create(address=ivo.email, person=ivo, reason="550", at=now())
    return ivo


def everything(person) -> list[int]:
    tables = (Notification, Preference, Bounce, Mail)
    return [table.objects.filter(person=person).count() for table in tables]


def test_it_is_exported(told):
    with acting_as(told):
        stored = everything_about(told)["notices"]

    assert [notice["account__name"] for notice in stored["notices"]] == ["Sora"]
    assert stored["by_mail"] == [{"kind": LETTER, "choice": "evening"}]
    assert [bounce["reason"] for bounce in stored["bounces"]] == ["550"]


def test_it_is_forgotten_with_its_person(cast, told):
    assert everything(told) == [1, 1, 1, 1]
    told.employments.update(ends_on=make.LONG_AGO)
    told.seats.update(ends_on=make.LONG_AGO)

    with acting_as(cast.hana):
        people.anonymise(person=told, by=cast.hana, at=now())

    assert everything(told) == [0, 0, 0, 0]


def test_others_keep_theirs_also_at_the_same_address(cast, told, tell, post):
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(email=told.email)
    tell(cast.ben)
    post(cast.ben, send=False)
    Mail.objects.update(to=told.email)
    told.employments.update(ends_on=make.LONG_AGO)
    told.seats.update(ends_on=make.LONG_AGO)

    with acting_as(cast.hana):
        people.anonymise(person=told, by=cast.hana, at=now())

    left = Notification.objects.get(person=cast.ben)
    assert left.mail is None


def test_nobody_but_an_administrator_has_it_forgotten(cast, told):
    with (
        pytest.raises(ProgrammingError, match="only an administrator"),
        acting_as(cast.ben),
    ):
        queries.forget(told)
