"""A client brief on Sora, who may write in it and who approves it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from django.utils.timezone import now

from kakehashi.approvals import actions as approvals
from kakehashi.approvals import queries as circulating
from kakehashi.approvals.actions import Stop
from kakehashi.approvals.tasks import go_on
from kakehashi.briefs import actions, queries
from kakehashi.briefs.models import Brief, Section
from kakehashi.policy.acting import acting_as
from tests import factories as make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kakehashi.briefs.models import Template
    from kakehashi.people.models import Person

DAY = dt.date(2030, 4, 1)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@dataclass
class Team:
    """Besides the cast: Nao plans, Cora directs the creatives, Mio coordinates; Mari leads Ken."""

    nao: Person
    cora: Person
    mio: Person
    mari: Person


@pytest.fixture
def team(cast) -> Team:
    nao = make.staff("Nao", cast.bureau1, "account_planner")
    cora = make.staff("Cora", cast.bureau1, "creative_director")
    mio = make.staff("Mio", cast.bureau1, "coordinator")
    for person, role in (
        (nao, "account_planner"),
        (cora, "creative_director"),
        (mio, "coordinator"),
        (cast.ben, "account_supervisor"),
    ):
        make.seat(person, cast.sora, role)
    return Team(nao, cora, mio, make.contact("Mari", cast.sora).person)


@pytest.fixture
def templates(cast) -> dict[str, Template]:
    with acting_as(cast.hana):
        return {one.kind: one for one in actions.begin_with_usual(by=cast.hana)}


@pytest.fixture
def begin(cast, templates) -> Callable[..., Brief]:
    """begin() has Aki begin the client brief of the spring; begin("creative") the other one."""

    def begun(kind: str = "client", *, by: Person | None = None, **more: Any) -> Brief:
        by = by or cast.aki
        with acting_as(by):
            made = actions.begin(
                account=cast.sora, template=templates[kind], by=by, at=now(),
                **{"title": "Spring", "language": "en", **more},
            )  # fmt: skip
        return Brief.objects.get(pk=made.pk)

    return begun


@pytest.fixture
def write(cast) -> Callable[..., Section]:
    """write(brief, "audience", "Young parents") has Aki write a section, as it stands now."""

    def written(
        brief: Brief, topic: str, text: str = "", *, by: Person | None = None, **details: Any
    ) -> Section:
        by = by or cast.aki
        with acting_as(by):
            section = Section.objects.select_related("brief").get(brief=brief, topic=topic)
            return actions.write_section(
                section=section, version=section.version, text=text, details=details, by=by,
                at=now(),
            )  # fmt: skip

    return written


@pytest.fixture
def fill(cast, team) -> Callable[[Brief], Brief]:
    """Have everything stand in a brief that it needs, in Aki's hand."""

    def filled(brief: Brief) -> Brief:
        said: dict[str, tuple[str, dict[str, Any]]] = {
            "objective": ("Be known.", {
                "metric": "Awareness", "sort": "communication", "baseline": "20 %",
                "target": "35 %", "by_on": DAY.isoformat(),
            }),
            "audience": ("Parents of small children who buy tea on the way home.", {}),
            "budget": ("", {"most": "5000000", "currency": "JPY", "covers": "Production, media"}),
            "timing": ("", {"live_on": DAY.isoformat()}),
            "measure": ("A survey before and after.", {"metric": "awareness"}),
            "approvers": ("", {"people": [str(cast.ken.pk), str(team.mari.pk)]}),
            "proposition": ("Ten minutes that are yours.", {}),
        }  # fmt: skip
        sections = [one for one in brief.sections.all() if one.topic in said]
        for one in sections:
            one.text, one.details = said[one.topic]
            one.written_by, one.written_at = cast.aki, now()
            one.version += 1
        fields = ["text", "details", "written_by", "written_at", "version"]
        Section.objects.bulk_update(sections, fields)
        return Brief.objects.get(pk=brief.pk)

    return filled


@pytest.fixture
def release(cast, team) -> Callable[..., Any]:
    """Aki sends a brief to the planner, and then to the creative director or to Ben."""

    def released(brief: Brief, *people: Person, by: Person | None = None) -> Any:
        by = by or cast.aki
        second = team.cora if brief.kind == "creative" else cast.ben
        route = [Stop(n, who) for n, who in enumerate(people or (team.nao, second), start=1)]
        with acting_as(by):
            return actions.release(brief=brief, route=route, by=by, at=now())

    return released


@pytest.fixture
def decide() -> Callable[..., None]:
    """decide(circulation, nao, "approved"); what a client's contact decides is carried on."""

    def decided(circulation: Any, by: Person, verdict: str = "approved", note: str = "") -> None:
        with acting_as(by):
            found = circulating.one(circulation.pk)
            step = next(s for s in found.steps.all() if s.holder_id == by.pk)
            approvals.decide(step=step, verdict=verdict, note=note, by=by, at=now())
        if not by.is_ours:
            go_on(str(circulation.pk))

    return decided


@pytest.fixture
def accepted(cast, team, begin, fill, release, decide) -> Brief:
    """A client brief that everybody has approved."""
    brief = fill(begin())
    ours = release(brief)
    for person in (team.nao, cast.ben):
        decide(ours, person)
    with acting_as(cast.aki):
        theirs = actions.send_to_client(
            brief=brief, approvers=[cast.ken, team.mari], by=cast.aki, at=now()
        )
    for person in (cast.ken, team.mari):
        decide(theirs, person)
    return queries.whole().get(pk=brief.pk)
