"""The agency of normal size, for all tests that only look at it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from config.db import PREPARED
from kakehashi.clients.models import Account
from kakehashi.demo.world import World
from kakehashi.people.models import Person
from tests import stage


@pytest.fixture(scope="module")
def agency(demo, django_db_blocker):
    with django_db_blocker.unblock(), stage.copy_of_demo(PREPARED), transaction.atomic():
        world = World(localdate(), stage.SEED, lambda _stage: None)
        world.people = {person.handle: person for person in Person.objects.exclude(handle=None)}
        world.accounts = {account.code: account for account in Account.objects.all()}
        yield world
        transaction.set_rollback(True)
