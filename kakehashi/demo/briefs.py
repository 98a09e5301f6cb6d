"""Briefs: templates, what was written, what went round, and what waits for whom."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import translation

from kakehashi.approvals import actions as approvals
from kakehashi.approvals import queries as circulating
from kakehashi.approvals.actions import Stop
from kakehashi.briefs import actions, queries
from kakehashi.briefs.models import Brief, Section
from kakehashi.demo.content.briefs import (
    BRIEFS,
    CHANGED,
    DIRECTION,
    INSIDE,
    NOTES,
    OFF_STRATEGY,
    OPENED,
    SAID,
)
from kakehashi.demo.content.people import FOUNDER
from kakehashi.traffic import actions as jobs
from kakehashi.traffic.models import Template as JobTemplate

if TYPE_CHECKING:
    from kakehashi.approvals.models import Circulation
    from kakehashi.briefs.models import Template
    from kakehashi.demo.content.briefs import BriefRow
    from kakehashi.demo.world import World

APPROVERS = ("shimizu", "oka")
DAYS = {"by_on", "live_on", "present_on"}


def make_templates(world: World) -> None:
    with world.acting(FOUNDER.login) as by:
        world.templates = {one.kind: one for one in actions.begin_with_usual(by=by)}


def write_briefs(world: World) -> None:
    made: dict[str, Brief] = {}
    for row in BRIEFS:
        made[row.key] = _written(world, row, made)
    _rest_on_research(world, made["tsubame"])
    _speak(world, made["tsubame"])
    _accept(world, made["tsubame"], -16)
    _open_job(world, made["tsubame"])
    _creative(world, made["tsubame-cr"])
    _with_gaps(world, made["camp"])
    _accept(world, made["connect"], -26)
    _change(world, made["connect"])


def _written(world: World, row: BriefRow, made: dict[str, Brief]) -> Brief:
    at = world.at(world.day(row.begun))
    template: Template = world.templates[row.kind]
    with world.acting(row.by) as by:
        brief = actions.begin(
            account=world.accounts[row.account],
            template=template,
            title=row.title,
            language=row.language,
            form=Brief.Form.BOTH,
            lead=world.people[row.lead],
            client_brief=made.get(row.answers),
            texts=row.texts,
            by=by,
            at=at,
        )
        for topic, details in row.details.items():
            _write(world, brief, topic, row.by, at, **_dated(world, details))
    return brief


def _dated(world: World, details: dict[str, Any]) -> dict[str, Any]:
    """Days are counted from today."""
    return {code: world.day(value) if code in DAYS else value for code, value in details.items()}


def _write(
    world: World,
    brief: Brief,
    topic: str,
    by: str,
    at: dt.datetime,
    text: str | None = None,
    **details: Any,
) -> None:
    section = Section.objects.select_related("brief").get(brief=brief, topic=topic)
    actions.write_section(
        section=section,
        version=section.version,
        text=section.text if text is None else text,
        details=details or section.details,
        by=world.people[by],
        at=at,
    )


def _rest_on_research(world: World, brief: Brief) -> None:
    """The planner's findings and direction stand beside it."""
    at = world.at(world.day(-19))
    for _key, login, ago, finding, source in NOTES:
        with world.acting(login) as by:
            actions.note(
                brief=brief, finding=finding, source=source, dated_on=world.day(-ago), by=by, at=at
            )
    title, text = DIRECTION
    with world.acting("mori") as by:
        actions.direct(brief=brief, title=title, text=text, by=by, at=at)


def _speak(world: World, brief: Brief) -> None:
    """With the client, and inside."""
    at = world.at(world.day(-18))
    with world.acting("ninomiya") as by:
        actions.share(brief=brief, by=by, at=at)
        topic, text = INSIDE
        section = Section.objects.select_related("brief").get(brief=brief, topic=topic)
        actions.comment(section=section, text=text, by=by, at=at)
        topic, text = SAID
        section = Section.objects.select_related("brief").get(brief=brief, topic=topic)
        actions.say(section=section, text=text, by=by, at=at)


def _accept(world: World, brief: Brief, day: int) -> None:
    """Planner and supervisor approve; the client's two approvers sign, by mail and by phone."""
    people = [str(world.contacts["RAICHO-JP", who].person_id) for who in APPROVERS]
    at = world.at(world.day(day))
    with world.acting("ninomiya") as by:
        _write(world, brief, "approvers", "ninomiya", at, people=people)
        route = [
            Stop(1, world.people["mori"], role="account_planner"),
            Stop(2, world.people["shindo"], role="account_supervisor"),
        ]
        ours = actions.release(brief=brief, route=route, by=by, at=at)
    for number, login in enumerate(("mori", "shindo"), start=1):
        _approve(world, ours, login, at + dt.timedelta(hours=number))
    with world.acting("ninomiya") as by:
        at = world.at(world.day(day + 1))
        contacts = [world.contacts["RAICHO-JP", who].person for who in APPROVERS]
        theirs = actions.send_to_client(brief=brief, approvers=contacts, by=by, at=at)
        for step, how in zip(
            circulating.one(theirs.pk).steps.all(), ("email", "phone"), strict=True
        ):
            at += dt.timedelta(days=1)
            approvals.record(
                step=step, verdict="approved", channel=how, evidence=f"{at:%m/%d} ご返答",
                by=by, at=at,
            )  # fmt: skip


def _approve(world: World, circulation: Circulation, login: str, at: dt.datetime) -> None:
    with world.acting(login) as by:
        found = circulating.one(circulation.pk)
        step = next(one for one in found.steps.all() if one.holder_id == by.pk)
        approvals.decide(step=step, verdict="approved", by=by, at=at)


def _creative(world: World, brief: Brief) -> None:
    """The planner has approved; the creative director has it now."""
    at = world.at(world.day(-2))
    route = [
        Stop(1, world.people["mori"], role="account_planner"),
        Stop(2, world.people["ayase"], role="creative_director"),
    ]
    with world.acting("ninomiya") as by:
        circulation = actions.release(brief=brief, route=route, by=by, at=at)
    _approve(world, circulation, "mori", world.at(world.day(-1)))


def _with_gaps(world: World, brief: Brief) -> None:
    """The client is asked to fill in the budget, and the planner objects to the audience."""
    at = world.at(world.day(-2))
    with world.acting("ninomiya") as by:
        contact = world.contacts["RAICHO-JP", "shimizu"].person
        actions.share(brief=brief, with_whom=contact, due_at=world.day(3), by=by, at=at)
    with world.acting("mori") as by:
        actions.object_to(brief=brief, text=OFF_STRATEGY, by=by, at=at)


def _open_job(world: World, brief: Brief) -> None:
    """Its point-of-sale material is being made."""
    with world.acting("ninomiya") as by, translation.override(by.language):
        job = jobs.open_job(
            account=brief.account, brief=queries.one(brief.pk), title=OPENED, kind="outdoor",
            live_on=world.day(41), made_by=world.people["hoshino"], by=by,
            client=world.contacts["RAICHO-JP", "shimizu"].person,
            at=world.at(world.day(-1)),
        )  # fmt: skip
        jobs.use_template(job=job, template=JobTemplate.objects.get(kind="outdoor"), by=by)
        jobs.plan_back(job=job, by=by)


def _change(world: World, brief: Brief) -> None:
    """Some words are changed after everybody had approved."""
    topic, text = CHANGED
    with world.acting("ninomiya"):
        _write(world, brief, topic, "ninomiya", world.at(world.day(-1)), text=text)
