"""A job's sheet: everything its page tells, each part in one query."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kakehashi.clients.queries import days
from kakehashi.handoffs import queries as handoffs
from kakehashi.handoffs.models import Handoff
from kakehashi.traffic.models import Assignment, ChangeRequest, Job, StateChange
from kakehashi.traffic.queries import plans, reviews
from kakehashi.traffic.wording import NEWER, SUBJECT

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from kakehashi.traffic.models import Review
    from kakehashi.traffic.queries.plans import Planned


@dataclass(frozen=True)
class Sheet:
    """What stands on a job's page."""

    job: Job
    today: dt.date
    plan: list[Planned]
    risks: list[str]
    team: list[Assignment]
    changes: list[StateChange]
    requests: list[ChangeRequest]
    balls: list[Handoff]
    renewals: list[Handoff] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(row.task.is_done for row in self.plan)

    @property
    def after_approval(self) -> int:
        return sum(one.after_approval for one in self.requests)


def one(pk: UUID) -> Job:
    """A job with who has a part in it. Raises Job.DoesNotExist behind the wall."""
    rows = Job.objects.select_related(
        "account__lead_office", "run_by", "made_by", "billed_by", "client", "brief_version"
    )
    return rows.get(pk=pk)


def _renewals(job: Job) -> list[Handoff]:
    """What became of newer versions of its brief, the latest first."""
    judged = Handoff.objects.filter(
        subject_kind=SUBJECT, subject_id=job.pk, kind=NEWER, outcome="answered"
    )
    return list(judged.select_related("answered_by").order_by("-answered_at", "-pk"))


def of(job: Job) -> Sheet:
    """The sheet of a job today, in the account's lead office."""
    today = days.today(job.account)
    plan, risks = plans.sheet(job, today)
    balls = Handoff.objects.filter(subject_kind=SUBJECT, subject_id=job.pk, answered_at=None)
    team = Assignment.objects.filter(job=job).select_related("person").order_by("starts_on", "pk")
    changes = StateChange.objects.filter(job=job).select_related("by").order_by("-at", "-pk")
    requests = ChangeRequest.objects.filter(job=job).select_related("asked_by", "recorded_by")
    return Sheet(
        job=job,
        today=today,
        plan=plan,
        risks=risks,
        team=[row for row in team if row.holds_on(today)],
        changes=list(changes),
        requests=list(requests.order_by("-round")),
        balls=handoffs.told(list(balls.values_list("pk", flat=True))),
        reviews=reviews.of_job(job),
        renewals=_renewals(job) if job.brief_version else [],
    )
