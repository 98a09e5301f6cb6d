"""Balls: what waits for whom today, and what was answered in the weeks before."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kakehashi.clients.models import Contact, Seat
from kakehashi.demo.content.balls import ASKED_OF_CLIENTS, ASKED_OF_US, BALLS, DESKS
from kakehashi.demo.content.people import FOUNDER
from kakehashi.handoffs import actions
from kakehashi.policy.acting import acting_as
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    from random import Random

    from kakehashi.clients.models import Account
    from kakehashi.demo.content.balls import BallRow
    from kakehashi.demo.world import World
    from kakehashi.handoffs.models import Desk, Handoff
    from kakehashi.people.models import Person

WEEKS = 12
EACH = 2
"""Answered balls of an account on each side, in these weeks."""


def open_desks(world: World) -> None:
    with world.acting(FOUNDER.login) as by:
        for row in DESKS:
            office = world.offices[row.office]
            desk = actions.open_desk(office=office, name=row.name, name_en=row.name_en, by=by)
            keeper = world.people[row.keeper]
            actions.keep_desk(desk=desk, person=keeper, starts_on=world.day(-300), by=by)
            world.desks[row.name] = desk


def answer_balls(world: World) -> None:
    """Each side of each account asked the other now and then, and was answered within days."""
    chance = world.chance("balls")
    day = world.today
    for account in world.accounts.values():
        seat = (
            Seat.objects.filter(during(day, day), account=account).order_by("-lead", "pk").first()
        )
        contact = Contact.objects.filter(account=account, left_on=None).order_by("pk").first()
        if seat is None or contact is None:
            continue
        for _number in range(EACH):
            _answered(world, account, (seat.person, contact.person), chance)
            _asked_inside(world, account, chance)


def pass_balls(world: World) -> None:
    for row in BALLS:
        with world.acting(row.by) as by:
            ball = actions.ask(
                of=_whom(world, row),
                title=row.title,
                note=row.note,
                private=row.private,
                account=world.accounts[row.account] if row.account else None,
                due_at=world.day(row.due),
                by=by,
                at=world.at(world.day(row.asked)),
            )
            if row.reminded is not None:
                actions.remind(ball=ball, by=by, at=world.at(world.day(row.reminded)))


def _whom(world: World, row: BallRow) -> Person | Desk:
    if contact := world.contacts.get((row.account, row.of)):
        return contact.person
    return world.desks.get(row.of) or world.people[row.of]


def _answered(
    world: World, account: Account, between: tuple[Person, Person], chance: Random
) -> None:
    """One of ours asked the client, who answered by phone or mail some days later."""
    ours, theirs = between
    title, answer = chance.choice(ASKED_OF_CLIENTS)
    asked = world.at(world.day(-chance.randrange(7, WEEKS * 7)))
    with acting_as(ours):
        ball = actions.ask(of=theirs, title=title, account=account, by=ours, at=asked)
        actions.record_answer(
            ball=ball,
            answer=answer,
            channel=chance.choice(("phone", "email", "meeting")),
            evidence=f"{asked:%m/%d} の件",
            by=ours,
            at=asked + _days(chance, 1, 5),
        )


def _asked_inside(world: World, account: Account, chance: Random) -> None:
    """Whoever leads asked somebody of the team, who answered."""
    day = world.today
    seats = Seat.objects.filter(during(day, day), account=account).select_related("person")
    team = list(dict.fromkeys(seat.person for seat in seats.order_by("-lead", "pk")))
    asker, holder = team[0], chance.choice(team[1:] or team)
    title, answer = chance.choice(ASKED_OF_US)
    asked = world.at(world.day(-chance.randrange(7, WEEKS * 7)))
    with acting_as(asker):
        ball = actions.ask(of=holder, title=title, account=account, by=asker, at=asked)
    _answer(ball, holder, answer, asked + _days(chance, 0, 3))


def _answer(ball: Handoff, holder: Person, answer: str, at: dt.datetime) -> None:
    with acting_as(holder):
        actions.answer(ball=ball, answer=answer, by=holder, at=at)


def _days(chance: Random, least: int, most: int) -> dt.timedelta:
    return dt.timedelta(days=chance.randrange(least, most), hours=chance.randrange(1, 8))
