"""A version goes round: the next is asked and nobody else, four eyes see it, words come back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from kakehashi.approvals import actions, queries, states
from kakehashi.approvals.actions import Stop
from kakehashi.approvals.models import Circulation, Decision
from kakehashi.approvals.tasks import go_on
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Absence
from kakehashi.people.queries.calendars import calendar_of
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make

OPEN = {"subject_kind": "approval", "answered_at": None}


def asked() -> list[str]:
    """Who has a ball now."""
    balls = Handoff.objects.filter(**OPEN).select_related("asked_of").order_by("asked_of__name")
    return [ball.asked_of.name for ball in balls]


def state(circulation) -> str:
    return Circulation.objects.get(pk=circulation.pk).state


def test_only_the_next_is_asked_in_the_name_of_who_sent_it(cast, send, say, paper):
    circulation = send(cast.ben, [cast.dan, cast.emi])
    assert asked() == ["Ben"]

    say(cast.ben, circulation.pk, "approved")
    assert asked() == ["Dan", "Emi"]
    assert {b.asked_by for b in Handoff.objects.filter(subject_kind="approval")} == {cast.aki}

    say(cast.emi, circulation.pk, "approved")
    assert (asked(), state(circulation)) == (["Dan"], states.OPEN)

    say(cast.dan, circulation.pk, "approved")
    assert (asked(), state(circulation)) == ([], states.APPROVED)
    assert paper.settled == ["approved"]


def test_the_answer_is_the_ball_s_and_its_time_counts_working_hours(cast, send, say):
    at = now()
    circulation = send(Stop(1, cast.ben, hours=3), at=at)
    ball = Handoff.objects.get(**OPEN)
    assert ball.due_at == calendar_of(cast.ben).after(at, 3).replace(second=0, microsecond=0)

    say(cast.ben, circulation.pk, "returned", note="Who is it for?")

    ball.refresh_from_db()
    assert (ball.answered_by, ball.answer) == (cast.ben, "Sent back: Who is it for?")
    assert (state(circulation), asked()) == (states.RETURNED, [])


@pytest.mark.parametrize(
    ("route", "said"),
    [
        (("aki",), "Aki has worked on this and cannot approve it"),
        (("ben", "ben"), "asked once"),
        (("ben", "ken"), "first, and then the client"),
        ((), "at least one person"),
    ],
)
def test_a_route_without_four_eyes_is_refused_with_its_reason(cast, send, route, said):
    with pytest.raises(ValidationError, match=said):
        send(*(getattr(cast, who) for who in route))


def test_somebody_who_would_not_see_it_is_not_asked(cast, send):
    with pytest.raises(ValidationError, match="not available for this account"):
        send(cast.chie)


def test_reading_alone_approves_nothing(cast, send):
    with pytest.raises(ValidationError, match="at least one person"):
        send(Stop(1, cast.ben, kind="circulate"))


def test_a_paper_is_read_and_passed_on_like_a_ringi(cast, send, say):
    circulation = send(Stop(1, cast.ben, kind="circulate"), cast.dan)
    with pytest.raises(ValidationError, match="cannot be said"):
        say(cast.ben, circulation.pk, "approved")

    say(cast.ben, circulation.pk, "read")
    assert asked() == ["Dan"]


def test_an_amount_is_approved_by_the_first_whose_limit_reaches_it(cast, send, say):
    route = (Stop(1, cast.ben, limit=Decimal(500)), Stop(2, cast.dan))
    small = send(*route, amount=Decimal(500), currency="JPY")
    assert [step.holder for step in small.steps.all()] == [cast.ben]

    with pytest.raises(ValidationError, match="may approve so much"):
        send(Stop(1, cast.ben, limit=Decimal(500)), amount=Decimal(501), currency="JPY")


def test_whoever_holds_the_role_decides_as_well_and_others_do_not(cast, send, say):
    lee = make.staff("Lee", cast.bureau1, "account_planner")
    noa = make.staff("Noa", cast.bureau1, "account_planner")
    for planner in (lee, noa):
        make.seat(planner, cast.sora, "account_planner")
    circulation = send(Stop(1, lee, role="account_planner"))

    with pytest.raises(Refused, match="not yours"):
        say(cast.ben, circulation.pk, "approved", of=lee)
    decision = say(noa, circulation.pk, "approved", of=lee)

    assert (decision.decided_by, state(circulation)) == (noa, states.APPROVED)
    assert Handoff.objects.get(subject_kind="approval").answered_by == noa


@pytest.mark.parametrize("how", ["named", "absent"])
def test_a_deputy_decides_by_name_or_while_the_other_is_away(cast, send, say, how):
    if how == "absent":
        today = now().date()
        Absence.objects.create(
            person=cast.ben, deputy=cast.dan, starts_on=today - dt.timedelta(days=2),
            ends_on=today + dt.timedelta(days=2),
        )  # fmt: skip
    circulation = send(Stop(1, cast.ben, deputy=cast.dan if how == "named" else None))

    decision = say(cast.dan, circulation.pk, "approved", of=cast.ben)

    assert (decision.decided_by, state(circulation)) == (cast.dan, states.APPROVED)


def test_one_pair_of_eyes_counts_once(cast, send, say):
    circulation = send(Stop(1, cast.ben, deputy=cast.dan), cast.dan)
    say(cast.dan, circulation.pk, "approved", of=cast.ben)

    with pytest.raises(Refused, match="at another step of this already"):
        say(cast.dan, circulation.pk, "approved")


def test_who_wrote_it_does_not_approve_as_a_deputy_either(cast, send, say):
    circulation = send(Stop(1, cast.ben, deputy=cast.aki))

    with pytest.raises(Refused, match="worked on this yourself"):
        say(cast.aki, circulation.pk, "approved", of=cast.ben)


def test_nobody_decides_before_their_turn_twice_or_afterwards(cast, send, say):
    circulation = send(cast.ben, cast.dan)
    with pytest.raises(Refused, match="waits for Ben"):
        say(cast.dan, circulation.pk, "approved")
    say(cast.ben, circulation.pk, "approved")
    with pytest.raises(Refused, match="Ben has decided here already"):
        say(cast.ben, circulation.pk, "approved")
    say(cast.dan, circulation.pk, "returned")
    with pytest.raises(Refused, match="sent back"):
        say(cast.dan, circulation.pk, "approved")


def test_sending_back_takes_words(cast, send, say):
    circulation = send(cast.ben)

    with pytest.raises(ValidationError, match="Say what should change"):
        say(cast.ben, circulation.pk, "returned", note=" ")


def test_a_decision_is_taken_back_within_minutes_and_made_again(cast, send, say, paper):
    circulation = send(cast.ben, cast.dan)
    first = say(cast.ben, circulation.pk, "approved")
    with acting_as(cast.ben):
        actions.take_back(step=first.step, by=cast.ben, at=now())
    assert (asked(), state(circulation)) == (["Ben"], states.OPEN)

    second = say(cast.ben, circulation.pk, "returned")
    assert (second.follows, state(circulation)) == (first, states.RETURNED)
    with acting_as(cast.ben):
        actions.take_back(step=second.step, by=cast.ben, at=now())
    assert (asked(), state(circulation)) == (["Ben"], states.OPEN)
    assert paper.settled == ["returned", "open"]


@pytest.mark.parametrize(
    ("hindrance", "said"),
    [("later", "Dan has decided after you"), ("old", "within 15 minutes"), ("built", "A job")],
)
def test_a_decision_stands_once_somebody_built_on_it(cast, send, say, paper, hindrance, said):
    circulation = send(cast.ben, cast.dan)
    decision = say(cast.ben, circulation.pk, "approved")
    if hindrance == "later":
        say(cast.dan, circulation.pk, "approved")
    elif hindrance == "old":
        Decision.objects.filter(pk=decision.pk).update(at=now() - dt.timedelta(minutes=16))
    else:
        paper.built_on = "A job is open on it."

    with pytest.raises(Refused, match=said), acting_as(cast.ben):
        actions.take_back(step=decision.step, by=cast.ben, at=now())


def test_what_is_withdrawn_or_overtaken_asks_nobody_any_more(cast, send, say):
    withdrawn, overtaken, done = send(cast.ben), send(cast.ben), send(cast.ben)
    say(cast.ben, done.pk, "approved")
    with acting_as(cast.aki):
        actions.withdraw(circulation=withdrawn, by=cast.aki, at=now(), reason="Not needed.")
        for one in (overtaken, done):
            actions.overtake(
                kind=one.subject_kind, versions=[one.subject_id], by=cast.aki, at=now(),
                reason="Version 2",
            )  # fmt: skip

    assert asked() == []
    assert [state(one) for one in (withdrawn, overtaken, done)] == [
        states.WITHDRAWN, states.OVERTAKEN, states.OVERTAKEN,
    ]  # fmt: skip
    for one, said in ((withdrawn, "withdrawn"), (overtaken, "newer version")):
        with pytest.raises(Refused, match=said):
            say(cast.ben, one.pk, "approved")


def test_a_version_goes_round_once_at_a_time(cast, send):
    first = send(cast.ben)

    with pytest.raises(ValidationError, match="going round already"):
        send(cast.dan, id=first.subject_id)


def test_the_client_decides_in_the_portal_and_the_next_is_asked_by_a_task(cast, send, say, mari):
    circulation = send(cast.ken, mari)
    assert asked() == ["Ken"]

    say(cast.ken, circulation.pk, "approved")
    assert asked() == ["Ken"], "until the task has run the ball stays where it is"
    go_on(str(circulation.pk))
    go_on(str(circulation.pk))
    assert asked() == ["Mari"]
    answered = Handoff.objects.get(subject_kind="approval", outcome="answered")
    assert (answered.answered_by, answered.recorded_by) == (cast.ken, cast.ken)

    say(mari, circulation.pk, "approved")
    go_on(str(circulation.pk))
    assert (asked(), state(circulation)) == ([], states.APPROVED)


def test_the_client_takes_back_within_minutes_as_well(cast, send, say, mari):
    circulation = send(cast.ken, mari)
    decision = say(cast.ken, circulation.pk, "approved")
    go_on(str(circulation.pk))
    with acting_as(cast.ken):
        actions.take_back(step=decision.step, by=cast.ken, at=now())
    go_on(str(circulation.pk))

    assert asked() == ["Ken"]


def test_what_the_client_said_by_phone_is_written_down_with_what_shows_it(cast, send, say, mari):
    circulation = send(mari)
    step = circulation.steps.get()
    said = {"step": step, "verdict": "approved", "channel": "phone", "by": cast.aki}
    with pytest.raises(ValidationError, match="Say what shows it"), acting_as(cast.aki):
        actions.record(**said, evidence=" ", at=now())
    with acting_as(cast.aki):
        decision = actions.record(**said, evidence="call of 14:05", at=now())

    assert (decision.decided_by, decision.recorded_by) == (mari, cast.aki)
    assert state(circulation) == states.APPROVED
    ball = Handoff.objects.get(subject_kind="approval")
    assert (ball.answered_by, ball.recorded_by, ball.evidence) == (mari, cast.aki, "call of 14:05")


def test_nobody_writes_down_what_our_own_people_decide(cast, send):
    circulation = send(cast.ben)

    with pytest.raises(Refused, match="decide here themselves"), acting_as(cast.aki):
        actions.record(
            step=circulation.steps.get(), verdict="approved", channel="phone", evidence="a call",
            by=cast.aki, at=now(),
        )  # fmt: skip


def test_the_client_sees_their_own_round_and_nothing_of_ours(cast, send, mari):
    ours, theirs = send(cast.ben), send(cast.ken)

    with acting_as(cast.ken):
        assert [one.pk for one in Circulation.objects.all()] == [theirs.pk]
        assert [step.holder_id for step in queries.one(theirs.pk).steps.all()] == [cast.ken.pk]
    with acting_as(cast.chie):
        assert not Circulation.objects.filter(pk__in=[ours.pk, theirs.pk]).exists()


@pytest.mark.parametrize("field", ["digest", "subject_id", "authors"])
def test_what_went_round_is_never_another_version(cast, send, field):
    circulation = send(cast.ben)
    value = {"digest": "1" * 64, "subject_id": cast.sora.pk, "authors": []}[field]

    with (
        pytest.raises(DatabaseError, match="written later"),
        acting_as(cast.aki),
        transaction.atomic(),
    ):
        Circulation.objects.filter(pk=circulation.pk).update(**{field: value})


def test_decisions_are_not_rewritten(cast, send, say):
    circulation = send(cast.ben)
    say(cast.ben, circulation.pk, "approved")

    with pytest.raises(DatabaseError, match="permission denied"), acting_as(cast.ben):
        Decision.objects.update(verdict="returned")
