"""What a seed decides: names and figures, each subject by itself."""

from __future__ import annotations

import datetime as dt
from itertools import islice

from kakehashi.demo.book import _drawn
from kakehashi.demo.content.companies import COMPANIES
from kakehashi.demo.content.contacts import GIVEN, SURNAMES
from kakehashi.demo.world import World

TODAY = dt.date(2026, 7, 31)


def world(seed):
    return World(TODAY, seed, lambda _stage: None)


def test_names_follow_from_the_seed():
    first, again, other = (
        list(islice(_drawn(world(seed).chance("contacts")), 9)) for seed in (1, 1, 2)
    )

    assert first == again
    assert first != other


def test_no_two_contacts_are_drawn_the_same_name():
    drawn = list(_drawn(world(1).chance("contacts")))

    assert len(set(drawn)) == len(drawn) == len(SURNAMES) * len(GIVEN)


def test_one_subject_s_chance_does_not_shift_another_s():
    mine = world(1)
    mine.chance("contacts").random()

    assert mine.chance("revenue").random() == world(1).chance("revenue").random()


def test_days_and_months_are_counted_from_today():
    assert world(1).day(-31) == dt.date(2026, 6, 30)
    assert world(1).month(1) == dt.date(2026, 6, 1)
    assert world(1).at(TODAY).isoformat() == "2026-07-31T10:00:00+09:00"


def test_company_codes_are_their_own():
    codes = [row.code for row in COMPANIES]

    assert len(set(codes)) == len(codes)
