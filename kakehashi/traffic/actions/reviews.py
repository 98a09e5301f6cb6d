"""The client says what they think of the work, and the job goes on accordingly.

A contact sees the review and not the job: they write their answer and nothing else. A task carries
it on in the next moment; until then the ball stays open where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc
from kakehashi.policy.engine import require
from kakehashi.policy.integrity import spoken
from kakehashi.policy.queue import enqueue
from kakehashi.traffic import states
from kakehashi.traffic.actions import courts, moves
from kakehashi.traffic.models import ChangeRequest, Job, Review, StateChange

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from kakehashi.people.models import Person

CARRY_ON = "traffic.carry_on_review"


@transaction.atomic
def answer_review(
    *, review: Review, verdict: str, said: str, by: Person, at: dt.datetime
) -> Review:
    """The client's contact says that it is good, or what is to change."""
    require(by, "traffic.answer_review", review)
    review.verdict, review.said = verdict, nfkc(said).strip()
    review.answered_by, review.answered_at = by, at
    review.full_clean(exclude=["account", "job", "asked_by"])
    with spoken(Review):
        review.save(update_fields=["verdict", "said", "answered_by", "answered_at"])
    enqueue(CARRY_ON, lock=f"review {review.pk}", review_id=str(review.pk))
    return review


@transaction.atomic
def carry_on_review(*, review_id: UUID, at: dt.datetime) -> None:
    """As nobody in particular: what follows from the client's answer. May run twice."""
    review = Review.objects.select_related("asked_by", "answered_by").get(pk=review_id)
    jobs = Job.objects.select_related("account__lead_office", "run_by", "made_by", "client")
    job = jobs.select_for_update(of=("self",)).get(pk=review.job_id)
    if review.closed_at is not None or job.production != states.CLIENT_REVIEW:
        return
    if review.verdict == Review.Verdict.FINE:
        courts.client_is_content(job, review, at=at)
    elif review.verdict == Review.Verdict.CHANGE:
        _change(job, review, at)


def _change(job: Job, review: Review, at: dt.datetime) -> None:
    """It is counted with its round, and the work goes back to be made."""
    assert review.answered_by is not None
    last = job.requests.aggregate(last=Max("round"))["last"] or 0
    request = ChangeRequest(
        account=job.account,
        job=job,
        round=last + 1,
        text=review.said,
        after_approval=job.billing in states.AGREED,
        asked_by=review.answered_by,
        recorded_by=review.answered_by,
        at=at,
    )
    request.save(force_insert=True)
    words = {"round": request.round, "text": request.text}
    change = StateChange(
        account=job.account,
        job=job,
        line=states.PRODUCTION,
        old=job.production,
        new=states.IN_PRODUCTION,
        reason=_("Round %(round)s: %(text)s") % words,
        by=review.asked_by,
        at=at,
    )
    moves.carry_out(job, change, answered_by=review.answered_by)
