"""Walls between rivals, jobs and who works on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kakehashi.conflicts.models import Denial, Wall
from kakehashi.demo.content.jobs import JOBS
from kakehashi.demo.content.people import SIGN_INS
from kakehashi.demo.content.walls import WALLS
from kakehashi.policy.roles import RoleCode
from kakehashi.traffic.models import Assignment, Job

if TYPE_CHECKING:
    from django.db.models import Model

    from kakehashi.demo.world import World

Row = TypeVar("Row", bound="Model")
OFFICER = dict(SIGN_INS)[RoleCode.CONFLICTS_OFFICER]


def put_up_walls(world: World) -> None:
    """Before the teams are seated: so the product itself refuses a seat on the wrong side."""
    with world.acting(OFFICER) as officer:
        for row in WALLS:
            wall = _made(Wall(name=row.name))
            for code, logins in row.denied.items():
                for login in logins.split():
                    _made(
                        Denial(
                            wall=wall,
                            account=world.accounts[code],
                            person=world.people[login],
                            starts_on=world.day(row.starts),
                            review_on=world.day(row.review),
                            reason=row.reason,
                            made_by=officer,
                            made_at=world.at(world.day(row.starts)),
                        )
                    )


def open_jobs(world: World) -> None:
    for row in JOBS:
        account = world.accounts[row.account]
        with world.acting(world.openers[row.account]):
            number = f"{world.today:%y}-{row.number:03}"
            job = _made(Job(account=account, number=number, title=row.title))
            for login in row.assigned.split():
                _made(
                    Assignment(
                        account=account,
                        job=job,
                        person=world.people[login],
                        starts_on=world.day(row.starts),
                        ends_on=None if row.ends is None else world.day(row.ends),
                    )
                )


def _made(row: Row) -> Row:
    row.full_clean()
    row.save(force_insert=True)
    return row
