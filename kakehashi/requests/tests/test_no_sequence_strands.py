"""No sequence of legal acts leaves an open request without a court, or a closed one with one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakehashi.handoffs import actions as balls
from kakehashi.handoffs.models import Handoff
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from kakehashi.requests import actions, states
from kakehashi.requests.models import ClientRequest
from tests import factories as make

PHONE = {"channel": "phone", "evidence": "a call"}
ACTS = {
    "accept": lambda _cast: {},
    "answer": lambda _cast: {"text": "Yes."},
    "ask_back": lambda cast: {"question": "Which?", "of": cast.mei},
    "begin": lambda _cast: {"title": "A brief"},
    "decline": lambda _cast: {"reason": "No."},
    "finish": lambda _cast: {},
    "record_answer": lambda cast: {"text": "Yes.", "answered_by": cast.ken, **PHONE},
    "say": lambda _cast: {"text": "And more."},
    "withdraw": lambda _cast: {},
}
PEOPLE = ("aki", "ben", "dan", "ken", "mei")
acts = st.lists(
    st.tuples(st.sampled_from([*ACTS, "move"]), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
    min_size=1,
    max_size=8,
)


def carry_out(cast, verb, by, to, request, at):
    seen = ClientRequest.objects.select_related("account", "written_by", "kept_by").get(
        pk=request.pk
    )
    if verb == "move":
        for ball in Handoff.objects.filter(subject_id=request.pk, answered_at=None):
            balls.move(ball=ball, to=to, by=by, at=at)
    else:
        getattr(actions, verb)(request=seen, by=by, at=at, **ACTS[verb](cast))


def check(request):
    request.refresh_from_db()
    held = list(Handoff.objects.filter(subject_id=request.pk, answered_at=None))
    assert len(held) == (1 if request.state in states.OPEN else 0), request.state
    for ball in held:
        if request.state != states.ASKED:
            assert ball.is_ours, request.state


@pytest.mark.slow
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sequence=acts)
def test_no_sequence_of_legal_acts_leaves_a_request_without_a_court(cast, write, sequence):
    with transaction.atomic():
        cast.mei = make.contact("Mei", cast.sora).person
        request, at = write(), now()
        check(request)
        for verb, who, whom in sequence:
            at += dt.timedelta(hours=5)
            by, to = getattr(cast, who), getattr(cast, whom)
            try:
                with acting_as(by):
                    carry_out(cast, verb, by, to, request, at)
            except (Refused, ValidationError):
                pass
            check(request)
        transaction.set_rollback(True)


def test_one_of_ours_asks_somebody_else_when_the_first_does_not_answer(cast, write, do):
    mei = make.contact("Mei", cast.sora).person
    request = write()
    do(cast.aki, "ask_back", request, question="Which fair?")

    do(cast.aki, "ask_back", request, question="Which fair?", of=mei)

    (ball,) = Handoff.objects.filter(subject_id=request.pk, answered_at=None)
    assert (ball.asked_of, request.state) == (mei, "asked")


def test_what_waits_for_us_is_not_passed_to_the_client(cast, write):
    write()
    ball = Handoff.objects.get(kind=states.TO_TAKE_UP)

    with pytest.raises(ValidationError, match="waits for our side"), acting_as(cast.aki):
        balls.move(ball=ball, to=cast.ken, by=cast.aki, at=now())
