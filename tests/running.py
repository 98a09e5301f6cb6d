"""A client's wish on its way to a job that runs, through the product's actions, nobody looking."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.timezone import now

from kakehashi.approvals import actions as approvals
from kakehashi.approvals import queries as circulating
from kakehashi.approvals.actions import Stop
from kakehashi.approvals.tasks import go_on
from kakehashi.briefs import actions as briefs
from kakehashi.briefs import queries as briefed
from kakehashi.briefs.models import Section, Template
from kakehashi.policy.acting import acting_as
from kakehashi.requests import actions as requests
from kakehashi.requests import queries as requested
from kakehashi.traffic import actions as jobs

if TYPE_CHECKING:
    from kakehashi.approvals.models import Circulation
    from kakehashi.briefs.models import Brief
    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person
    from kakehashi.requests.models import ClientRequest
    from kakehashi.traffic.models import Job

LIVE = dt.date(2031, 3, 3)


@dataclass(frozen=True)
class Team:
    """Who serves an account, and who speaks for the client."""

    account: Account
    executive: Person
    planner: Person
    supervisor: Person
    maker: Person
    client: Person


@dataclass
class Work:
    """What one wish came to, step by step."""

    team: Team
    title: str
    request: ClientRequest = field(init=False)
    brief: Brief = field(init=False)
    rounds: list[Circulation] = field(default_factory=list)
    job: Job = field(init=False)

    @property
    def paths(self) -> list[str]:
        """Where each of these things stands."""
        return [
            f"/accounts/{self.team.account.pk}/",
            f"/requests/{self.request.pk}/",
            f"/briefs/{self.brief.pk}/",
            *(f"/approvals/{one.pk}/" for one in self.rounds),
            f"/jobs/{self.job.pk}/",
        ]


def to_a_running_job(team: Team, title: str) -> Work:
    """The client asks, a brief is written and approved by both sides, its job is at work."""
    work = Work(team, title)
    _request(work)
    _brief(work)
    route = [
        Stop(1, team.planner, role="account_planner"),
        Stop(2, team.supervisor, role="account_supervisor"),
    ]
    with acting_as(team.executive):
        ours = briefs.release(brief=work.brief, route=route, by=team.executive, at=now())
    _signed(work, ours)
    with acting_as(team.executive):
        theirs = briefs.send_to_client(
            brief=work.brief, approvers=[team.client], by=team.executive, at=now()
        )
    _signed(work, theirs)
    go_on(str(theirs.pk))
    _job(work)
    return work


def _request(work: Work) -> None:
    team = work.team
    with acting_as(team.client):
        made = requests.write(account=team.account, title=work.title, by=team.client, at=now())
    with acting_as(team.executive):
        work.request = requested.one(made.pk)
        requests.accept(request=work.request, text="", by=team.executive, at=now())


def _brief(work: Work) -> None:
    team, by, at = work.team, work.team.executive, now()
    texts = {
        "objective": "店に来てもらう。",
        "audience": "来春に車を替える30代の親。",
        "measure": "来店数",
    }
    details: dict[str, dict[str, Any]] = {
        "objective": {
            "sort": "business", "metric": "来店組数", "baseline": "600", "target": "800",
            "by_on": LIVE,
        },
        "measure": {"metric": "来店組数"},
        "budget": {"most": "9000000", "currency": "JPY", "covers": "制作費"},
        "timing": {"live_on": LIVE},
        "approvers": {"people": [str(team.client.pk)]},
    }  # fmt: skip
    with acting_as(by):
        made = briefs.begin(
            account=team.account, template=Template.objects.get(kind="client", retired_at=None),
            title=work.title, request=requested.one(work.request.pk), texts=texts, by=by, at=at,
        )  # fmt: skip
        for topic, said in details.items():
            section = Section.objects.select_related("brief").get(brief=made, topic=topic)
            briefs.write_section(
                section=section, version=section.version, text=section.text, details=said, by=by,
                at=at,
            )  # fmt: skip
        work.brief = briefed.one(made.pk)


def _signed(work: Work, circulation: Circulation) -> None:
    """Everybody on its way approves, one after the other."""
    work.rounds.append(circulation)
    for step in circulating.one(circulation.pk).steps.all():
        with acting_as(step.holder):
            turns = circulating.one(circulation.pk).steps.all()
            (turn,) = (one for one in turns if one.pk == step.pk)
            approvals.decide(step=turn, verdict="approved", by=step.holder, at=now())


def _job(work: Work) -> None:
    team, by = work.team, work.team.executive
    with acting_as(by):
        work.job = jobs.open_job(
            account=team.account, brief=briefed.one(work.brief.pk), title=work.title, kind="web",
            live_on=LIVE, made_by=team.maker, client=team.client, by=by, at=now(),
        )  # fmt: skip
        jobs.move_job(
            job=work.job, line="production", old="proposed", new="in_production", by=by, at=now()
        )
