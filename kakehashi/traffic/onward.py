"""How an accepted brief leads to a job: its page offers to open one, and names those that were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy

from kakehashi.briefs import building, rules
from kakehashi.policy.engine import objection
from kakehashi.traffic.actions import renewal
from kakehashi.traffic.queries import opening

if TYPE_CHECKING:
    from kakehashi.briefs.models import Brief
    from kakehashi.people.models import Person


def register() -> None:
    building.register(
        "job",
        gettext_lazy("Open the job"),
        address=lambda brief: reverse("traffic:open-from-brief", args=[brief.pk]),
        against=against,
        made=built,
        renewed=renewal.tell,
    )


def against(person: Person, brief: Brief) -> str | None:
    """Why this person does not open a job from a brief now."""
    return rules.is_not_accepted(person, brief) or objection(
        person, "traffic.open_job", brief.account
    )


def built(brief: Brief) -> list[building.Thing]:
    return [
        building.Thing(str(job), reverse("traffic:job", args=[job.pk]), job.brief_version.number)
        for job in opening.jobs_of(brief)
        if job.brief_version is not None
    ]
