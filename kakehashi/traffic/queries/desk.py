"""What somebody in a department has before them: their tasks, this week, what they wait for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import F

from kakehashi.traffic import states
from kakehashi.traffic.models import Dependency, Task

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kakehashi.people.models import Person

FIRST, MOST = 12, 60
"""Tasks that stand beside other things, and on the page of somebody whose work they are."""


@dataclass(frozen=True)
class Desk:
    """Somebody's open tasks by when they are due, and the tasks of others they wait for."""

    late: list[Task] = field(default_factory=list)
    this_week: list[Task] = field(default_factory=list)
    later: list[Task] = field(default_factory=list)
    awaited: list[Dependency] = field(default_factory=list)
    more: bool = False

    @property
    def parts(self) -> list[tuple[str, list[Task]]]:
        return [("late", self.late), ("week", self.this_week), ("later", self.later)]

    @property
    def count(self) -> int:
        return len(self.late) + len(self.this_week) + len(self.later)


def of(person: Person, today: dt.date, most: int = MOST) -> Desk:
    """A person's desk: at most so many tasks, the most urgent first."""
    sunday = today + dt.timedelta(days=6 - today.weekday())
    found = list(_open(person).order_by(F("due_on").asc(nulls_last=True), "pk")[: most + 1])
    tasks = found[:most]
    awaited = Dependency.objects.filter(
        task__in=[task.pk for task in tasks], needs__done_at=None
    ).exclude(needs__person=person)
    return Desk(
        late=[task for task in tasks if task.is_late(today)],
        this_week=[t for t in tasks if t.due_on and today <= t.due_on <= sunday],
        later=[t for t in tasks if t.due_on is None or t.due_on > sunday],
        awaited=list(
            awaited.select_related("needs__person", "needs__job", "task").order_by(
                F("needs__due_on").asc(nulls_last=True), "pk"
            )[:most]
        ),
        more=len(found) > most,
    )


def _open(person: Person) -> QuerySet[Task]:
    mine = Task.objects.filter(person=person, done_at=None, job__closed_at=None)
    return mine.exclude(job__production__in=states.ENDED).select_related("job__account")
