"""When somebody is mailed: at once, collected morning or evening where they work, or never."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from kakehashi.notify import actions, moments, queries, writing
from kakehashi.notify.models import Mail, Notification, Preference
from kakehashi.notify.states import Choice
from kakehashi.notify.tasks import write_all_mails, write_mails
from kakehashi.notify.tests.conftest import GOSSIP, LETTER, REPLY, notice_of
from kakehashi.people.models import Absence
from kakehashi.policy.acting import acting_as, acting_as_system
from tests import factories as make

TOKYO, LONDON = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/London")
THURSDAY = dt.datetime(2026, 11, 26, 15, 0, tzinfo=TOKYO)


class Week:
    """Monday to Friday, but for some days."""

    def __init__(self, zone=TOKYO, off=()):
        self.zone, self.off = zone, off

    def is_working_day(self, day):
        return day.weekday() < 5 and day not in self.off


@pytest.mark.parametrize(
    ("choice", "at", "moment"),
    [
        (Choice.MORNING, "2026-11-26 08:29", "2026-11-26 08:30"),
        (Choice.MORNING, "2026-11-26 08:30", "2026-11-26 08:30"),
        (Choice.MORNING, "2026-11-26 08:31", "2026-11-27 08:30"),
        (Choice.EVENING, "2026-11-26 08:31", "2026-11-26 17:30"),
        (Choice.EVENING, "2026-11-27 17:31", "2026-11-30 17:30"),
        (Choice.MORNING, "2026-11-28 12:00", "2026-11-30 08:30"),
    ],
)
def test_collected_mail_goes_out_on_working_days_at_its_time(choice, at, moment):
    told = dt.datetime.fromisoformat(at).replace(tzinfo=TOKYO)

    found = moments.collected_at(Week(), choice, told)

    assert found.replace(tzinfo=None).isoformat(" ", "minutes") == moment


def test_the_time_is_that_of_the_readers_place():
    found = moments.collected_at(Week(LONDON), Choice.MORNING, THURSDAY)

    assert found == dt.datetime(2026, 11, 26, 8, 30, tzinfo=LONDON)


def test_a_day_that_became_a_day_off_moves_it_on():
    friday = dt.date(2026, 11, 27)
    morning = moments.collected_at(Week(), Choice.MORNING, THURSDAY)

    moved = moments.collected_at(Week(off={friday}), Choice.MORNING, morning)

    assert moved == dt.datetime(2026, 11, 30, 8, 30, tzinfo=TOKYO)


def test_who_is_away_for_years_is_mailed_nothing():
    class Never(Week):
        def is_working_day(self, day):
            return False

    assert moments.collected_at(Never(), Choice.MORNING, THURSDAY) is None


def planned(person, tell, told_at):
    """When the mail of something that is collected in the morning is to be written."""
    tell(person, at=told_at, kind=GOSSIP)
    with acting_as_system("write_mails"):
        writing.write_due(person, told_at)
    return notice_of(person).mail_due_at


def test_holidays_and_absences_are_those_of_the_readers_calendar(cast, tell):
    friday = dt.datetime(2026, 11, 20, 16, 0, tzinfo=TOKYO)  # Monday is a holiday
    Absence.objects.create(
        person=cast.ben, starts_on=dt.date(2026, 11, 24), ends_on=dt.date(2026, 11, 25)
    )

    assert planned(cast.aki, tell, friday) == THURSDAY.replace(day=24, hour=8, minute=30)
    assert planned(cast.ben, tell, friday) == THURSDAY.replace(day=26, hour=8, minute=30)


@pytest.fixture
def at(monkeypatch):
    """at(moment) writes Aki's mail as of then, in a week without holidays."""
    monkeypatch.setattr(writing, "calendar_of", lambda _person: Week())

    def written(person, moment):
        with acting_as_system("write_mails"):
            return writing.write_due(person, moment)

    return written


def titles(mail) -> set:
    return set(mail.notices.values_list("subject_id", flat=True))


def test_what_is_told_at_once_is_written_at_once(cast, tell, at):
    about = tell(cast.aki, at=THURSDAY)

    (mail,) = at(cast.aki, THURSDAY)

    assert (mail.person, mail.text, titles(mail)) == (cast.aki, "", {about})


def test_written_twice_it_is_written_once(cast, tell, at):
    tell(cast.aki, at=THURSDAY)
    tell(cast.aki, at=THURSDAY, kind=GOSSIP)
    later = THURSDAY + dt.timedelta(days=1)

    assert len(at(cast.aki, later)) == 2
    assert at(cast.aki, later) == []
    assert Mail.objects.count() == 2


def test_many_at_once_are_one_mail(cast, tell, at):
    told = {tell(cast.aki, at=THURSDAY) for _ in range(5)}

    (mail,) = at(cast.aki, THURSDAY)

    assert titles(mail) == told


def test_what_is_collected_waits_for_its_time_and_goes_out_together(cast, tell, at):
    told = {tell(cast.aki, at=THURSDAY, kind=GOSSIP) for _ in range(3)}
    morning = THURSDAY.replace(day=27, hour=8, minute=30)

    assert at(cast.aki, THURSDAY) == []
    assert at(cast.aki, morning - dt.timedelta(minutes=1)) == []
    (mail,) = at(cast.aki, morning)
    assert titles(mail) == told


def test_told_anew_it_is_not_put_off(cast, tell, at):
    about = tell(cast.aki, at=THURSDAY, kind=GOSSIP)
    at(cast.aki, THURSDAY)
    morning = THURSDAY.replace(day=27, hour=8, minute=30)
    tell(cast.aki, at=morning + dt.timedelta(minutes=1), kind=GOSSIP, about=about)

    (mail,) = at(cast.aki, morning + dt.timedelta(minutes=2))

    assert titles(mail) == {about}


def test_what_was_mailed_and_is_told_anew_unseen_is_mailed_again(
    cast, tell, post, settings, tmp_path
):
    settings.OUTBOX = tmp_path
    about = tell(cast.aki)
    post(cast.aki)
    assert notice_of(cast.aki).mailed_at is not None

    tell(cast.aki, about=about)

    first, second = post(cast.aki)
    assert first.sent_at < second.sent_at


def test_told_anew_before_its_mail_went_out_it_is_in_that_mail_only(cast, tell, post):
    about = tell(cast.aki)
    post(cast.aki, send=False)

    tell(cast.aki, about=about)

    (mail,) = post(cast.aki, send=False)
    assert titles(mail) == {about}


def test_what_was_seen_is_not_mailed(cast, tell, post):
    tell(cast.aki)
    with acting_as(cast.aki):
        actions.see(notices=[notice_of(cast.aki).pk], by=cast.aki, at=now())

    assert post(cast.aki) == []


def test_what_they_see_no_more_is_not_mailed(cast, tell, post):
    tell(cast.emi, by=cast.ben, account=cast.sora)
    make.denial(cast.emi, cast.sora)

    assert post(cast.emi) == []
    assert notice_of(cast.emi).mail_due_at is None


def test_everybody_who_is_due_is_looked_at_every_five_minutes(cast, tell):
    tell(cast.aki)
    tell(cast.ben)
    tell(cast.dan, at=now() + dt.timedelta(hours=1))
    write_all_mails.func(timestamp=0)

    jobs = ProcrastinateJob.objects.filter(task_name="notify.write_mails").order_by("-id")[:2]
    asked = {job.args["person_id"] for job in jobs}
    assert asked == {str(cast.aki.pk), str(cast.ben.pk)}


class TestChoosing:
    def choose(self, person, **choices):
        codes = {"letter": LETTER, "reply": REPLY, "gossip": GOSSIP}
        with acting_as(person):
            said = {codes[name]: choice for name, choice in choices.items()}
            actions.choose(choices=said, by=person, at=now())

    def test_each_kind_says_what_is_usual(self, cast):
        with acting_as(cast.aki):
            assert queries.choices_of(cast.aki) == {
                LETTER: Choice.NOW, REPLY: Choice.NOW, GOSSIP: Choice.MORNING,
            }  # fmt: skip

    def test_only_what_differs_is_written_down(self, cast):
        self.choose(cast.aki, letter="now", reply="never")

        assert list(Preference.objects.values_list("kind", "choice")) == [(REPLY, "never")]

    def test_no_mail_means_none(self, cast, tell, post):
        self.choose(cast.aki, letter="never")
        tell(cast.aki)

        assert post(cast.aki) == []

    def test_what_waits_goes_by_the_new_choice(self, cast, tell, post, monkeypatch):
        monkeypatch.setattr(writing, "calendar_of", lambda _person: Week())
        tell(cast.aki, kind=GOSSIP)
        assert post(cast.aki, send=False) == []

        self.choose(cast.aki, gossip="now")

        assert len(post(cast.aki, send=False)) == 1

    def test_a_choice_that_there_is_not_is_refused(self, cast):
        with pytest.raises(ValidationError, match="Choose one of the times"):
            self.choose(cast.aki, letter="hourly")

    def test_nobody_reads_what_others_chose(self, cast):
        self.choose(cast.aki, letter="never")

        with acting_as(cast.hana):
            assert not Preference.objects.exists()

    def test_a_client_chooses_as_well(self, cast, tell, post):
        self.choose(cast.ken, letter="never")
        tell(cast.ken, account=cast.sora)

        assert post(cast.ken) == []


def test_a_job_for_somebody_who_is_told_nothing_does_nothing(cast):
    write_mails.func(person_id=str(cast.aki.pk))

    assert not Mail.objects.exists()
    assert not Notification.objects.exists()
