"""No sequence of legal acts leaves a brief without a court, or asks somebody about what is over."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakehashi.approvals import actions as approvals
from kakehashi.approvals import queries as circulating
from kakehashi.approvals.actions import Stop
from kakehashi.approvals.models import Circulation, Step
from kakehashi.approvals.tasks import go_on
from kakehashi.briefs import actions, queries, states
from kakehashi.briefs.models import Brief, BriefVersion, Section
from kakehashi.handoffs.models import Handoff
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused

WHO = ("aki", "ben", "nao", "ken")
ACTS = ("release", "approve", "return", "back", "withdraw", "send", "write", "object", "settle",
        "drop", "lead", "end")  # fmt: skip
sequences = st.lists(
    st.tuples(st.sampled_from(ACTS), st.sampled_from(WHO)), min_size=4, max_size=10
)


def act(people: dict[str, Any], verb: str, by: Any, brief: Brief, number: int) -> None:
    """One act as a page would carry it out."""
    said = {"by": by, "at": now()}
    if verb == "release":
        route = [Stop(1, people["nao"]), Stop(2, people["ben"])]
        actions.release(brief=brief, route=route, **said)
    elif verb == "send":
        actions.send_to_client(brief=brief, approvers=[people["ken"]], **said)
    elif verb == "write":
        section = Section.objects.select_related("brief").get(brief=brief, topic="background")
        actions.write_section(
            section=section, version=section.version, text=f"Draft {number}", details={}, **said
        )
    elif verb == "object":
        actions.object_to(brief=brief, text="Off.", **said)
    elif verb == "settle":
        for raised in brief.objections.exclude(state="resolved"):
            actions.resolve_objection(objection=raised, **said)
    elif verb == "drop":
        actions.drop(brief=brief, reason="No money.", **said)
    elif verb == "end":
        actions.end_here(brief=brief, reason="No money.", **said)
    elif verb == "lead":
        actions.lead_on(brief=brief, to=people["ben"], **said)
    else:
        _decide(verb, by, brief, said)


def _decide(verb: str, by: Any, brief: Brief, said: dict[str, Any]) -> None:
    versions = BriefVersion.objects.filter(brief=brief).values_list("pk", flat=True)
    for found in circulating.of_versions(queries.KIND, versions)[:1]:
        if verb == "withdraw":
            approvals.withdraw(circulation=found, **said)
            return
        steps = [one for one in found.steps.all() if one.holder_id == by.pk]
        for step in steps:
            if verb == "back":
                approvals.take_back(step=step, **said)
            else:
                verdict = "approved" if verb == "approve" else "returned"
                approvals.decide(step=step, verdict=verdict, note="Why?", **said)


def check(pk: Any) -> None:
    """Each thing that is open has a ball, and nothing that is over has one."""
    brief = Brief.objects.get(pk=pk)
    balls = Handoff.objects.filter(answered_at=None)
    asked = set(balls.values_list("subject_id", flat=True))
    versions = BriefVersion.objects.filter(brief=brief).values_list("pk", flat=True)
    circulations = Circulation.objects.filter(subject_id__in=versions)
    assert (brief.pk in asked) == brief.waits_for_lead, brief.state
    for one in circulations:
        steps = set(Step.objects.filter(circulation=one).values_list("pk", flat=True))
        assert bool(steps & asked) == one.is_open, (one.side, one.state)
    rounds = {(one.side) for one in circulations if one.is_open}
    assert rounds == {states.CHECKING: {"ours"}, states.SIGNING: {"client"}}.get(brief.state, set())
    for raised in brief.objections.all():
        assert (raised.pk in asked) == raised.is_open


@pytest.fixture
def ready(begin, fill):
    """A brief that lacks nothing; each sequence begins with it."""
    return fill(begin())


@pytest.mark.slow
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sequence=sequences)
def test_no_sequence_of_legal_acts_strands_a_brief(cast, team, ready, sequence):
    people = {"aki": cast.aki, "ben": cast.ben, "nao": team.nao, "ken": cast.ken}
    with transaction.atomic():
        for number, (verb, who) in enumerate(sequence):
            by = people[who]
            try:
                with acting_as(by):
                    seen = queries.whole().filter(pk=ready.pk).first()
                    if seen is not None:
                        act(people, verb, by, seen, number)
            except (Refused, ValidationError):
                pass
            for one in Circulation.objects.filter(side="client", state="open"):
                go_on(str(one.pk))
            check(ready.pk)
        transaction.set_rollback(True)
