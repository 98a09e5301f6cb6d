"""Background work: a task is enqueued in the transaction that needs it, in web and worker alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

if TYPE_CHECKING:
    from datetime import datetime

    from procrastinate.tasks import Task

HERE = JobManager(DjangoConnector())  # Django's own connection, also inside a worker


def enqueue(
    task: Task[Any, Any, Any] | str,
    *,
    schedule_at: datetime | None = None,
    lock: str | None = None,
    **kwargs: Any,
) -> int:
    """Have a task run once this transaction commits; its arguments are ids only.

    An action, which stands below its package's tasks, gives the name.
    """
    known = app.tasks[task] if isinstance(task, str) else task
    deferrer = known.configure(schedule_at=schedule_at, lock=lock)
    deferrer.job_manager = HERE
    return deferrer.defer(**kwargs)


@app.periodic(cron="*/1 * * * *")
@app.task(name="policy.retry_stalled")
async def retry_stalled(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Run a job again whose worker was killed: it would stay `doing` for ever.

    No task has a queueing lock. Under row security PostgreSQL does not say which key was there
    already; the queue's library needs to know, and its worker stops, again after each start.
    """
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
