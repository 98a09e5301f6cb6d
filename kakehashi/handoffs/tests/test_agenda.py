"""Balls in a calendar: what waits for a person, when it is due, under the wall."""

from __future__ import annotations

from django.utils.timezone import localdate

from kakehashi.people import feeds
from kakehashi.policy.acting import acting_as
from tests import factories as make


def due_of(person):
    with acting_as(person):
        return [
            (event.title, event.starts)
            for event in feeds.events_of(person, localdate())
            if event.key.startswith("ball:")
        ]


def test_what_waits_for_somebody_stands_in_their_calendar(cast, ask):
    ball = ask(cast.ben, cast.aki, account=cast.sora)

    assert due_of(cast.aki) == [("Sora: The logo files", ball.due_at)]
    assert due_of(cast.ben) == []


def test_behind_a_wall_it_leaves_the_calendar(cast, ask):
    ask(cast.dan, cast.ben, account=cast.sora)

    make.denial(cast.ben, cast.sora)

    assert due_of(cast.ben) == []
