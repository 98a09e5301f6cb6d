"""Courts: what somebody looks after, on an account, under a leader."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.timezone import localdate, now

from kakehashi.handoffs import actions, queries
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Absence
from kakehashi.policy.acting import acting_as
from tests import factories as make

DAY = dt.timedelta(days=1)


def courts_of(person, at=None):
    with acting_as(person):
        found = queries.courts(queries.looked_after(person), at or now())
    return {court.name: [ball.title for ball in court.balls] for court in found}


@pytest.fixture
def day(cast, ask):
    """Ben asks Aki, Aki asks Ken; Chie and Emi have something that is not Aki's business."""
    ask(cast.ben, cast.aki, title="The estimate", account=cast.sora)
    ask(cast.aki, cast.ken, title="The logo", account=cast.sora)
    ask(cast.aki, cast.emi, title="Leave")
    ask(cast.chie, cast.emi, title="Secret", account=cast.rival)
    return cast


def test_an_executive_has_what_they_hold_asked_and_look_after(day):
    courts = courts_of(day.aki)

    assert courts["late"] == []
    assert sorted(courts["ours"]) == ["Leave", "The estimate"]  # in the evening due alike
    assert courts["theirs"] == ["The logo"]


def test_what_is_late_stands_by_itself_whoever_has_it(day):
    late = courts_of(day.aki, now() + 14 * DAY)

    assert sorted(late["late"]) == ["Leave", "The estimate", "The logo"]
    assert (late["ours"], late["theirs"]) == ([], [])


def test_what_is_more_urgent_stands_first(cast, ask):
    ask(cast.ben, cast.aki, title="Later", due_at=now() + 20 * DAY)
    ask(cast.ben, cast.aki, title="Sooner", due_at=now() + 10 * DAY)

    assert courts_of(cast.aki)["ours"] == ["Sooner", "Later"]


def test_what_is_answered_stands_nowhere(day):
    with acting_as(day.aki):
        ball = Handoff.objects.get(title="The estimate")
        actions.answer(ball=ball, answer="Done.", by=day.aki, at=now())

    assert courts_of(day.aki)["ours"] == ["Leave"]


def test_a_deputy_has_the_court_of_somebody_away(day):
    today = localdate()
    Absence.objects.create(person=day.aki, deputy=day.dan, starts_on=today, ends_on=today)

    assert courts_of(day.dan)["ours"] == ["The estimate"]
    with acting_as(day.dan):
        assert [absence.person for absence in queries.deputised()] == [day.aki]


@pytest.mark.parametrize("at_once", [2_000, 3])
def test_courts_are_counted_to_an_end(cast, ask, monkeypatch, at_once):
    monkeypatch.setattr(queries, "COUNTED", 2)
    monkeypatch.setattr(queries, "TOLD_APART", at_once)
    for n in range(4):
        ask(cast.ben, cast.aki, title=f"No. {n}", due_at=now() + (10 + n) * DAY)

    with acting_as(cast.aki):
        ours = queries.courts(queries.looked_after(cast.aki), now(), shown=1)[1]

    assert (len(ours.balls), ours.count, ours.more) == (1, 2, True)


@pytest.fixture(params=["all of few", "the most urgent of many"])
def _led(request, monkeypatch):
    """Everybody below is counted where they are few; of very many, who holds the oldest balls."""
    if request.param != "all of few":
        monkeypatch.setattr(queries, "MANY", 0)


def test_of_nothing_every_court_is_empty(cast):
    with acting_as(cast.aki):
        found = queries.courts([queries.open_balls().filter(pk__in=[])] * 3, now())

    assert [(court.balls, court.count, court.more) for court in found] == [([], 0, False)] * 3


@pytest.mark.usefixtures("_led")
def test_a_supervisor_finds_what_is_late_under_them(day):
    with acting_as(day.ben):
        found = queries.under(now() + 14 * DAY)

    assert [(share.of, share.late, share.open) for share in found.people] == [(day.aki, 1, 1)]
    assert [(share.of, share.late) for share in found.accounts] == [(day.sora, 2)]


@pytest.mark.usefixtures("_led")
def test_who_has_most_that_is_late_stands_first(cast, ask):
    ask(cast.ben, cast.aki, title="Longest late", account=cast.sora, due_at=now() + DAY)
    ask(cast.aki, cast.ben, title="Late", account=cast.sora, due_at=now() + 2 * DAY)
    ask(cast.aki, cast.ben, title="Late as well", account=cast.sora, due_at=now() + 3 * DAY)
    ask(cast.aki, cast.ben, title="Not yet", account=cast.sora, due_at=now() + 9 * DAY)

    with acting_as(cast.dan):
        found = queries.under(now() + 5 * DAY)

    assert [(share.of, share.late, share.open) for share in found.people] == [
        (cast.ben, 2, 3),
        (cast.aki, 1, 1),
    ]


def test_only_what_is_late_longest_is_told_apart(day, monkeypatch):
    monkeypatch.setattr(queries, "LOOKED_AT", 1)

    with acting_as(day.ben):
        found = queries.under(now() + 14 * DAY)

    assert (found.late, found.more) == (1, True)
    assert [(share.of, share.late) for share in found.accounts] == [(day.sora, 1)]


@pytest.mark.usefixtures("_led")
def test_a_leader_finds_nothing_behind_a_wall(day):
    make.denial(day.emi, day.rival)

    with acting_as(day.emi):
        found = queries.under(now() + 14 * DAY)

    assert [share.of for share in found.accounts] == [day.sora]


def test_how_quickly_both_sides_answer(day):
    with acting_as(day.aki):
        ball = Handoff.objects.get(title="The estimate")
        actions.answer(ball=ball, answer="Done.", by=day.aki, at=ball.asked_at + 2 * DAY)
        pace = queries.pace([day.sora.pk], now() + 2 * DAY)

    assert pace == queries.Pace(ours=2.0, theirs=None)


def test_an_account_shows_everything_open_on_it_the_most_urgent_first(cast, ask):
    ask(cast.aki, cast.ken, title="The logo", account=cast.sora, due_at=now() + 20 * DAY)
    ask(cast.ben, cast.aki, title="The estimate", account=cast.sora, due_at=now() + 10 * DAY)

    with acting_as(cast.aki):
        balls, count = queries.of_account(cast.sora, shown=1)

    assert ([ball.title for ball in balls], count) == (["The estimate"], 2)
