"""Jobs in the departments: opened, planned, moved to where they are today."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import translation

from kakehashi.clients.models import Contact, Seat
from kakehashi.demo.content.jobs import CHANGES, JOBS, SAID, SHOWN, TEMPLATES
from kakehashi.demo.content.people import SIGN_INS
from kakehashi.policy.acting import acting_as
from kakehashi.policy.roles import RoleCode
from kakehashi.policy.rows import during
from kakehashi.traffic import actions, states
from kakehashi.traffic.models import Template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakehashi.demo.content.jobs import JobRow
    from kakehashi.demo.world import World
    from kakehashi.people.models import Person
    from kakehashi.traffic.models import Job

TRAFFIC = dict(SIGN_INS)[RoleCode.TRAFFIC]
FINANCE = dict(SIGN_INS)[RoleCode.FINANCE]
WAYS = {
    states.PRODUCTION: (
        states.PROPOSED, states.IN_PRODUCTION, states.INTERNAL_REVIEW, states.CLIENT_REVIEW,
        states.RELEASED, states.DELIVERED,
    ),
    states.BILLING: (
        states.NOT_ESTIMATED, states.ESTIMATED, states.AWAITING_APPROVAL, states.APPROVED,
        states.READY_TO_BILL, states.INVOICED, states.PAID, states.CLOSED,
    ),
}  # fmt: skip
ASIDE = {states.ON_HOLD: "予算の承認待ちのため。", states.CANCELLED: "発売が見送られたため。"}
UNBILLED = "制作前に中止となったため。"
FRIDAY = 4
PLANNED = 8
"""Jobs whose tasks come from a template, with their dates counted back."""


def make_templates(world: World) -> None:
    with world.acting(TRAFFIC) as by:
        for row in TEMPLATES:
            lines = [
                actions.Line(title=title, title_en=english, role=role, days=days, after=after)
                for title, english, role, days, after in row.tasks
            ]
            actions.make_template(
                name=row.name, name_en=row.name_en, kind=row.kind, lines=lines, by=by
            )


def open_jobs(world: World) -> None:
    """Each by whoever leads its account today, the executive if there is one."""
    templates = {template.kind: template for template in Template.objects.all()}
    planned = 0
    for number, row in enumerate(JOBS):
        by = _lead(world, row)
        if by is None:
            continue
        with acting_as(by), translation.override(by.language):
            job = _open(world, row, by)
            if row.assigned and row.kind in templates and planned < PLANNED:
                planned += 1
                actions.use_template(job=job, template=templates[row.kind], by=by)
                actions.plan_back(job=job, by=by)
            _give_tasks(world, row, job, by)
            _move(world, row, job, by, number)


def _lead(world: World, row: JobRow) -> Person | None:
    day = world.today
    seats = Seat.objects.filter(during(day, day), account=world.accounts[row.account])
    by_rank = {
        role: at for at, role in enumerate((RoleCode.ACCOUNT_EXECUTIVE, RoleCode.ACCOUNT_MANAGER))
    }
    found = sorted(
        seats.select_related("person").order_by("-lead", "pk"),
        key=lambda seat: (not seat.lead, by_rank.get(RoleCode(seat.role), len(by_rank))),
    )
    return found[0].person if found else None


def _open(world: World, row: JobRow, by: Person) -> Job:
    account = world.accounts[row.account]
    contacts = Contact.objects.filter(account=account, left_on=None).select_related("person")
    contact = contacts.order_by("pk").first()
    makers = [world.people[login] for login in row.assigned.split()]
    return actions.open_job(
        account=account, title=row.title, kind=row.kind, live_on=world.day(row.live),
        specs="", made_by=makers[0] if makers else None, client=contact.person if contact else None,
        by=by, at=world.at(world.day(row.opened)),
    )  # fmt: skip


def _give_tasks(world: World, row: JobRow, job: Job, by: Person) -> None:
    """Everybody who works on it has a task: one of the plan, or one of their own."""
    free = list(job.tasks.order_by("place"))
    chance = world.chance(f"tasks of {row.title}")
    for login in row.assigned.split():
        person = world.people[login]
        at = world.at(world.day(row.opened))
        roles = set(person.roles.values_list("role", flat=True))
        task = next((one for one in free if one.role in roles), None)
        if task is None:
            last = world.day(row.live - chance.randrange(1, 8))
            last -= dt.timedelta(days=max(last.weekday() - FRIDAY, 0))
            first = last - dt.timedelta(days=1 if last.weekday() else 3)  # over the weekend
            actions.add_task(
                job=job, title=chance.choice(SAID), person=person, days=2,
                starts_on=first, due_on=last, by=by, at=at,
            )  # fmt: skip
            continue
        free.remove(task)
        task.job = job
        actions.edit_task(
            task=task, version=task.version, title=task.title, role=task.role, person=person,
            days=task.days, starts_on=task.starts_on, due_on=task.due_on,
            after=[link.needs for link in task.waits_for.select_related("needs")], by=by, at=at,
        )  # fmt: skip


def _move(world: World, row: JobRow, job: Job, by: Person, number: int) -> None:
    """Step by step along both lines, over the days between; what is done is done."""
    steps = [
        (line, new, reason)
        for line, target in ((states.PRODUCTION, row.production), (states.BILLING, row.billing))
        for new, reason in _steps(line, target)
    ]
    for (line, new, reason), day in zip(steps, _days(world, row, len(steps)), strict=True):
        who = _mover(world, line, job.state(line), new) or by
        with acting_as(who):
            actions.move_job(
                job=job, line=line, old=job.state(line), new=new, reason=reason, by=who,
                shown=SHOWN if new == states.CLIENT_REVIEW else "", at=world.at(day),
            )  # fmt: skip
    if row.production == states.CLIENT_REVIEW and job.client and number % 2:
        actions.ask_change(
            job=job, text=CHANGES[number % len(CHANGES)], asked_by=job.client, by=by,
            at=world.at(world.day(-1)),
        )  # fmt: skip
    if row.production in {states.RELEASED, states.DELIVERED, states.CLIENT_REVIEW}:
        for task in job.tasks.filter(done_at=None, person__isnull=False):
            task.job = job
            actions.finish_task(task=task, by=by, at=world.at(world.day(-1)))


def _days(world: World, row: JobRow, steps: int) -> Iterator[dt.date]:
    """Weekdays of so many steps: evenly up to the live date, or up to some days ago."""
    end = min(row.live + 2 if row.live < 0 else row.opened // 5, -1)
    for number in range(1, steps + 1):
        day = world.day(row.opened + (end - row.opened) * number // steps)
        day -= dt.timedelta(days=max(day.weekday() - FRIDAY, 0))
        yield max(day, world.day(row.opened))


def _steps(line: str, target: str) -> Iterator[tuple[str, str]]:
    """The moves from the beginning of a line to a state, each with its reason."""
    way = WAYS[line]
    if target in way:
        for new in way[1 : way.index(target) + 1]:
            yield new, ""
    elif target == states.UNBILLABLE:
        yield target, UNBILLED
    else:
        yield states.IN_PRODUCTION, ""
        yield target, ASIDE[target]


def _mover(world: World, line: str, old: str, new: str) -> Person | None:
    """Finance bills; everything else is whoever runs it."""
    return world.people[FINANCE] if states.verb(line, old, new) == states.BILL else None
