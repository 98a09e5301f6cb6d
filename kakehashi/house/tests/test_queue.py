"""Background work is enqueued with the transaction that needs it, and survives its worker."""

from __future__ import annotations

import asyncio

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from kakehashi.policy.queue import enqueue, retry_stalled


@pytest.fixture
def noop():
    """A task that does nothing, known for the length of one test."""

    @app.task(name="test.noop")
    def nothing(*, number):
        """Do nothing."""

    yield nothing
    del app.tasks["test.noop"]


@pytest.mark.django_db
def test_a_job_is_enqueued_with_its_arguments(noop):
    pk = enqueue(noop, number=7)

    assert ProcrastinateJob.objects.get(pk=pk).args == {"number": 7}


@pytest.mark.django_db
def test_what_is_rolled_back_enqueues_nothing(noop):
    def refuse():
        with transaction.atomic():
            enqueue(noop, number=7)
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        refuse()

    assert not ProcrastinateJob.objects.exists()


def test_no_task_has_a_queueing_lock():
    """A second one in the queue would stop the worker: see retry_stalled."""
    assert [task.name for task in app.tasks.values() if task.queueing_lock] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("silent_for", "status"), [("2 minutes", "todo"), ("1 second", "doing")])
def test_a_job_runs_again_once_its_worker_has_gone_silent(noop, silent_for, status):
    pk = enqueue(noop, number=7)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)",
            [silent_for],
        )
        cursor.execute("SELECT * FROM procrastinate_fetch_job_v2(NULL, %s)", [worker_id(cursor)])

    asyncio.run(run_retry())

    assert ProcrastinateJob.objects.get(pk=pk).status == status


def worker_id(cursor):
    cursor.execute("SELECT max(id) FROM procrastinate_workers")
    return cursor.fetchone()[0]


async def run_retry():
    with app.replace_connector(app.connector.get_worker_connector()):
        async with app.open_async():
            await retry_stalled.func(timestamp=0)
