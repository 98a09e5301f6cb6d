"""A job of Sora's, as Aki would open it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from django.utils.timezone import now

from kakehashi.policy.acting import acting_as
from kakehashi.traffic import actions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kakehashi.traffic.models import Job, Task


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def open_job(cast: Any) -> Callable[..., Job]:
    """open_job(title="Autumn film") has Aki open a job for Sora."""

    def opened(by: Any = None, **said: Any) -> Job:
        by = by or cast.aki
        with acting_as(by):
            return actions.open_job(
                **{"account": cast.sora, "title": "Autumn film", "by": by, "at": now(), **said}
            )

    return opened


@pytest.fixture
def add_task(cast: Any) -> Callable[..., Task]:
    """add_task(job, "Layouts", person=lena) has Aki give somebody a task."""

    def added(job: Job, title: str, **said: Any) -> Task:
        with acting_as(cast.aki):
            return actions.add_task(job=job, title=title, by=cast.aki, at=now(), **said)

    return added


@pytest.fixture
def move(cast: Any) -> Callable[..., Any]:
    """move(job, "production", "in_production") has Aki move it from where it is."""

    def moved(job: Job, line: str, new: str, by: Any = None, **said: Any) -> Any:
        by = by or cast.aki
        with acting_as(by):
            job.refresh_from_db()
            return actions.move_job(
                job=job, line=line, old=job.state(line), new=new, by=by, at=now(), **said
            )

    return moved


@pytest.fixture
def in_a_month() -> dt.date:
    return now().date() + dt.timedelta(days=30)
