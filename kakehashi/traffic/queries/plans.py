"""The plan of a job: its tasks with what they wait for, in whose calendar, and what is at risk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kakehashi.base.calendars import NoWorkingTime
from kakehashi.people.queries.calendars import calendars_of
from kakehashi.traffic import states, workback
from kakehashi.traffic.models import Dependency, Task
from kakehashi.traffic.workback import Step
from kakehashi.ui.formats import date_text, language, reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from uuid import UUID

    from kakehashi.base.calendars import Calendar
    from kakehashi.traffic.models import Job, TemplateTask


@dataclass
class Planned:
    """A task on its job's sheet: what it waits for, and why its dates are at risk."""

    task: Task
    after: list[Task] = field(default_factory=list)
    risks: list[str] = field(default_factory=list)

    @property
    def waits(self) -> list[Task]:
        """What has to be done first and is not."""
        return [task for task in self.after if not task.is_done]


def title_of(line: TemplateTask) -> str:
    """A template's words in the language of whoever uses it."""
    return line.title_en if language() == "en" and line.title_en else line.title


def tasks_of(job: Job) -> list[Task]:
    """The tasks of a job in their order."""
    rows = Task.objects.filter(job=job).select_related("person", "done_by", "job__run_by")
    return list(rows.order_by("place", "pk"))


def links_of(job: Job) -> dict[UUID, set[UUID]]:
    """For each task of a job, those it waits for."""
    found: dict[UUID, set[UUID]] = {}
    for task, needs in Dependency.objects.filter(job=job).values_list("task_id", "needs_id"):
        found.setdefault(task, set()).add(needs)
    return found


def steps(job: Job, tasks: Iterable[Task]) -> list[Step]:
    """Tasks as they are counted: in the calendar of who does them, else of who runs the job."""
    tasks = list(tasks)
    calendars = _calendars(job, tasks)
    links = links_of(job)
    known = {task.pk for task in tasks}
    return [
        Step(task.pk, task.days, calendars[task.pk], frozenset(links.get(task.pk, set()) & known))
        for task in tasks
    ]


def _calendars(job: Job, tasks: list[Task]) -> dict[UUID, Calendar]:
    people = {task.pk: task.person or job.made_by or job.run_by for task in tasks}
    found = calendars_of({one for one in people.values() if one})
    usual = workdays() if any(one is None for one in people.values()) else None
    return {pk: found[one.pk] if one else usual for pk, one in people.items()}  # type: ignore[misc]


def workdays() -> Any:
    """The working days of most of us, where nobody is named."""

    class Weekdays:
        def is_working_day(self, day: dt.date) -> bool:
            return day.weekday() < 5  # noqa: PLR2004 - Monday to Friday

    return Weekdays()


def sheet(job: Job, today: dt.date) -> tuple[list[Planned], list[str]]:
    """The plan as the job's page shows it, and what puts the live date itself at risk."""
    tasks = tasks_of(job)
    by_id = {task.pk: task for task in tasks}
    links = links_of(job)
    rows = [
        Planned(task, sorted(
            (by_id[pk] for pk in links.get(task.pk, ()) if pk in by_id), key=lambda one: one.place
        ))
        for task in tasks
    ]  # fmt: skip
    if job.production in {*states.ENDED, states.ON_HOLD} or not job.is_open:
        return rows, []
    earliest, latest = _counted(job, tasks, today)
    away = _calendars(job, tasks)
    for row in rows:
        row.risks = list(_risks(row, today, earliest, latest, away))
    return rows, list(_of_the_whole(job, rows, earliest, today))


def _counted(
    job: Job, tasks: list[Task], today: dt.date
) -> tuple[dict[UUID, workback.Span], dict[UUID, workback.Span]]:
    """Forward from today and, with a live date, back from it; nothing if a calendar has no days."""
    found = steps(job, tasks)
    done = {task.pk: task.done_at.date() for task in tasks if task.done_at}
    try:
        earliest = workback.forward_from(today, found, done)
        latest = workback.back_from(job.live_on, found) if job.live_on else {}
    except (workback.NoDays, NoWorkingTime):
        return {}, {}
    return earliest, latest


def _risks(
    row: Planned,
    today: dt.date,
    earliest: dict[UUID, workback.Span],
    latest: dict[UUID, workback.Span],
    calendars: dict[UUID, Calendar],
) -> Iterable[str]:
    """Why a task may not be done in time, each with what is the matter."""
    task = row.task
    if task.is_done:
        return
    if task.due_on and task.due_on < today:
        yield _("was due on %(day)s") % {"day": date_text(task.due_on, "short")}
    elif task.begun_at is None and task.starts_on and task.starts_on < today:
        yield _("should have begun on %(day)s") % {"day": date_text(task.starts_on, "short")}
    soonest = earliest.get(task.pk)
    if soonest and task.due_on and task.due_on >= today and soonest[1] > task.due_on:
        words = {"day": date_text(soonest[1], "short"), "days": task.days}
        yield _("takes %(days)s working days: done on %(day)s at the earliest") % words
    if task.pk in latest and task.due_on and task.due_on > latest[task.pk][1]:
        words = {"day": date_text(latest[task.pk][1], "short")}
        yield _("must be done by %(day)s for the live date") % words
    yield from _waiting(row, today)
    if task.person and task.due_on and not calendars[task.pk].is_working_day(task.due_on):
        yield _("%(who)s does not work on %(day)s") % {
            "who": reader_name(task.person),
            "day": date_text(task.due_on, "short"),
        }
    if task.person is None and task.starts_on and (task.starts_on - today).days <= SOON:
        yield _("begins soon, and nobody has it")


def _waiting(row: Planned, today: dt.date) -> Iterable[str]:
    """Why what a task waits for puts it at risk."""
    for before in row.waits:
        if before.due_on and row.task.starts_on and before.due_on >= row.task.starts_on:
            yield _("begins before “%(task)s” ends") % {"task": before.title}
        elif before.is_late(today):
            yield _("waits for “%(task)s”, which is late") % {"task": before.title}


SOON = 3
"""Days before its beginning in which a task that nobody has is at risk."""


def _of_the_whole(
    job: Job, rows: list[Planned], earliest: dict[UUID, workback.Span], today: dt.date
) -> Iterable[str]:
    """Why the live date itself may not be kept."""
    if job.live_on is None or job.production == states.RELEASED:
        if job.live_on and job.live_on < today:
            yield _("The live date has passed, and nobody has confirmed that it ran.")
        return
    if job.live_on < today:
        yield _("The live date has passed, and the work is not released.")
        return
    left = [earliest[row.task.pk][1] for row in rows if row.task.pk in earliest]
    if left and max(left) >= job.live_on:
        words = {"day": date_text(max(left), "short")}
        yield _("What is left takes until %(day)s, and then it should be live already.") % words
