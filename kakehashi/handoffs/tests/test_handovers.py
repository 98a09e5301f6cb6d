"""A handover waits for both who confirm it, and takes along what its seat's holder had open."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.timezone import localdate, now

from kakehashi.clients import actions as clients
from kakehashi.clients import leaving
from kakehashi.handoffs import queries
from kakehashi.handoffs.handovers import GIVE, SUBJECT, TAKE
from kakehashi.handoffs.models import Handoff
from kakehashi.notify.models import Notification
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as, acting_as_system
from kakehashi.policy.engine import objection
from tests import factories as make

SOON = localdate() + dt.timedelta(days=20)


@pytest.fixture
def handover(cast):
    """Aki's seat is to move to Lena, who does not see the account yet."""
    return propose(cast)


def propose(cast, on=SOON):
    with acting_as(cast.aki):
        seat = cast.sora.seats.get(person=cast.aki)
        return clients.propose_handover(seat=seat, receiver=cast.lena, on=on, by=cast.aki, at=now())


def confirm(handover, by):
    with acting_as(by):
        clients.confirm_handover(handover=handover, by=by, at=now())


def waiting(person):
    with acting_as(person):
        return [(ball.kind, ball.path) for ball in queries.waiting_for(person)]


def told(person):
    with acting_as(person):
        return list(Notification.objects.filter(person=person).values_list("kind", flat=True))


def test_both_sides_are_asked_and_the_receiver_is_told_before_seeing_the_account(cast, handover):
    path = f"/handovers/{handover.pk}/"

    assert waiting(cast.aki) == [(GIVE, path)]
    assert waiting(cast.lena) == [(TAKE, path)]
    assert told(cast.lena) == ["handoffs.asked"]
    assert localdate(Handoff.objects.get(kind=TAKE).due_at) >= SOON


def test_each_answers_by_confirming(cast, handover):
    confirm(handover, cast.lena)
    assert (waiting(cast.lena), len(waiting(cast.aki))) == ([], 1)
    assert told(cast.aki) == ["handoffs.answered"]

    confirm(handover, cast.aki)
    assert waiting(cast.aki) == []
    outcomes = Handoff.objects.filter(subject_id=handover.pk).values_list("outcome", "answered_by")
    assert set(outcomes) == {("answered", cast.aki.pk), ("answered", cast.lena.pk)}


def test_a_handover_for_today_is_answered_though_the_giver_sees_no_more(cast):
    handover = propose(cast, on=localdate())

    for side in (cast.lena, cast.aki):
        confirm(handover, side)

    assert not queries.open_balls().filter(subject_kind=SUBJECT).exists()


def test_what_is_withdrawn_waits_for_nobody(cast, handover):
    with acting_as(cast.aki):
        clients.withdraw_handover(handover=handover, by=cast.aki, at=now())

    assert set(Handoff.objects.values_list("outcome", flat=True)) == {"taken_back"}


def test_nor_does_one_of_somebody_who_has_left(cast, handover):
    with acting_as_system("settle_departure"):
        leaving.settle(cast.lena, localdate())

    assert set(Handoff.objects.values_list("outcome", flat=True)) == {"taken_back"}


def test_a_receiver_who_is_walled_off_meanwhile_has_nothing_and_was_told_nothing(
    client, cast, handover
):
    make.denial(cast.lena, cast.sora)
    Person.objects.filter(pk=cast.lena.pk).update(language="en")
    client.force_login(cast.lena.login_row)

    assert (waiting(cast.lena), told(cast.lena)) == ([], [])
    assert "Sora" not in client.get("/").content.decode()
    assert client.get(f"/balls/{Handoff.objects.get(kind=TAKE).pk}/").status_code == 404


def test_only_the_receiver_of_those_who_do_not_see_the_account_finds_the_ball(cast, handover):
    seen = {
        name: len(balls_seen(getattr(cast, name))) for name in ("aki", "ben", "chie", "ken", "lena")
    }

    assert seen == {"aki": 2, "ben": 2, "chie": 0, "ken": 0, "lena": 1}


def balls_seen(person):
    with acting_as(person):
        return list(Handoff.objects.all())


def test_nobody_passes_it_on_nor_does_the_task(cast, handover):
    ball = Handoff.objects.get(kind=TAKE)

    with acting_as(cast.aki):
        assert "Nobody else" in objection(cast.aki, "handoffs.move", ball)
    with acting_as_system("pass_stranded"):
        assert ball.pk not in queries.stranded()


def test_the_sheet_lists_what_the_giver_has_and_waits_for_but_nothing_private(cast, ask):
    ask(cast.aki, cast.ken, account=cast.sora, title="Logo files")
    ask(cast.ben, cast.aki, account=cast.sora, title="Estimate")
    ask(cast.ben, cast.aki, account=cast.sora, title="Rumour", private=True)
    ask(cast.ben, cast.dan, account=cast.sora, title="Between others")
    ask(cast.ben, cast.aki, title="On no account")

    balls = propose(cast).sheet["balls"]

    assert {(ball["title"], ball["mine"]) for ball in balls} == {
        ("Logo files", False),
        ("Estimate", True),
    }


def test_the_sheet_shows_them_on_its_page(client, cast, ask):
    ask(cast.ben, cast.aki, account=cast.sora, title="Estimate")
    handover = propose(cast)
    Person.objects.filter(pk=cast.lena.pk).update(language="en")
    client.force_login(cast.lena.login_row)

    shown = client.get(f"/handovers/{handover.pk}/").content.decode()

    assert "What waits" in shown
    assert "Estimate" in shown
