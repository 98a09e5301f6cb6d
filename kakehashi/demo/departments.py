"""Walls between rivals."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kakehashi.conflicts.models import Denial, Wall
from kakehashi.demo.content.people import SIGN_INS
from kakehashi.demo.content.walls import WALLS
from kakehashi.policy.roles import RoleCode

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


def _made(row: Row) -> Row:
    row.full_clean()
    row.save(force_insert=True)
    return row
