"""Two people change the sources of the wall at the same moment: the denial still wins."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from kakehashi.clients.models import Account
from kakehashi.policy.acting import acting_as
from tests import factories as make

PATIENCE = 10  # seconds


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["seat", "denial"])
def test_a_seat_and_a_denial_committed_at_once(first):
    hq = make.office("HQ")
    ivo = make.staff("Ivo", hq)
    account = make.account("Sora", hq)
    writes = {"seat": lambda: make.seat(ivo, account), "denial": lambda: make.denial(ivo, account)}
    second = ({"seat", "denial"} - {first}).pop()
    first_wrote, finished = threading.Event(), threading.Event()

    def write_first():
        try:
            with transaction.atomic():
                writes[first]()
                first_wrote.set()
                finished.wait(0.5)  # the second waits for us: it cannot finish before
        finally:
            connection.close()

    thread = threading.Thread(target=write_first)
    thread.start()
    assert first_wrote.wait(PATIENCE)
    writes[second]()
    finished.set()
    thread.join(PATIENCE)

    with acting_as(ivo):
        assert not Account.objects.exists()
