"""What the client is shown of a job: a round is opened, and over once the job goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.base.text import nfkc
from kakehashi.policy.integrity import spoken
from kakehashi.traffic import states
from kakehashi.traffic.models import Review

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person
    from kakehashi.traffic.models import Job


def show(job: Job, *, text: str, by: Person, at: dt.datetime) -> Review | None:
    """Have the client's contact look at it, on a page of their own; nobody where none is named."""
    over(job, at)
    client = job.part[states.CLIENT]
    if client is None or client.is_ours:
        return None
    last = Review.objects.filter(job=job).order_by("-round").first()
    review = Review(
        account=job.account,
        job=job,
        round=last.round + 1 if last else 1,
        title=str(job),
        text=nfkc(text).strip(),
        asked_of=client,
        asked_by=by,
        asked_at=at,
        shared_at=at,
    )
    review.clean_fields(exclude=["account", "job"])
    with spoken(Review):
        review.save(force_insert=True)
    return review


def show_again(job: Job, *, by: Person, at: dt.datetime) -> None:
    """Somebody else of the client answers for it: what stands is shown to them."""
    last = standing(job)
    if last is None or last.asked_of != job.part[states.CLIENT]:
        show(job, text=last.text if last else "", by=by, at=at)


def over(job: Job, at: dt.datetime) -> None:
    """The job has gone on: what the client was shown waits for nobody."""
    Review.objects.filter(job=job, closed_at=None).update(closed_at=at)


def standing(job: Job) -> Review | None:
    """What the client is shown now."""
    return Review.objects.filter(job=job, closed_at=None).order_by("-round").first()
