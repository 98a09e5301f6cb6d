"""A job moves on one of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from kakehashi.traffic import states
from kakehashi.traffic.actions import courts, showing, team
from kakehashi.traffic.models import Job, StateChange
from kakehashi.traffic.permission import objection_to

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person


@transaction.atomic
def move_job(  # noqa: PLR0913 - what makes a move
    *,
    job: Job,
    line: str,
    old: str,
    new: str,
    by: Person,
    at: dt.datetime,
    reason: str = "",
    shown: str = "",
) -> StateChange:
    """Move a job from where the reader saw it; raises Refused with the reason, Stale if it moved.

    Balls follow: what waited for the old state is answered by the move, the new state asks anew.
    `shown` is what the client is to look at: they read it.
    """
    change = StateChange(
        account=job.account, job=job, line=line, old=old, new=new,
        reason=nfkc(reason).strip(), by=by, at=at,
    )  # fmt: skip
    if job.state(line) != old:
        raise Stale(_("Somebody else has moved this job meanwhile."), code="stale")
    if no := objection_to(by, change):
        raise Refused(no)
    if states.needs_reason(line, old, new) and not change.reason:
        raise ValidationError({"reason": _("Say why: others will read it.")})
    return carry_out(job, change, shown=shown)


def carry_out(
    job: Job, change: StateChange, *, shown: str = "", answered_by: Person | None = None
) -> StateChange:
    """Make a move that somebody may make, or that follows from what the client has answered."""
    line, new, by, at = change.line, change.new, change.by, change.at
    _write(job, line, change.old, new, at)
    change.clean_fields(exclude=["account", "job", "by"])
    change.save(force_insert=True)
    if change.old == states.CLIENT_REVIEW:
        showing.over(job, at)
    if new == states.CLIENT_REVIEW:
        showing.show(job, text=shown, by=by, at=at)
    courts.follow(job, by=by, at=at, said=_said(change), answered_by=answered_by)
    if new in {*states.ENDED, states.CLOSED}:
        team.look_over_team(job)
    return change


def _write(job: Job, line: str, old: str, new: str, at: dt.datetime) -> None:
    """Write the new state, unless somebody else has moved the job meanwhile."""
    written: dict[str, object] = {line: new}
    if new == states.CLOSED:
        written["closed_at"] = at
    still_there = Job.objects.filter(pk=job.pk, **{line: old})
    if not still_there.update(**written, version=F("version") + 1):
        raise Stale(_("Somebody else has moved this job meanwhile."), code="stale")
    for name, value in written.items():
        setattr(job, name, value)
    job.version += 1


def _said(change: StateChange) -> str:
    """The answer to whoever waited: where it went, and why."""
    return f"{change.new_label}: {change.reason}" if change.reason else change.new_label
