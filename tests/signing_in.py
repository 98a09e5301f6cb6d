"""Django's client, signed in as somebody of the cast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kakehashi.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client


@pytest.fixture
def as_(client: Client) -> Callable[[Person], Client]:
    """The web client signed in as somebody who reads English."""

    def signed_in(person: Person) -> Client:
        Person.objects.filter(pk=person.pk).update(language="en")
        client.force_login(person.login_row)
        return client

    return signed_in
