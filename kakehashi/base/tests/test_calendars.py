"""Working time: hours later, hours between, never outside of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import FrozenInstanceError
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.base.calendars import (
    LONGEST,
    Calendar,
    Closure,
    DaysOff,
    NoWorkingTime,
    Pattern,
)
from kakehashi.base.hours import MINUTES, parse_week
from kakehashi.base.public_days import PublicDays

TOKYO, LONDON = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/London")
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)
USUAL = parse_week(["9:30-12:00, 13:00-18:30"] * 5 + ["", ""])
NOTHING = ((),) * 7
OFFICE = Calendar(TOKYO, USUAL, DaysOff(PublicDays("JP")))


def tokyo(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def london(text, fold=0):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


def told(at, zone=TOKYO):
    return at.astimezone(zone).replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")


# An ordinary week in Tokyo


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-10-05 10:00", 1, "2026-10-05 11:00"),
        ("2026-10-05 11:00", 2, "2026-10-05 14:00"),
        ("2026-10-05 17:00", 2, "2026-10-06 10:00"),
        ("2026-10-05 10:00", 8, "2026-10-06 10:00"),
        ("2026-10-05 07:00", 0, "2026-10-05 09:30"),
        ("2026-10-05 07:00", Decimal("0.5"), "2026-10-05 10:00"),
        ("2026-10-05 12:15", 1, "2026-10-05 14:00"),
        ("2026-10-05 21:00", 8, "2026-10-06 18:30"),
        ("2026-10-09 18:00", 1, "2026-10-13 10:00"),
        ("2026-10-10 12:00", 8, "2026-10-13 18:30"),
    ],
)
def test_hours_count_from_the_next_moment_of_work(start, hours, due):
    """10 October 2026 is a Saturday, the Monday after it is スポーツの日."""
    assert told(OFFICE.after(tokyo(start), hours)) == due


def test_a_day_of_hours_ends_at_closing_time_and_not_the_next_morning():
    assert told(OFFICE.after(tokyo("2026-10-05 09:30"), 8)) == "2026-10-05 18:30"


def test_moments_come_back_in_utc():
    assert OFFICE.after(tokyo("2026-10-05 10:00"), 1).tzinfo is dt.UTC


def test_at_closing_time_they_are_still_there_and_a_minute_later_no_more():
    closing = tokyo("2026-10-05 18:30")

    assert OFFICE.is_working(closing)
    assert not OFFICE.is_working(closing + MINUTE)
    assert not OFFICE.is_working(tokyo("2026-10-05 12:30"))
    assert not OFFICE.is_working(tokyo("2026-10-05 09:29"))
    assert OFFICE.is_working(tokyo("2026-10-05 09:30"))


def test_who_works_until_midnight_is_there_at_midnight():
    late = Calendar(TOKYO, parse_week(["18:00-24:00", "", "", "", "", "", ""]))
    midnight = tokyo("2026-10-06 00:00")

    assert late.is_working(midnight)
    assert late.after(tokyo("2026-10-05 18:00"), 6) == midnight == late.next_working(midnight)


def test_the_next_moment_of_work():
    assert told(OFFICE.next_working(tokyo("2026-10-05 15:00"))) == "2026-10-05 15:00"
    assert told(OFFICE.next_working(tokyo("2026-10-05 12:30"))) == "2026-10-05 13:00"
    assert told(OFFICE.next_working(tokyo("2026-10-09 20:00"))) == "2026-10-13 09:30"


def test_the_end_of_a_day_off_is_that_of_the_next_working_day():
    assert told(OFFICE.end_of_day(dt.date(2026, 10, 9))) == "2026-10-09 18:30"
    assert told(OFFICE.end_of_day(dt.date(2026, 10, 10))) == "2026-10-13 18:30"


def test_working_days_are_counted_without_the_first_and_with_the_last():
    thursday, wednesday = dt.date(2026, 10, 8), dt.date(2026, 10, 14)

    assert OFFICE.working_days_between(thursday, wednesday) == 3
    assert OFFICE.working_days_between(wednesday, thursday) == -3
    assert OFFICE.working_days_between(thursday, thursday) == 0


def test_hours_between_two_moments_leave_out_nights_lunch_and_holidays():
    friday, tuesday = tokyo("2026-10-09 11:00"), tokyo("2026-10-13 13:30")

    assert OFFICE.hours_between(friday, tuesday) == Decimal("9.5")
    assert OFFICE.hours_between(tuesday, friday) == Decimal("-9.5")
    assert OFFICE.hours_between(tokyo("2026-10-10 00:00"), tokyo("2026-10-12 23:00")) == 0


# Days off, absences, other weeks


def test_an_absence_is_no_working_time_of_that_person():
    away = Calendar(TOKYO, USUAL, absences=((dt.date(2026, 10, 6), dt.date(2026, 10, 7)),))

    assert told(away.after(tokyo("2026-10-05 17:30"), 2)) == "2026-10-08 10:30"
    assert not away.is_working_day(dt.date(2026, 10, 7))


def test_short_hours_hold_from_their_first_day_to_their_last():
    short = parse_week(["10:00-16:00"] * 4 + ["", "", ""])
    pattern = Pattern((dt.date(2026, 10, 5), dt.date(2026, 10, 9)), short)
    calendar = Calendar(TOKYO, USUAL, patterns=(pattern,))

    assert told(calendar.end_of_day(dt.date(2026, 10, 2))) == "2026-10-02 18:30"
    assert told(calendar.end_of_day(dt.date(2026, 10, 5))) == "2026-10-05 16:00"
    assert told(calendar.end_of_day(dt.date(2026, 10, 9))) == "2026-10-12 18:30"


def test_short_hours_for_good_go_on():
    pattern = Pattern((dt.date(2026, 10, 5), None), parse_week(["10:00-16:00"] * 7))

    calendar = Calendar(TOKYO, USUAL, patterns=(pattern,))

    assert told(calendar.end_of_day(dt.date(2036, 10, 5))) == "2036-10-05 16:00"


def test_a_yearly_closure_spans_the_turn_of_every_year_from_its_first():
    new_year = Closure(dt.date(2025, 12, 29), dt.date(2026, 1, 3), yearly=True)

    covered = [dt.date(2026, 1, 3), dt.date(2026, 12, 29), dt.date(2030, 1, 1)]
    assert [new_year.covers(day) for day in covered] == [True, True, True]
    outside = [dt.date(2024, 12, 30), dt.date(2026, 1, 4), dt.date(2026, 12, 28)]
    assert [new_year.covers(day) for day in outside] == [False, False, False]


def test_a_yearly_29th_of_february_is_the_last_of_the_month_in_other_years():
    founding = Closure(dt.date(2024, 2, 29), dt.date(2024, 2, 29), yearly=True)

    assert founding.covers(dt.date(2025, 2, 28))
    assert founding.covers(dt.date(2028, 2, 29))
    assert not founding.covers(dt.date(2028, 2, 28))


def test_a_closure_of_one_summer_does_not_come_back():
    summer = Closure(dt.date(2026, 8, 12), dt.date(2026, 8, 14))

    assert summer.covers(dt.date(2026, 8, 13))
    assert not summer.covers(dt.date(2027, 8, 13))
    with pytest.raises(ValueError, match="before it begins"):
        Closure(dt.date(2026, 8, 14), dt.date(2026, 8, 12))


def test_the_next_time_of_a_closure_is_known():
    new_year = Closure(dt.date(2025, 12, 29), dt.date(2026, 1, 3), yearly=True)
    summer = Closure(dt.date(2027, 8, 12), dt.date(2027, 8, 14))

    assert new_year.coming(dt.date(2020, 1, 1)) == (new_year.first, new_year.last)
    assert new_year.coming(dt.date(2027, 1, 2)) == (dt.date(2026, 12, 29), dt.date(2027, 1, 3))
    assert new_year.coming(dt.date(2027, 1, 4)) == (dt.date(2027, 12, 29), dt.date(2028, 1, 3))
    assert summer.coming(dt.date(2020, 1, 1)) == (summer.first, summer.last)
    assert summer.coming(dt.date(2027, 8, 15)) is None


def test_public_holidays_and_closures_count_together():
    off = DaysOff(PublicDays("JP"), (Closure(dt.date(2026, 10, 1), dt.date(2026, 10, 1)),))

    assert off(dt.date(2026, 10, 1))
    assert off(dt.date(2026, 10, 12))
    assert not off(dt.date(2026, 10, 2))


# Nothing to be found


def test_who_never_works_is_told_so_at_once_and_not_searched_for_ever():
    nobody = Calendar(TOKYO, NOTHING)

    for ask in (
        lambda: nobody.after(tokyo("2026-10-05 10:00"), 1),
        lambda: nobody.next_working(tokyo("2026-10-05 10:00")),
        lambda: nobody.end_of_day(dt.date(2026, 10, 5)),
    ):
        with pytest.raises(NoWorkingTime, match="no working time here"):
            ask()
    assert not nobody.is_working(tokyo("2026-10-05 10:00"))
    assert nobody.hours_between(tokyo("2020-01-01 00:00"), tokyo("2026-01-01 00:00")) == 0


def test_the_search_ends_though_hours_are_asked_for_without_measure():
    looked_at = []

    def off(day):
        looked_at.append(day)
        return False

    with pytest.raises(NoWorkingTime):
        Calendar(TOKYO, USUAL, off).after(tokyo("2026-10-05 10:00"), 10**9)
    assert len(looked_at) == LONGEST


def test_a_year_of_absence_is_waited_for():
    away = Calendar(TOKYO, USUAL, absences=((dt.date(2026, 4, 1), dt.date(2028, 3, 31)),))

    assert told(away.after(tokyo("2026-04-01 10:00"), 1)) == "2028-04-03 10:30"


def test_a_moment_without_a_zone_and_hours_backwards_are_mistakes():
    with pytest.raises(ValueError, match="which zone"):
        OFFICE.after(dt.datetime.fromisoformat("2026-10-05T10:00"), 1)
    with pytest.raises(ValueError, match="forwards"):
        OFFICE.after(tokyo("2026-10-05 10:00"), -1)


@pytest.mark.parametrize("week", [NOTHING[:5], (((600, 540),), *NOTHING[1:])])
def test_a_week_that_cannot_be_is_refused_when_the_calendar_is_made(week):
    with pytest.raises(ValueError, match=r"seven days|follow each other"):
        Calendar(TOKYO, week)
    with pytest.raises(ValueError, match=r"seven days|follow each other"):
        Pattern((dt.date(2026, 10, 5), None), week)


def test_a_calendar_is_never_changed():
    with pytest.raises(FrozenInstanceError):
        OFFICE.zone = LONDON
    assert hash(OFFICE) == hash(Calendar(TOKYO, USUAL, DaysOff(PublicDays("JP"))))


# Clocks that change: 29 March 2026 at 1:00 to 2:00, 25 October 2026 at 2:00 to 1:00

NIGHT = Calendar(LONDON, parse_week(["0:00-24:00"] * 7))


def test_a_night_is_as_long_as_it_is():
    evening, morning = london("2026-03-28 22:00"), london("2026-03-29 06:00")
    assert NIGHT.hours_between(evening, morning) == 7

    evening, morning = london("2026-10-24 22:00"), london("2026-10-25 06:00")
    assert NIGHT.hours_between(evening, morning) == 9


def test_opening_time_is_by_the_clock_of_the_season():
    office = Calendar(LONDON, parse_week(["9:00-17:00"] * 7))

    winter = office.next_working(london("2026-03-28 20:00"))
    assert winter == dt.datetime(2026, 3, 29, 8, tzinfo=dt.UTC)
    assert told(office.after(london("2026-03-28 16:00"), 2), LONDON) == "2026-03-29 10:00"
    assert told(office.after(london("2026-10-24 16:00"), 2), LONDON) == "2026-10-25 10:00"


def test_hours_that_the_clock_skips_begin_when_it_has_skipped_them():
    early = Calendar(LONDON, parse_week(["1:30-5:00"] * 7))

    assert early.hours_between(london("2026-03-29 00:00"), london("2026-03-29 05:00")) == 2.5
    assert told(early.next_working(london("2026-03-29 00:30")), LONDON) == "2026-03-29 02:30"


def test_hours_around_the_skipped_ones_are_not_counted_twice():
    early = Calendar(LONDON, parse_week(["0:30-1:30, 2:00-3:00"] * 7))

    assert early.hours_between(london("2026-03-29 00:00"), london("2026-03-29 05:00")) == 1.5


def test_hours_the_clock_shows_twice_are_both_there():
    early = Calendar(LONDON, parse_week(["1:30-5:00"] * 7))

    assert early.is_working(london("2026-10-25 01:45"))
    assert early.is_working(london("2026-10-25 01:45", fold=1))
    assert early.hours_between(london("2026-10-25 00:00"), london("2026-10-25 05:00")) == 4.5


def test_a_day_that_a_country_left_out_has_no_hours():
    """Samoa went from 29 to 31 December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    office = Calendar(apia, parse_week(["9:00-17:00"] * 7))
    before = dt.datetime(2011, 12, 29, 16, tzinfo=apia)

    assert told(office.after(before, 2), apia) == "2011-12-31 10:00"
    assert office.hours_between(before, before + 2 * DAY) == 8


# Whatever the calendar

ZONES = st.sampled_from(
    [
        "Asia/Tokyo", "Europe/London", "America/New_York", "Australia/Lord_Howe",
        "Atlantic/Azores", "Africa/Cairo", "America/Santiago", "Pacific/Apia", "UTC",
    ]
).map(ZoneInfo)  # fmt: skip
DATES = st.dates(dt.date(2009, 1, 1), dt.date(2029, 12, 31))


@st.composite
def a_day(draw, earliest=0):
    steps = st.integers(earliest // 15, MINUTES // 15)
    marks = sorted(draw(st.sets(steps, max_size=6)))
    return tuple(
        (first * 15, last * 15) for first, last in zip(marks[::2], marks[1::2], strict=False)
    )


@st.composite
def stretches(draw, first):
    begins = first + draw(st.integers(-10, 40)) * DAY
    return begins, begins + draw(st.integers(0, 20)) * DAY


@st.composite
def calendars(draw, first, earliest=0):
    week = tuple(draw(a_day(earliest)) for _ in range(7))
    if not any(week):
        week = (*week[:2], ((600, 720),), *week[3:])
    closures = draw(st.lists(stretches(first), max_size=2))
    off = DaysOff(PublicDays("GB"), tuple(Closure(*days) for days in closures))
    absences = tuple(draw(st.lists(stretches(first), max_size=2)))
    other = tuple(draw(a_day(earliest)) for _ in range(7))
    patterns = tuple(Pattern(days, other) for days in draw(st.lists(stretches(first), max_size=1)))
    return Calendar(draw(ZONES), week, off, absences, patterns)


@st.composite
def cases(draw, earliest=0):
    first = draw(DATES)
    calendar = draw(calendars(first, earliest))
    at = dt.datetime.combine(first, dt.time(), dt.UTC)
    moments = st.integers(0, 30 * MINUTES).map(lambda minutes: at + minutes * MINUTE)
    return calendar, draw(moments), draw(moments)


HOURS = st.integers(0, 4000).map(lambda minutes: Decimal(minutes) / 60)
ANY = settings(deadline=None, max_examples=60)


@ANY
@given(cases(), HOURS)
def test_what_is_due_is_due_in_working_time(case, hours):
    calendar, start, _other = case
    due = calendar.after(start, hours)

    assert due >= start
    assert calendar.is_working(due)
    assert calendar.next_working(due) == due
    assert calendar.is_working_day(due.astimezone(calendar.zone).date()) or (
        due.astimezone(calendar.zone).time() == dt.time()  # closing time was midnight
    )


@ANY
@given(cases(), HOURS, HOURS)
def test_who_asks_later_or_for_more_is_due_no_earlier(case, some, others):
    calendar, *moments = case
    early, late = sorted(moments)
    less, more = sorted((some, others))

    assert calendar.after(early, less) <= calendar.after(late, less)
    assert calendar.after(early, less) <= calendar.after(early, more)


@ANY
@given(cases(), HOURS, HOURS)
def test_one_after_the_other_is_as_both_at_once(case, some, others):
    calendar, start, _other = case

    in_two = calendar.after(calendar.after(start, some), others)

    assert in_two == calendar.after(start, Decimal(round((some + others) * 60)) / 60)


@ANY
@given(cases(), HOURS)
def test_hours_between_count_what_after_has_added(case, hours):
    calendar, start, _other = case

    assert calendar.hours_between(start, calendar.after(start, hours)) == hours


@ANY
@given(cases())
def test_adding_what_lies_between_arrives_where_work_went_on_until(case):
    calendar, *moments = case
    early, late = sorted(moments)

    arrived = calendar.after(early, calendar.hours_between(early, late))

    assert arrived <= calendar.next_working(late)
    assert calendar.hours_between(*sorted((arrived, late))) == 0


@ANY
@given(cases(), st.integers(0, 30 * MINUTES))
def test_hours_between_add_up(case, minutes):
    calendar, first, second = case
    third = second + minutes * MINUTE

    whole = calendar.hours_between(first, third)
    parts = calendar.hours_between(first, second) + calendar.hours_between(second, third)
    assert round(whole * 60) == round(parts * 60)


@settings(deadline=None, max_examples=25)
@given(cases(earliest=180))
def test_every_minute_counted_by_hand_gives_the_same(case):
    """Clocks change before three in the morning in all of these zones."""
    calendar, *moments = case
    early, late = sorted(moments)

    by_hand = sum(_works(calendar, early + n * MINUTE) for n in range((late - early) // MINUTE))

    assert round(calendar.hours_between(early, late) * 60) == by_hand


def _works(calendar, at):
    clock = at.astimezone(calendar.zone)
    day, minute = clock.date(), clock.hour * 60 + clock.minute
    return any(first <= minute < last for first, last in calendar.spans_on(day))


@ANY
@given(DATES, DATES, DATES)
def test_working_days_between_add_up(first, second, third):
    days = OFFICE.working_days_between

    assert days(first, second) + days(second, third) == days(first, third)
    assert days(second - DAY, second) == OFFICE.is_working_day(second)
