"""Counting back from the live date over working calendars, and forward from today."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.traffic import workback
from kakehashi.traffic.workback import Step

FRIDAY, SATURDAY, MONDAY = dt.date(2026, 5, 1), dt.date(2026, 5, 2), dt.date(2026, 5, 11)


class Weekdays:
    def __init__(self, *off):
        self.off = set(off)

    def is_working_day(self, day):
        return day.weekday() < 5 and day not in self.off


class Never:
    def is_working_day(self, _day):
        return False


GOLDEN_WEEK = Weekdays(*(dt.date(2026, 5, day) for day in (4, 5, 6)))


def step(name, days, *after, calendar=GOLDEN_WEEK):
    return Step(name, days, calendar, frozenset(after))


def test_the_last_task_ends_on_the_last_working_day_before():
    found = workback.back_from(MONDAY, [step("print", 1)])

    assert found["print"] == (dt.date(2026, 5, 8), dt.date(2026, 5, 8))


def test_each_task_ends_before_those_that_wait_for_it_begin():
    plan = [step("layout", 2), step("copy", 1), step("artwork", 3, "layout", "copy")]

    found = workback.back_from(MONDAY, plan)

    assert found["artwork"] == (dt.date(2026, 5, 1), dt.date(2026, 5, 8))  # over Golden Week
    assert found["layout"] == (dt.date(2026, 4, 29), dt.date(2026, 4, 30))
    assert found["copy"] == (dt.date(2026, 4, 30), dt.date(2026, 4, 30))


def test_who_is_away_works_earlier():
    away = Weekdays(*(dt.date(2026, 5, day) for day in (7, 8)))

    assert workback.back_from(MONDAY, [step("print", 1, calendar=away)])["print"][1] == dt.date(
        2026, 5, 6
    )


def test_forward_from_today_what_is_done_is_done():
    plan = [step("layout", 2), step("artwork", 3, "layout"), step("print", 1, "artwork")]

    found = workback.forward_from(SATURDAY, plan, {"layout": FRIDAY})

    assert found["artwork"] == (dt.date(2026, 5, 7), dt.date(2026, 5, 11))
    assert found["print"] == (dt.date(2026, 5, 12), dt.date(2026, 5, 12))


def test_tasks_that_wait_for_each_other_have_no_order():
    with pytest.raises(workback.Circle):
        workback.back_from(MONDAY, [step("a", 1, "b"), step("b", 1, "a")])


def test_who_never_works_has_no_days():
    with pytest.raises(workback.NoDays):
        workback.back_from(MONDAY, [step("a", 1, calendar=Never())])


plans = st.lists(
    st.tuples(st.integers(1, 8), st.sets(st.integers(0, 11), max_size=3)), min_size=1, max_size=12
)


@settings(max_examples=60, deadline=None)
@given(plans)
def test_back_and_forth_agree(rows):
    plan = [
        step(at, days, *(before for before in after if before < at))
        for at, (days, after) in enumerate(rows)
    ]
    back = workback.back_from(MONDAY, plan)
    first = min(begins for begins, _ends in back.values())
    forth = workback.forward_from(first, plan)

    for one in plan:
        begins, ends = back[one.id]
        assert ends < MONDAY
        assert GOLDEN_WEEK.is_working_day(begins)
        assert GOLDEN_WEEK.is_working_day(ends)
        assert all(back[before][1] < begins for before in one.after)
        assert forth[one.id][1] <= ends  # who begins in time is done in time
