"""The demo agency while it is being built: what stands already, which day it is, and chance."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kakehashi.base.periods import month_after, month_of
from kakehashi.demo.content.people import FOUNDER
from kakehashi.policy.acting import acting_as

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kakehashi.briefs.models import Template
    from kakehashi.clients.models import Account, Company, Contact
    from kakehashi.handoffs.models import Desk
    from kakehashi.people.models import Office, Person

    Progress = Callable[[str], None]

RECORDS = 40  # months ago the agency began to keep these records
MORNING = dt.time(10, tzinfo=ZoneInfo("Asia/Tokyo"))


@dataclass
class World:
    """Everything by its code or login. `random` is asked in one order, so a seed says it all."""

    today: dt.date
    seed: int
    tell: Progress
    offices: dict[str, Office] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    joined: dict[str, dt.date] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    opened: dict[str, dt.date] = field(default_factory=dict)
    openers: dict[str, str] = field(default_factory=dict)
    contacts: dict[tuple[str, str], Contact] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    templates: dict[str, Template] = field(default_factory=dict)
    usernames: list[str] = field(default_factory=list)

    def chance(self, subject: str) -> Random:
        """A source of chance for one subject: what one draws changes nothing for another."""
        return Random(f"{self.seed} {subject}")  # noqa: S311 - names and figures of a demo

    def day(self, days: int) -> dt.date:
        """A day counted from today: before it if negative."""
        return self.today + dt.timedelta(days=days)

    def month(self, ago: int) -> dt.date:
        """The first day of the month so many months before this one."""
        return month_after(month_of(self.today), -ago)

    @staticmethod
    def at(day: dt.date) -> dt.datetime:
        """The morning of a day, on which it is that day in every office."""
        return dt.datetime.combine(day, MORNING)

    @property
    def founder(self) -> Person:
        return self.people[FOUNDER.login]

    @contextmanager
    def acting(self, login: str) -> Iterator[Person]:
        """Do what follows as one of the people, under their own walls."""
        person = self.people[login]
        with acting_as(person):
            yield person
