"""Whose move it is on a job: its balls follow its states, in the transaction that changes them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.handoffs import actions as handoffs
from kakehashi.handoffs.actions import About
from kakehashi.handoffs.models import Handoff
from kakehashi.traffic import states, wording
from kakehashi.traffic.actions import renewal, showing
from kakehashi.traffic.wording import SUBJECT

if TYPE_CHECKING:
    from kakehashi.people.models import Person
    from kakehashi.traffic.models import Job, Review
    from kakehashi.traffic.states import Court

MONTH = dt.timedelta(days=30)


def follow(
    job: Job, *, by: Person, at: dt.datetime, said: str, answered_by: Person | None = None
) -> None:
    """Bring the job's balls in line with its states; `said` answers those that are over.

    `answered_by` is the client's contact whose word it was, if it was one.

    Raises ValidationError where nobody can be asked: no open job is left without a court.
    """
    wanted = {wording.kind(c.state): c for c in states.courts(job.production, job.billing)}
    standing = Handoff.objects.filter(subject_kind=SUBJECT, subject_id=job.pk, answered_at=None)
    kinds = set(standing.filter(kind__in=wording.KINDS).values_list("kind", flat=True))
    for kind in kinds - wanted.keys():
        handoffs.settle(
            subject_kind=SUBJECT, subject_id=job.pk, kind=kind, answer=said, by=by, at=at,
            decided_by=answered_by,
        )  # fmt: skip
    for kind, court in wanted.items():
        if kind not in kinds:
            _ask(job, kind, court, by, at)
    if job.production in states.ENDED:
        renewal.call_off(job, by=by, at=at)


def hand_over(job: Job, *, by: Person, at: dt.datetime) -> None:
    """Somebody else takes a part: what waits for whoever had it waits for them instead."""
    for court in states.courts(job.production, job.billing):
        kind = wording.kind(court.state)
        held = Handoff.objects.filter(
            subject_kind=SUBJECT, subject_id=job.pk, kind=kind, answered_at=None
        )
        if part := _part(job, court):
            if held.filter(asked_of=part).exists():
                continue
            handoffs.call_off(
                subject_kind=SUBJECT, subject_id=job.pk, kind=kind, by=by, at=at,
                reason=_("Somebody else takes this part of the job."),
            )  # fmt: skip
            if court.state == states.CLIENT_REVIEW:
                showing.show_again(job, by=by, at=at)
            _ask(job, kind, court, by, at)
    renewal.hand_over(job, by=by, at=at)


def client_is_content(job: Job, review: Review, *, at: dt.datetime) -> None:
    """The client has nothing to change: it waits for who runs the job to release it."""
    kind, runs = wording.kind(states.CLIENT_REVIEW), job.run_by or review.asked_by
    held = Handoff.objects.filter(
        subject_kind=SUBJECT, subject_id=job.pk, kind=kind, answered_at=None
    )
    if not held.filter(side="client").exists():
        return
    said = str(review.get_verdict_display())
    handoffs.settle(
        subject_kind=SUBJECT, subject_id=job.pk, kind=kind, by=review.asked_by, at=at,
        decided_by=review.answered_by,
        answer=f"{said}: {review.said}" if review.said else said,
    )  # fmt: skip
    with translation.override(runs.language):
        title = wording.content(job)
    handoffs.ask(
        of=runs,
        title=title,
        note=review.said,
        by=review.asked_by,
        at=at,
        account=job.account,
        kind=kind,
        about=About(SUBJECT, job.pk, reverse("traffic:job", args=[job.pk])),
    )


def _part(job: Job, court: Court) -> Person | None:
    """Who has the move: once the client is content, who runs the job."""
    if court.state == states.CLIENT_REVIEW:
        review = showing.standing(job)
        if review is not None and review.verdict:
            return job.run_by
    return job.part[court.part]


def _ask(job: Job, kind: str, court: Court, by: Person, at: dt.datetime) -> None:
    """Ask whoever has the part; who cannot be asked, whoever runs it; at last who did this."""
    candidates = dict.fromkeys(p for p in (job.part[court.part], job.run_by, by) if p)
    for number, person in enumerate(candidates, start=1):
        try:
            with transaction.atomic():
                handoffs.ask(
                    of=person,
                    title=_for(person, job, court.state),
                    by=by,
                    at=at,
                    account=job.account,
                    due_at=_due(job, court.state, localdate(at)),
                    kind=kind,
                    about=About(SUBJECT, job.pk, _path(job, court, person)),
                )
        except ValidationError:
            if number == len(candidates):
                raise
        else:
            return


def _path(job: Job, court: Court, person: Person) -> str:
    """Where it is answered: a client's contact has a page of their own."""
    if court.state == states.CLIENT_REVIEW and not person.is_ours:
        review = showing.standing(job)
        if review is not None:
            return reverse("traffic:review", args=[review.pk])
    return reverse("traffic:job", args=[job.pk])


def _for(person: Person, job: Job, state: str) -> str:
    """What is asked, in the language of whoever is asked."""
    with translation.override(person.language):
        return wording.asked(job, state)


def _due(job: Job, state: str, today: dt.date) -> dt.date | None:
    """Until when: work until the live date, money until the month is over; else a working day."""
    if state == states.INVOICED:
        return today + MONTH
    if state in {states.IN_PRODUCTION, states.RELEASED} and job.live_on and job.live_on > today:
        return job.live_on
    return None
