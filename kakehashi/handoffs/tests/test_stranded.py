"""A ball never waits for somebody who cannot answer it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.timezone import localdate

from kakehashi.clients.models import Seat
from kakehashi.handoffs import queries
from kakehashi.handoffs.models import Handoff
from kakehashi.handoffs.tasks import find_stranded, pass_stranded
from kakehashi.people import holdings
from kakehashi.policy.acting import acting_as, acting_as_system
from tests import factories as make

YESTERDAY = dt.timedelta(days=1)


def holder_now():
    return Handoff.objects.get(answered_at=None).asked_of


def test_behind_a_new_wall_it_goes_to_whoever_leads(cast, ask):
    ball = ask(cast.dan, cast.ben, account=cast.sora)
    make.denial(cast.ben, cast.sora)

    pass_stranded(str(ball.pk))

    assert holder_now() == cast.aki
    old = Handoff.objects.get(pk=ball.pk)
    assert (old.outcome, old.answered_by) == ("moved", cast.aki)


def test_when_a_seat_ends_it_goes_to_whoever_asked_if_nobody_leads(cast, ask):
    ball = ask(cast.dan, cast.aki, account=cast.sora)
    Seat.objects.filter(person=cast.aki).update(ends_on=localdate() - YESTERDAY)

    pass_stranded(str(ball.pk))

    assert holder_now() == cast.dan


def test_what_can_be_answered_stays(cast, ask):
    ball = ask(cast.aki, cast.ben, account=cast.sora)

    pass_stranded(str(ball.pk))

    assert holder_now() == cast.ben


def test_what_a_person_who_left_had_without_an_account_comes_back(cast, ask):
    ball = ask(cast.aki, cast.ben)
    cast.ben.employments.update(ends_on=localdate() - 2 * YESTERDAY)

    with acting_as_system("pass_stranded"):
        assert queries.stranded() == [ball.pk]
    pass_stranded(str(ball.pk))

    assert holder_now() == cast.aki


def test_where_nobody_can_answer_it_says_so(cast, ask, caplog):
    ball = ask(cast.aki, cast.ben)
    for person in (cast.aki, cast.ben):
        person.employments.update(ends_on=localdate() - 2 * YESTERDAY)

    pass_stranded(str(ball.pk))

    assert "nobody else can" in caplog.text
    assert holder_now() == cast.ben


@pytest.mark.django_db(transaction=True)
def test_they_are_looked_for_and_passed_on_each_by_itself(cast, ask):
    from procrastinate.contrib.django.models import ProcrastinateJob

    ball = ask(cast.dan, cast.ben, account=cast.sora)
    make.denial(cast.ben, cast.sora)

    find_stranded(0)

    jobs = ProcrastinateJob.objects.filter(task_name="handoffs.pass_stranded")
    assert [job.args for job in jobs] == [{"ball_id": str(ball.pk)}]


def test_who_leaves_hands_their_balls_over_first(cast, ask):
    ask(cast.aki, cast.ben, title="The estimate", account=cast.sora)

    with acting_as(cast.hana):
        held = [str(thing) for thing in holdings.of_person(cast.ben, localdate())]

    assert "Waits for them: The estimate" in held
