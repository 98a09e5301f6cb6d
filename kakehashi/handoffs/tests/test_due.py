"""Until when: at work, before the wish if there is still time."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.base.calendars import Calendar, DaysOff
from kakehashi.base.hours import parse_week
from kakehashi.handoffs import due
from kakehashi.people.models import Absence

TOKYO = ZoneInfo("Asia/Tokyo")
FRIDAY = dt.date(2026, 12, 4)
SATURDAY, THURSDAY = FRIDAY + due.A_DAY, FRIDAY - due.A_DAY


def at(day, hour, minute=0):
    return dt.datetime.combine(day, dt.time(hour, minute), TOKYO)


@pytest.fixture
def ben(cast):
    return cast.ben


def test_a_day_means_its_end(ben):
    assert due.settled(ben, FRIDAY, at(THURSDAY, 10)) == at(FRIDAY, 18, 30)


def test_saturday_means_friday_evening(ben):
    assert due.settled(ben, SATURDAY, at(THURSDAY, 10)) == at(FRIDAY, 18, 30)


def test_on_friday_night_saturday_means_monday_evening(ben):
    assert due.settled(ben, SATURDAY, at(FRIDAY, 20)) == at(SATURDAY + 2 * due.A_DAY, 18, 30)


def test_a_moment_at_work_stays_as_it_was_wished(ben):
    assert due.settled(ben, at(FRIDAY, 15, 20), at(THURSDAY, 10)) == at(FRIDAY, 15, 20)


def test_lunch_is_over_at_one(ben):
    assert due.settled(ben, at(FRIDAY, 12, 30), at(THURSDAY, 10)) == at(FRIDAY, 13)


def test_late_at_night_means_that_evening(ben):
    assert due.settled(ben, at(FRIDAY, 23), at(FRIDAY, 10)) == at(FRIDAY, 18, 30)


def test_who_is_away_has_until_the_evening_before(ben):
    Absence.objects.create(person=ben, starts_on=FRIDAY, ends_on=SATURDAY)

    assert due.settled(ben, FRIDAY, at(THURSDAY, 10)) == at(THURSDAY, 18, 30)


def test_nobody_says_how_long_so_it_is_a_working_day(ben):
    assert due.usual(ben, at(THURSDAY, 10)) == at(FRIDAY, 9, 30) + dt.timedelta(minutes=30)


WEEKS = st.sampled_from(
    [
        ("9:30–12:00, 13:00–18:30",) * 5 + ("", ""),
        ("10:00–15:00",) * 4 + ("",) * 3,
        ("", "22:00–24:00", "", "", "", "6:00–9:00", ""),
    ]
)


@given(
    week=WEEKS,
    start=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31)),  # noqa: DTZ001
    wish=st.timedeltas(dt.timedelta(0), dt.timedelta(days=40)),
    off=st.sets(st.integers(0, 60), max_size=20),
)
def test_whatever_is_wished_is_a_time_at_work_and_to_come(week, start, wish, off):
    start = start.replace(tzinfo=TOKYO)
    days = {(start + n * due.A_DAY).date() for n in off}
    calendar = Calendar(TOKYO, tuple(parse_week(week)), DaysOff(days.__contains__))

    for wished in (start + wish, (start + wish).date()):
        found = due.within(calendar, wished, start)

        assert calendar.is_working(found)
        assert found > start - dt.timedelta(minutes=1)


def test_today_is_a_day_one_can_wish_for(ben):
    today = localdate()

    assert due.settled(ben, today, at(today, 0, 1)) >= at(today, 9, 30)
