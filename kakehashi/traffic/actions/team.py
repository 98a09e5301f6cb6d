"""Who is on a job: assigned with their first task, until they have nothing left to do there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from kakehashi.clients.queries import days
from kakehashi.people.rules import not_working_on
from kakehashi.policy import scope
from kakehashi.policy.integrity import spoken
from kakehashi.policy.queue import enqueue
from kakehashi.traffic import states
from kakehashi.traffic.models import Assignment, Job, Task

if TYPE_CHECKING:
    from uuid import UUID

    from kakehashi.people.models import Person

A_DAY = dt.timedelta(days=1)


def assign(job: Job, person: Person, *, at: dt.datetime, field: str = "person") -> None:
    """Put somebody of ours on the job, so that they see it; raises if they cannot be.

    Behind a wall the reason is neutral: only conflicts officers read that there is one.
    """
    day = days.today(job.account, at)
    if not person.is_ours:
        raise ValidationError({field: _("Choose one of our own people.")})
    if no := not_working_on(person, day):
        raise ValidationError({field: no})
    known = Assignment.objects.filter(job=job, person=person)
    lasting = (
        known.filter(Q(ends_on=None) | Q(ends_on__gte=day)).order_by("starts_on", "pk").first()
    )
    if lasting is None:
        with spoken(Assignment):
            Assignment(
                account=job.account, job=job, person=person, starts_on=day
            ).save(force_insert=True)  # fmt: skip
    elif lasting.ends_on is not None:
        lasting.ends_on = None
        lasting.version += 1
        lasting.save(update_fields=["ends_on", "version"])
    if not scope.may_be_asked(person.pk, job.account_id):
        raise ValidationError(
            {field: _("This person is not available for this account. Choose somebody else.")}
        )


def look_over_team(job: Job) -> None:
    """Have it looked at who has nothing left to do; also by those who see nothing but the job."""
    enqueue("traffic.settle_team", lock=f"job {job.pk}", job_id=str(job.pk))


@transaction.atomic
def settle_team(*, job: Job, at: dt.datetime) -> None:
    """As nobody in particular: end the assignments of those who have nothing left to do.

    They see the job for 30 days more.
    """
    day = days.today(job.account, at)
    over = not job.is_open or job.production in states.ENDED
    busy: set[UUID | None] = set() if over else _busy(job)
    for row in Assignment.objects.filter(job=job, ends_on=None).exclude(person__in=busy):
        Assignment.objects.filter(pk=row.pk).update(
            ends_on=max(day, row.starts_on), version=F("version") + 1
        )


def _busy(job: Job) -> set[UUID | None]:
    """Who has something to do: an open task, or the work as a whole."""
    open_tasks = Task.objects.filter(job=job, done_at=None).exclude(person=None)
    return {*open_tasks.values_list("person_id", flat=True), job.made_by_id}
