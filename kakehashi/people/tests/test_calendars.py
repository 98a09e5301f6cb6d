"""When people work: hours, holidays and days off of their office, their own week, absences."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from kakehashi.base.hours import week_text
from kakehashi.people import actions
from kakehashi.people.models import Absence, DayOff, Employment, Office, OfficeHours, WorkingPattern
from kakehashi.people.queries.calendars import calendar_of, calendars_of
from kakehashi.people.queries.office_hours import work_at
from kakehashi.policy.acting import acting_as
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from tests import factories as make

TODAY = localdate()
DAY = dt.timedelta(days=1)
USUAL = ["9:30-12:00, 13:00-18:30"] * 5 + ["", ""]
SHORT = ["10:00-12:00, 13:00-16:00"] * 4 + ["", "", ""]
MONDAY = dt.date(2027, 1, 18)
NEW = 0


def seen_by(viewer, person):
    with acting_as(viewer):
        return calendar_of(person)


def works(calendar, day):
    return week_text((calendar.spans_on(day), *((),) * 6)).partition(" ")[2]


def hours_of(office, by, week=USUAL, region="", version=NEW):
    with acting_as(by):
        return actions.set_office_hours(
            office=office, version=version, week=week, region=region, by=by
        )


def closed(office, by, first, last, *, yearly=False, name="年末年始休業"):
    with acting_as(by):
        return actions.add_day_off(
            office=office, by=by, name=name, name_en="", starts_on=first, ends_on=last,
            yearly=yearly,
        )  # fmt: skip


def own_hours(person, by=None, week=SHORT, first=MONDAY, last=None):
    by = by or person
    with acting_as(by):
        return actions.set_own_hours(person=person, week=week, starts_on=first, ends_on=last, by=by)


# Where somebody works


def test_where_nobody_says_otherwise_the_week_is_the_usual_one(cast):
    calendar = seen_by(cast.ben, cast.aki)

    assert week_text(calendar.week) == "Mon–Fri 9:30–12:00, 13:00–18:30"
    assert calendar.zone.key == "Asia/Tokyo"


def test_holidays_are_those_of_the_country_of_the_office_or_above(cast):
    Office.objects.filter(pk=cast.tokyo.pk).update(country="SG", timezone="Asia/Singapore")
    Office.objects.filter(pk=cast.bureau1.pk).update(timezone="Asia/Singapore")

    aki, lena, emi = (seen_by(cast.ben, who) for who in (cast.aki, cast.lena, cast.emi))

    national_day, culture_day = dt.date(2027, 8, 9), dt.date(2027, 11, 3)
    assert [aki.is_off(day) for day in (national_day, culture_day)] == [True, False]
    assert [lena.is_off(day) for day in (national_day, culture_day)] == [True, False]
    assert [emi.is_off(day) for day in (national_day, culture_day)] == [False, True]
    assert aki.zone.key == "Asia/Singapore"


def test_a_part_of_a_country_has_holidays_of_its_own(cast):
    Office.objects.filter(pk=cast.osaka.pk).update(country="GB", timezone="Europe/London")
    edith = make.staff("Edith", cast.osaka, "creative")
    st_andrew = dt.date(2026, 11, 30)
    assert not seen_by(cast.ben, edith).is_off(st_andrew)

    hours_of(cast.osaka, cast.hana, region="SCT")

    assert seen_by(cast.ben, edith).is_off(st_andrew)


def test_hours_are_those_of_the_nearest_office_that_has_any(cast):
    hours_of(cast.hq, cast.hana, ["9:00-17:00"] * 5 + ["", ""])
    hours_of(cast.tokyo, cast.hana, ["10:00-19:00"] * 5 + ["", ""])

    assert works(seen_by(cast.ben, cast.aki), MONDAY) == "10:00–19:00"
    assert works(seen_by(cast.ben, cast.emi), MONDAY) == "9:00–17:00"


def test_days_off_hold_below_and_not_above_or_beside(cast):
    closed(cast.tokyo, cast.hana, MONDAY, MONDAY + DAY)

    assert not seen_by(cast.ben, cast.aki).is_working_day(MONDAY)
    assert not seen_by(cast.ben, cast.lena).is_working_day(MONDAY + DAY)
    assert seen_by(cast.ben, cast.aki).is_working_day(MONDAY + 2 * DAY)
    assert seen_by(cast.ben, cast.emi).is_working_day(MONDAY)


def test_days_off_come_back_every_year_if_they_are_to(cast):
    closed(cast.hq, cast.hana, dt.date(2026, 12, 29), dt.date(2027, 1, 4), yearly=True)

    calendar = seen_by(cast.ben, cast.aki)

    assert calendar.is_off(dt.date(2027, 1, 4))
    assert calendar.is_off(dt.date(2029, 12, 31))
    assert not calendar.is_off(dt.date(2027, 1, 5))


def test_who_works_in_two_offices_works_by_the_first_of_them(cast):
    Office.objects.filter(pk=cast.osaka.pk).update(country="SG", timezone="Asia/Singapore")
    Employment.objects.create(person=cast.aki, office=cast.osaka, starts_on=TODAY - DAY)

    assert seen_by(cast.ben, cast.aki).zone.key == "Asia/Tokyo"


def test_who_has_moved_works_where_they_are_now(cast):
    Office.objects.filter(pk=cast.osaka.pk).update(country="SG", timezone="Asia/Singapore")
    Employment.objects.filter(person=cast.aki).update(ends_on=TODAY - 2 * DAY)
    Employment.objects.create(person=cast.aki, office=cast.osaka, starts_on=TODAY - DAY)

    assert seen_by(cast.ben, cast.aki).zone.key == "Asia/Singapore"


def test_who_has_not_begun_will_work_where_they_begin(cast):
    Office.objects.filter(pk=cast.osaka.pk).update(country="SG", timezone="Asia/Singapore")
    nils = make.staff("Nils", cast.osaka, starts_on=TODAY + 30 * DAY)

    assert seen_by(cast.ben, nils).zone.key == "Asia/Singapore"


# Own hours and absences


def test_short_hours_hold_for_the_person_and_for_nobody_else(cast):
    own_hours(cast.aki)

    assert works(seen_by(cast.ben, cast.aki), MONDAY) == "10:00–12:00, 13:00–16:00"
    assert not seen_by(cast.ben, cast.aki).is_working_day(MONDAY + 4 * DAY)
    assert works(seen_by(cast.ben, cast.aki), MONDAY - 3 * DAY) == "9:30–12:00, 13:00–18:30"
    assert works(seen_by(cast.ben, cast.ben), MONDAY) == "9:30–12:00, 13:00–18:30"


def test_new_hours_end_those_before(cast):
    first = own_hours(cast.aki)
    own_hours(cast.aki, week=USUAL, first=MONDAY + 30 * DAY)

    first.refresh_from_db()
    assert (first.ends_on, first.version) == (MONDAY + 29 * DAY, 2)


def test_two_weeks_of_ones_own_do_not_hold_at_once(cast):
    own_hours(cast.aki, first=MONDAY + 30 * DAY)

    with pytest.raises(ValidationError, match="already has working hours of their own"):
        own_hours(cast.aki, first=MONDAY)
    with pytest.raises(ValidationError, match="already has working hours of their own"):
        own_hours(cast.aki, first=MONDAY + 30 * DAY)


def test_an_absence_is_not_working_time(cast):
    Absence.objects.create(person=cast.aki, starts_on=MONDAY, ends_on=MONDAY + DAY)

    calendar = seen_by(cast.ben, cast.aki)

    assert not calendar.is_working_day(MONDAY)
    assert calendar.is_working_day(MONDAY + 2 * DAY)


# Clients


def test_a_clients_person_keeps_the_hours_and_holidays_of_their_companys_country(cast):
    cast.sora.company.country = "GB"
    cast.sora.company.save()

    ken = seen_by(cast.aki, cast.ken)

    assert ken.zone.key == "Europe/London"
    assert week_text(ken.week) == "Mon–Fri 9:00–12:00, 13:00–18:00"
    assert ken.is_off(dt.date(2026, 12, 28))
    assert not ken.is_off(dt.date(2026, 11, 3))


def test_a_clients_person_in_our_country_is_in_our_zone(cast):
    Office.objects.filter(pk=cast.bureau1.pk).update(timezone="America/Chicago", country="US")
    cast.sora.company.country = "US"
    cast.sora.company.save()

    assert seen_by(cast.aki, cast.ken).zone.key == "America/Chicago"


def test_our_days_off_are_not_the_clients(cast):
    closed(cast.hq, cast.hana, MONDAY, MONDAY)

    assert seen_by(cast.aki, cast.ken).is_working_day(MONDAY)


def test_what_is_behind_a_wall_says_nothing_of_where_a_contact_works(cast):
    cast.rival.company.country = "GB"
    cast.rival.company.save()
    make.contact("Ken", cast.rival, person=cast.ken)
    nia = make.contact("Nia", cast.rival).person

    assert seen_by(cast.aki, cast.ken).zone.key == "Asia/Tokyo"
    assert seen_by(cast.aki, nia).zone.key == "Asia/Tokyo"
    assert seen_by(cast.chie, nia).zone.key == "Europe/London"


def test_a_contact_learns_when_those_who_serve_them_work_and_not_when_they_are_away(cast):
    Office.objects.filter(pk=cast.bureau1.pk).update(timezone="Asia/Singapore", country="SG")
    Absence.objects.create(person=cast.aki, starts_on=MONDAY, ends_on=MONDAY + DAY)
    type(cast.ken_contact).objects.update(shared_at=dt.datetime.now(dt.UTC))

    aki, chie = seen_by(cast.ken, cast.aki), seen_by(cast.ken, cast.chie)

    assert aki.zone.key == "Asia/Singapore"
    assert aki.absences == ()
    assert chie.zone.key == "Asia/Tokyo"


# Many at once


def test_many_calendars_take_one_question(cast):
    own_hours(cast.aki)
    closed(cast.hq, cast.hana, MONDAY, MONDAY)
    everybody = [cast.aki, cast.ben, cast.chie, cast.dan, cast.emi, cast.ken]

    for people in (everybody[:1], everybody):
        with acting_as(cast.ben), CaptureQueriesContext(connection) as asked:
            found = calendars_of(people)
        assert set(found) == {person.pk for person in people}
        assert len(asked) == 1


def test_asking_for_nobody_answers_nothing(cast):
    with acting_as(cast.ben):
        assert calendars_of([]) == {}


# Who may say so, and what cannot be said


def test_an_administrator_of_the_office_sets_its_hours_and_days_off(cast):
    ines = make.staff("Ines", cast.osaka, "administrator")

    assert hours_of(cast.osaka, ines).office == cast.osaka
    assert closed(cast.osaka, ines, MONDAY, MONDAY).office == cast.osaka
    for act in (
        lambda: hours_of(cast.tokyo, ines),
        lambda: closed(cast.hq, ines, MONDAY, MONDAY),
        lambda: own_hours(cast.aki, by=ines),
    ):
        with pytest.raises(Refused, match="outside the offices you administer"):
            act()


@pytest.mark.parametrize("other", ["aki", "dan", "fumi"])
def test_nobody_else_does(cast, other):
    person = getattr(cast, other)

    with pytest.raises(Refused):
        hours_of(cast.bureau1, person)
    with pytest.raises(Refused):
        closed(cast.bureau1, person, MONDAY, MONDAY)


def test_own_hours_are_set_by_oneself_and_by_administrators(cast):
    assert own_hours(cast.aki)
    assert own_hours(cast.lena, by=cast.hana)
    with pytest.raises(Refused):
        own_hours(cast.aki, by=cast.ben)
    with pytest.raises(Refused, match="does not work for us"):
        own_hours(cast.ken, by=cast.hana)


def test_each_day_that_cannot_be_read_is_named(cast):
    with pytest.raises(ValidationError) as refused:
        own_hours(cast.aki, week=["9:30-18:30", "morning", "18:00-9:00", "", "", "", ""])

    assert set(refused.value.error_dict) == {"tuesday", "wednesday"}
    assert "does not say hours" in refused.value.messages[0]


def test_a_week_without_any_hours_is_refused(cast):
    with pytest.raises(ValidationError, match="at least one day"):
        own_hours(cast.aki, week=[""] * 7)
    with pytest.raises(ValidationError, match="at least one day"):
        hours_of(cast.hq, cast.hana, [""] * 7)


def test_a_week_of_another_length_is_a_mistake(cast):
    with pytest.raises(ValueError, match="seven days"):
        own_hours(cast.aki, week=["9-17"] * 5)


def test_a_region_is_one_of_the_country(cast):
    with pytest.raises(ValidationError, match="region from the list"):
        hours_of(cast.hq, cast.hana, region="SCT")


def test_hours_are_stored_in_one_spelling(cast):
    hours = hours_of(cast.hq, cast.hana, ["９：００〜１８：００", *USUAL[1:]])

    assert hours.week[:2] == ["9:00–18:00", "9:30–12:00, 13:00–18:30"]


def test_a_closure_ends_and_a_yearly_one_within_the_year(cast):
    with pytest.raises(ValidationError, match="before the first"):
        closed(cast.hq, cast.hana, MONDAY, MONDAY - DAY)
    with pytest.raises(ValidationError, match="over within the year"):
        closed(cast.hq, cast.hana, MONDAY, MONDAY + 365 * DAY, yearly=True)
    with pytest.raises(ValidationError, match="last day off"):
        closed(cast.hq, cast.hana, MONDAY, None)
    closed(cast.hq, cast.hana, MONDAY, MONDAY)
    with pytest.raises(ValidationError, match="entered already"):
        closed(cast.hq, cast.hana, MONDAY, MONDAY + DAY)


# Changes


def test_an_office_works_again_as_the_one_above(cast):
    hours_of(cast.hq, cast.hana, ["9:00-17:00"] * 5 + ["", ""])
    own = hours_of(cast.tokyo, cast.hana)

    with acting_as(cast.hana):
        actions.inherit_hours(hours=own, version=1, by=cast.hana)

    assert works(seen_by(cast.ben, cast.aki), MONDAY) == "9:00–17:00"


def test_of_two_who_set_an_offices_hours_the_second_is_told(cast):
    hours_of(cast.hq, cast.hana)

    with pytest.raises(Stale, match="Hana changed this"):
        hours_of(cast.hq, cast.hana, version=NEW)
    assert hours_of(cast.hq, cast.hana, version=1).version == 2
    with pytest.raises(Stale):
        hours_of(cast.hq, cast.hana, version=1)
    with acting_as(cast.hana), pytest.raises(Stale):
        actions.inherit_hours(hours=OfficeHours.objects.get(), version=1, by=cast.hana)


def test_hours_that_somebody_removed_meanwhile_are_not_brought_back(cast):
    hours = hours_of(cast.hq, cast.hana)
    with acting_as(cast.hana):
        actions.inherit_hours(hours=hours, version=1, by=cast.hana)

    with pytest.raises(Stale):
        hours_of(cast.hq, cast.hana, version=1)


def test_of_two_who_change_a_day_off_or_own_hours_the_second_is_told(cast):
    day_off, pattern = closed(cast.hq, cast.hana, MONDAY, MONDAY), own_hours(cast.aki)
    told = {"name": "夏季休業", "name_en": "", "yearly": False}
    days = {"starts_on": MONDAY, "ends_on": MONDAY + DAY}

    with acting_as(cast.hana):
        actions.change_day_off(day_off=day_off, version=1, by=cast.hana, **told, **days)
        actions.change_own_hours(pattern=pattern, version=1, week=USUAL, by=cast.hana, **days)
        with pytest.raises(Stale):
            actions.change_day_off(day_off=day_off, version=1, by=cast.hana, **told, **days)
        with pytest.raises(Stale):
            actions.change_own_hours(pattern=pattern, version=1, week=USUAL, by=cast.hana, **days)
        with pytest.raises(Stale):
            actions.remove_day_off(day_off=day_off, version=1, by=cast.hana)
        with pytest.raises(Stale):
            actions.remove_own_hours(pattern=pattern, version=1, by=cast.hana)
        actions.remove_day_off(day_off=day_off, version=2, by=cast.hana)
        actions.remove_own_hours(pattern=pattern, version=2, by=cast.hana)

    assert not DayOff.objects.exists()
    assert not WorkingPattern.objects.exists()


def test_own_hours_end_when_somebody_leaves(cast):
    oto = make.staff("Oto", cast.bureau1, "creative")
    own_hours(oto, first=TODAY - 30 * DAY)

    with acting_as(cast.hana):
        actions.leave(person=oto, on=TODAY - DAY, by=cast.hana, at=dt.datetime.now(dt.UTC))

    assert WorkingPattern.objects.get().ends_on == TODAY - DAY


# What an office's page asks


def test_an_office_tells_its_hours_its_country_and_who_above_says_so(cast):
    Office.objects.filter(pk=cast.hq.pk).update(country="GB")
    hours_of(cast.hq, cast.hana, region="WLS")
    closed(cast.hq, cast.hana, MONDAY, MONDAY)
    closed(cast.tokyo, cast.hana, MONDAY + DAY, MONDAY + DAY)
    closed(cast.osaka, cast.hana, MONDAY + DAY, MONDAY + DAY)

    with acting_as(cast.aki), CaptureQueriesContext(connection) as asked:
        work = work_at(cast.bureau1)

    assert len(asked) == 3
    assert (work.country, work.region, work.region_name) == ("GB", "WLS", "Wales")
    assert (work.has_own_hours, work.hours.office) == (False, cast.hq)
    assert [day_off.office for day_off in work.days_off] == [cast.hq, cast.tokyo]


def test_an_office_without_a_country_has_that_of_its_zone(cast):
    with acting_as(cast.aki):
        assert work_at(cast.bureau1).country == "JP"
