"""The agency of normal size, built once for all tests that only look at it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from kakehashi.demo.build import build

SEED = 1


@pytest.fixture(scope="module")
def agency(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(localdate(), SEED, lambda _stage: None)
        transaction.set_rollback(True)
