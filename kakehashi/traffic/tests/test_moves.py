"""Every pair of states and every role: allowed, or refused with a reason; always with a court."""

from __future__ import annotations

from itertools import product
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Person
from kakehashi.policy.abilities import ABILITIES
from kakehashi.policy.acting import acting_as
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from kakehashi.policy.roles import RoleCode
from kakehashi.traffic import actions, states
from kakehashi.traffic.models import Job, StateChange
from kakehashi.traffic.permission import TO_MOVE, objection_to

ROLES = [*(f"seat:{role}" for role in RoleCode), *(f"role:{role}" for role in RoleCode), "superior"]
PAIRS = [
    (line, old, new) for line, table in states.LINES.items() for old, new in product(table, table)
]


def change(line, old, new, **job):
    """A move of a job that nothing else stands against."""
    over = states.DELIVERED if line == states.BILLING else old
    known = {"production": over, "billing": old if line == states.BILLING else states.APPROVED}
    made = Job(number="J", title="Film", **{**known, **job})
    made.closed_at = now() if made.billing == states.CLOSED else None
    made.__dict__["stood_in"] = new if old == states.ON_HOLD else None
    return StateChange(job=made, account_id=uuid4(), line=line, old=old, new=new)


def may(ability, hat):
    kind, _, code = hat.partition(":")
    known = ABILITIES[ability]
    named = {"seat": known.seats, "role": known.functions, "superior": ()}[kind]
    return code in named or (hat == "superior" and known.superiors)


@pytest.mark.parametrize(("line", "old", "new"), PAIRS)
def test_each_pair_of_states_and_each_role(line, old, new):
    verb = states.verb(line, old, new)
    person, asked = Person(id=uuid4()), change(line, old, new)

    for hat in ROLES:
        no = objection_to(person, asked, frozenset({hat}))
        if verb is None:
            assert "does not go to" in no, hat
        elif old == states.CLOSED:
            assert no, hat
        else:
            assert (no is None) == may(TO_MOVE[verb], hat), (hat, no)


def test_every_state_can_be_left_or_is_an_end():
    ends = {line: {s for s, news in t.items() if not news} for line, t in states.LINES.items()}

    assert ends == {
        states.PRODUCTION: {states.DELIVERED, states.CANCELLED},
        states.BILLING: {states.CLOSED},
    }


def test_in_no_pair_of_states_is_an_open_job_without_a_court():
    pairs = product(states.LINES[states.PRODUCTION], states.LINES[states.BILLING])
    stranded = {pair for pair in pairs if states.is_open(pair[1]) and not states.courts(*pair)}

    assert stranded == set()
    assert states.courts(states.DELIVERED, states.CLOSED) == []


def test_each_verb_is_the_one_of_its_table():
    verbs = {verb for table in states.LINES.values() for m in table.values() for verb in m.values()}

    assert verbs == set(TO_MOVE)


def balls(job):
    found = Handoff.objects.filter(subject_id=job.pk, answered_at=None)
    return {ball.kind.removeprefix("job."): ball.asked_of for ball in found}


def test_a_job_asks_whoever_has_the_move(cast, open_job, move):
    job = open_job(made_by=cast.lena, client=cast.ken)
    assert balls(job) == {"proposed": cast.aki, "not_estimated": cast.aki}

    move(job, "production", "in_production")
    assert balls(job) == {"in_production": cast.lena, "not_estimated": cast.aki}

    move(job, "production", "internal_review")
    move(job, "production", "client_review")
    move(job, "billing", "estimated")
    move(job, "billing", "awaiting_approval")
    assert balls(job) == {"client_review": cast.ken, "awaiting_approval": cast.aki}

    move(job, "billing", "approved")
    move(job, "production", "released")
    assert balls(job) == {"released": cast.aki}

    move(job, "production", "delivered")
    assert balls(job) == {"approved": cast.aki}

    move(job, "billing", "ready_to_bill")
    for state in ("invoiced", "paid", "closed"):
        move(job, "billing", state, by=cast.fumi)
    assert balls(job) == {}


def test_who_leads_the_work_hands_it_on_from_a_department(cast, open_job, move):
    job = open_job(made_by=cast.lena)
    move(job, "production", "in_production")

    move(job, "production", "internal_review", by=cast.lena)

    assert balls(job)["internal_review"] == cast.aki
    with pytest.raises(Refused, match="roles here"):
        move(job, "production", "client_review", by=cast.lena)


def test_a_stop_says_why_and_goes_on_where_it_stood(cast, open_job, move):
    job = open_job()
    move(job, "production", "in_production")

    with pytest.raises(ValidationError, match="Say why"):
        move(job, "production", "on_hold")
    move(job, "production", "on_hold", reason="The budget is frozen.")
    with pytest.raises(Refused, match="In production"):
        move(job, "production", "proposed")
    del job.stood_in
    move(job, "production", "in_production")

    assert job.production == "in_production"


def test_nothing_is_billed_or_closed_while_work_goes_on(cast, open_job, move):
    job = open_job()
    for state in ("estimated", "awaiting_approval", "approved"):
        move(job, "billing", state)

    with pytest.raises(Refused, match="not over yet"):
        move(job, "billing", "ready_to_bill")


def test_of_two_who_move_it_the_second_is_told(cast, open_job, move):
    job = open_job()
    seen_by_ben = Job.objects.select_related("account__lead_office").get(pk=job.pk)
    move(job, "production", "in_production")

    with pytest.raises(Stale, match="Somebody else has moved"), acting_as(cast.ben):
        actions.move_job(
            job=seen_by_ben, line="production", old="proposed", new="in_production",
            by=cast.ben, at=now(),
        )  # fmt: skip


def test_a_closed_job_moves_no_more(cast, open_job, move):
    job = open_job()
    move(job, "production", "cancelled", reason="They changed agencies.")
    move(job, "billing", "unbillable", reason="Nothing was made.")
    move(job, "billing", "closed", by=cast.fumi)

    assert StateChange.objects.filter(job=job).count() == 5
    with pytest.raises(Refused):
        move(job, "billing", "not_estimated")


def test_a_change_after_approval_is_counted_with_its_round(cast, open_job, move):
    job = open_job(client=cast.ken)
    move(job, "production", "in_production")
    with acting_as(cast.aki):
        first = actions.ask_change(
            job=job, text="A blue sky.", asked_by=cast.ken, by=cast.aki, at=now()
        )
    for state in ("internal_review", "client_review"):
        move(job, "production", state)
    for state in ("estimated", "awaiting_approval", "approved"):
        move(job, "billing", state)
    with acting_as(cast.aki):
        second = actions.ask_change(
            job=job, text="A grey sky.", asked_by=cast.ken, by=cast.aki, at=now()
        )
    job.refresh_from_db()

    assert [(r.round, r.after_approval) for r in (first, second)] == [(1, False), (2, True)]
    assert job.production == "in_production"
