"""Walls between rivals."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeVar

from kakehashi.conflicts import actions as walls
from kakehashi.conflicts.models import Denial, Wall
from kakehashi.conflicts.terms import WallKind
from kakehashi.demo.content.people import SIGN_INS
from kakehashi.demo.content.walls import WALLS
from kakehashi.policy.acting import acting_as
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    from django.db.models import Model

    from kakehashi.demo.content.walls import WallRow
    from kakehashi.demo.world import World
    from kakehashi.people.models import Person

Row = TypeVar("Row", bound="Model")
EARLIER, LATER = 6, 24
AN_HOUR = dt.timedelta(hours=1)
OFFICER = dict(SIGN_INS)[RoleCode.CONFLICTS_OFFICER]


def put_up_walls(world: World) -> None:
    """Before the teams are seated: so the product itself refuses a seat on the wrong side."""
    with world.acting(OFFICER) as officer:
        for row in WALLS:
            if row.sides:
                _between_sides(world, row, officer)
            else:
                _one_by_one(world, row, officer)


def tell_of_walls(world: World) -> None:
    """Once the teams are seated: those on a side are told, and some have acknowledged."""
    for row in (row for row in WALLS if row.sides):
        at = world.at(world.day(-EARLIER))
        with world.acting(OFFICER) as officer:
            wall = Wall.objects.get(name=row.name)
            notices = walls.tell_affected(wall=wall, by=officer, at=at)
        for notice in notices[::2]:
            with acting_as(notice.person):
                walls.acknowledge(notice=notice, by=notice.person, at=at + AN_HOUR)


def _between_sides(world: World, row: WallRow, officer: Person) -> None:
    codes = list(row.denied)
    sides = [
        walls.SideOf(
            name,
            people=[world.people[login] for login in row.denied[other].split()],
            accounts=[world.accounts[code]],
        )
        for name, code, other in zip(row.sides, codes, reversed(codes), strict=True)
    ]
    wall = walls.raise_wall(
        name=row.name,
        kind=WallKind.PERSONNEL,
        sides=sides,
        ground=row.reason,
        starts_on=world.day(row.starts),
        ground_ends_on=world.day(row.review),
        by=officer,
        at=world.at(world.day(row.starts)),
    )
    walls.exempt(
        wall=wall,
        person=world.people[row.exempt],
        ends_on=world.day(LATER),
        reason=row.why,
        by=officer,
        at=world.at(world.day(-EARLIER)),
    )


def _one_by_one(world: World, row: WallRow, officer: Person) -> None:
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


def _made(row: Row) -> Row:
    row.full_clean()
    row.save(force_insert=True)
    return row
