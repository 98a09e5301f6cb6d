"""What a job begins with that is opened from an accepted brief, and which jobs were."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from kakehashi.briefs import queries as briefs
from kakehashi.briefs import rendering
from kakehashi.clients.queries.listing import current_seats
from kakehashi.policy.roles import RoleCode
from kakehashi.traffic import states
from kakehashi.traffic.models import Job
from kakehashi.traffic.models.jobs import IS_OPEN

if TYPE_CHECKING:
    from kakehashi.briefs.models import Brief
    from kakehashi.people.models import Person

MAKERS = (RoleCode.CREATIVE_DIRECTOR, RoleCode.CREATIVE, RoleCode.PRODUCTION)
"""Who leads the work if seated on the account: the first of these roles."""
SPECS = ("deliverables", "mandatories")


def suggested(brief: Brief) -> dict[str, Any]:
    """Title, live date, team and specifications, as far as the brief and the account say."""
    approvers = briefs.approvers(brief)
    return {
        "title": brief.title,
        "live_on": _live_on(brief),
        "run_by": brief.lead,
        "made_by": _maker(brief),
        "client": approvers[0] if approvers else None,
        "specs": _specs(brief),
    }


def _live_on(brief: Brief) -> dt.date | None:
    for section in brief.sections.all():
        if section.topic == "timing" and (day := section.details.get("live_on")):
            return dt.date.fromisoformat(day)
    return None


def _maker(brief: Brief) -> Person | None:
    seats = current_seats([brief.account]).get(brief.account_id, [])
    by_role = {seat.role: seat.person for seat in reversed(seats)}
    return next((by_role[role] for role in MAKERS if role in by_role), None)


def _specs(brief: Brief) -> str:
    """What is to be made and what must not be missing, under their headings."""
    said = [
        f"{rendering.heading(section, brief.language)}\n{section.text}"
        for section in brief.sections.all()
        if section.topic in SPECS and section.text
    ]
    return "\n\n".join(said)


def jobs_of(brief: Brief) -> list[Job]:
    """Jobs that were opened from any version of a brief, the latest first."""
    rows = Job.objects.filter(brief_version__brief=brief).select_related("brief_version")
    return list(rows.order_by("-opened_at", "-pk"))


def open_on_older(brief: Brief) -> list[Job]:
    """Jobs whose work is not over and that rest on an older version than the accepted one."""
    assert brief.accepted is not None
    rows = Job.objects.filter(
        IS_OPEN, brief_version__brief=brief, brief_version__number__lt=brief.accepted.number
    ).exclude(production__in=states.ENDED)
    return list(rows.select_related("account", "run_by", "brief_version").order_by("pk"))
