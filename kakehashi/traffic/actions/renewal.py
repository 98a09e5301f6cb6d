"""A brief is accepted anew while a job rests on an older version: who runs the job judges that.

They are told by a ball, look at what changed, and take it over or say why not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kakehashi.base.text import nfkc
from kakehashi.briefs import actions as briefs
from kakehashi.briefs import queries as brief_queries
from kakehashi.handoffs import actions as handoffs
from kakehashi.handoffs.actions import About
from kakehashi.handoffs.models import Handoff
from kakehashi.policy.engine import Refused, require
from kakehashi.traffic import wording
from kakehashi.traffic.models import Job
from kakehashi.traffic.queries import opening
from kakehashi.traffic.wording import NEWER, SUBJECT

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.briefs.models import Brief
    from kakehashi.people.models import Person


class Judgement(models.TextChoices):
    TAKE = "take", gettext_lazy("Take it over: the work follows it from now on")
    LEAVE = "leave", gettext_lazy("Leave it: the job goes on with the version it has")


def tell(brief: Brief, by: Person, at: dt.datetime) -> None:
    """Ask whoever runs a job that rests on an older version, once for each job."""
    for job in opening.open_on_older(brief):
        assert brief.accepted is not None
        handoffs.call_off(
            subject_kind=SUBJECT, subject_id=job.pk, kind=NEWER, by=by, at=at,
            reason=_("A newer version yet was accepted."),
        )  # fmt: skip
        _ask(job, brief.accepted.number, by, at)


def _ask(job: Job, number: int, by: Person, at: dt.datetime) -> None:
    runs = job.run_by or by
    with translation.override(runs.language):
        title = wording.newer(job, number)
    handoffs.ask(
        of=runs,
        title=title,
        by=by,
        at=at,
        account=job.account,
        kind=NEWER,
        about=About(SUBJECT, job.pk, reverse("traffic:newer-brief", args=[job.pk])),
    )


@transaction.atomic
def judge_brief(
    *, job: Job, number: int, judgement: str, reason: str, by: Person, at: dt.datetime
) -> Job:
    """Take over the version somebody looked at, or leave it and say why."""
    job = Job.objects.select_for_update(of=["self"]).select_related("account").get(pk=job.pk)
    require(by, "traffic.judge_brief", job)
    newer = job.newer_brief
    if newer is None or newer.number != number:
        raise Refused(_("Another version was accepted meanwhile: look at what changed again."))
    said = _("Version %(number)s is taken over.") % {"number": number}
    if judgement == Judgement.TAKE:
        job.brief_version = newer
        job.save(update_fields=["brief_version"])
        briefs.take_up(brief=brief_queries.one(newer.brief_id), said=str(job), by=by, at=at)
    else:
        if not reason.strip():
            raise ValidationError({"reason": _("Say why: others will read it.")})
        said = _("Version %(number)s is left: %(reason)s") % {
            "number": number, "reason": nfkc(reason).strip(),
        }  # fmt: skip
    handoffs.settle(
        subject_kind=SUBJECT, subject_id=job.pk, kind=NEWER, answer=said, by=by, at=at
    )  # fmt: skip
    return job


def hand_over(job: Job, *, by: Person, at: dt.datetime) -> None:
    """Somebody else runs the job: what it is to do with a newer version is theirs to say."""
    held = Handoff.objects.filter(
        subject_kind=SUBJECT, subject_id=job.pk, kind=NEWER, answered_at=None
    )
    newer = job.newer_brief
    if newer is None or not held.exists() or held.filter(asked_of=job.run_by).exists():
        return
    handoffs.call_off(
        subject_kind=SUBJECT, subject_id=job.pk, kind=NEWER, by=by, at=at,
        reason=_("Somebody else takes this part of the job."),
    )  # fmt: skip
    _ask(job, newer.number, by, at)


def call_off(job: Job, *, by: Person, at: dt.datetime) -> None:
    """The work is over: no version matters to it any more."""
    handoffs.call_off(
        subject_kind=SUBJECT, subject_id=job.pk, kind=NEWER, by=by, at=at,
        reason=_("The work is over."),
    )  # fmt: skip
