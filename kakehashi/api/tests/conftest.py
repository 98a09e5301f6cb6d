"""Tests read their sentences in English; nobody's attempts are counted for another test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from django.utils.timezone import now

from kakehashi.api import actions
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def sign_in(client):
    def as_(person, language="en"):
        Person.objects.filter(pk=person.pk).update(language=language)
        client.force_login(person.login_row)
        return client

    return as_


@pytest.fixture
def feed_of():
    """Make an address for somebody and return its path."""

    def made(person, language="en", name="Phone"):
        Person.objects.filter(pk=person.pk).update(language=language)
        person.refresh_from_db()
        with acting_as(person):
            token = actions.make_feed(name=name, by=person, at=now())
        return f"/feeds/{token}.ics"

    return made
