"""Objections to what is done with jobs and tasks: a sentence in the reader's language, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kakehashi.traffic import states

if TYPE_CHECKING:
    from kakehashi.people.models import Person
    from kakehashi.traffic.models import Job, Review, StateChange, Task


def _job_of(thing: Any) -> Job:
    found: Job = getattr(thing, "job", thing)
    return found


def job_is_closed(_person: Person, thing: Job | Task | StateChange) -> str | None:
    """Of a job, or of what belongs to one."""
    return None if _job_of(thing).is_open else _("This job is closed.")


def work_is_over(_person: Person, thing: Job | Task) -> str | None:
    job = _job_of(thing)
    if job.production == states.CANCELLED:
        return _("This job was cancelled.")
    return _("The work was delivered already.") if job.production == states.DELIVERED else None


def held_elsewhere(_person: Person, change: StateChange) -> str | None:
    """Work that was stopped goes on where it stood, or not at all."""
    if change.old != states.ON_HOLD or change.new == states.CANCELLED:
        return None
    stood = change.job.stood_in
    if stood is None or stood == change.new:
        return None
    words = {"state": change.job.label_of(states.PRODUCTION, stood)}
    return _("It was stopped in “%(state)s”: it goes on there.") % words


def work_goes_on(_person: Person, change: StateChange) -> str | None:
    """Nothing is closed, and nothing billed, while the departments still work on it."""
    if change.new not in {states.CLOSED, states.READY_TO_BILL}:
        return None
    over = states.ENDED if change.new == states.CLOSED else {*states.ENDED, states.RELEASED}
    if change.job.production in over:
        return None
    return _("The work is not over yet: it is in “%(state)s”.") % {
        "state": change.job.get_production_display()
    }


def no_newer_brief(_person: Person, job: Job) -> str | None:
    if job.newer_is_accepted:
        return None
    return _("Of the job's brief no newer version is accepted.")


def makes_it(person: Person, change: StateChange) -> bool:
    """Whoever leads the work hands it on, also from a department that sees nothing but the job."""
    return change.line == states.PRODUCTION and change.job.made_by_id == person.pk


def is_asked(person: Person, review: Review) -> bool:
    """A client's contact who is shown the work."""
    return not person.is_ours and review.asked_of_id == person.pk


def review_is_over(_person: Person, review: Review) -> str | None:
    if review.verdict:
        return _("This is answered already.")
    return None if review.is_open else _("The work has gone on meanwhile: nothing waits here.")


def is_assigned(person: Person, task: Task) -> bool:
    return task.person_id == person.pk


def no_live_date(_person: Person, job: Job) -> str | None:
    return None if job.live_on else _("The job has no live date to count back from.")


def task_is_done(_person: Person, task: Task) -> str | None:
    return _("This is done already.") if task.is_done else None


def is_not_done(_person: Person, task: Task) -> str | None:
    return None if task.is_done else _("This is not done yet.")


def is_begun(_person: Person, task: Task) -> str | None:
    return _("Somebody works on this already.") if task.begun_at else None
