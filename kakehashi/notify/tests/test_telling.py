"""Somebody is told: once, in the teller's own name, never of what they did themselves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import ProgrammingError, transaction
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from kakehashi.notify import actions, kinds, queries
from kakehashi.notify.models import Notification
from kakehashi.notify.tests.conftest import LETTER, REPLY, notice_of
from kakehashi.policy.acting import acting_as
from tests import factories as make

LATER = dt.timedelta(minutes=5)


def jobs() -> list[str]:
    return list(ProcrastinateJob.objects.values_list("task_name", flat=True))


def test_a_colleague_is_told_and_their_mail_is_looked_at(cast, tell):
    about = tell(cast.aki, by=cast.ben, account=cast.sora)

    told = notice_of(cast.aki)
    assert (told.kind, told.subject_id, told.account, told.by) == (
        LETTER, about, cast.sora, cast.ben,
    )  # fmt: skip
    assert jobs() == ["notify.write_mails"]


def test_who_did_it_is_not_told(cast, tell):
    tell(cast.aki, by=cast.aki)

    assert not Notification.objects.exists()
    assert jobs() == []


def test_who_was_forgotten_is_not_told(cast, tell):
    cast.aki.anonymised_at = now()

    tell(cast.aki, by=cast.ben)

    assert not Notification.objects.exists()


def test_what_was_rolled_back_was_never_told(cast, tell):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(cast.aki, by=cast.ben)
        raise ZeroDivisionError

    assert not Notification.objects.exists()
    assert jobs() == []


def test_a_kind_that_nobody_registered_is_an_error(cast, tell):
    with pytest.raises(LookupError, match="no registered kind"):
        tell(cast.aki, by=cast.ben, kind="letters.lost")


def test_a_kind_is_rendered_in_one_way():
    with pytest.raises(TypeError):
        kinds.register("letters.odd", label="Odd")


def test_unseen_the_same_is_told_anew_instead_of_twice(cast, tell):
    about = tell(cast.aki, by=cast.ben)
    first = notice_of(cast.aki)
    tell(cast.aki, by=cast.dan, about=about, at=first.made_at + LATER)

    again = notice_of(cast.aki)
    assert (again.pk, again.by, again.made_at) == (first.pk, cast.dan, first.made_at + LATER)


def test_what_is_about_nothing_in_particular_is_told_once_as_well(cast):
    for _ in range(2):
        actions.tell(
            person=cast.aki, kind=LETTER, subject_kind="letter", subject_id=None, account=None,
            by=None, at=now(),
        )  # fmt: skip

    assert Notification.objects.count() == 1


def test_once_seen_the_same_is_told_again(cast, tell):
    about = tell(cast.aki, by=cast.ben)
    with acting_as(cast.aki):
        actions.see(notices=[notice_of(cast.aki).pk], by=cast.aki, at=now())

    tell(cast.aki, by=cast.ben, about=about)

    assert Notification.objects.filter(person=cast.aki, seen_at=None).count() == 1
    assert Notification.objects.count() == 2


def test_two_kinds_of_the_same_are_two_notices(cast, tell):
    about = tell(cast.aki, by=cast.ben)
    tell(cast.aki, by=cast.ben, about=about, kind=REPLY)

    assert Notification.objects.count() == 2


def test_nobody_tells_anything_in_the_name_of_others(cast):
    with pytest.raises(ProgrammingError, match="in the name of others"), acting_as(cast.ben):
        actions.tell(
            person=cast.aki, kind=LETTER, subject_kind="letter", subject_id=None, account=None,
            by=cast.dan, at=now(),
        )  # fmt: skip


def test_a_clients_contact_tells_those_who_serve_them(cast, tell):
    tell(cast.aki, by=cast.ken, account=cast.sora)

    assert notice_of(cast.aki).by == cast.ken


class TestSeeing:
    def test_one(self, cast, tell):
        tell(cast.aki)
        tell(cast.aki)
        first = Notification.objects.earliest("id")
        with acting_as(cast.aki):
            actions.see(notices=[first.pk], by=cast.aki, at=now())
            assert queries.news_for(cast.aki).unseen == 1

    def test_all_up_to_what_was_shown_and_nothing_that_came_since(self, cast, tell):
        tell(cast.aki)
        shown = notice_of(cast.aki).made_at
        late = tell(cast.aki, at=shown + LATER)
        with acting_as(cast.aki):
            actions.see_all(until=shown, by=cast.aki, at=now())

        unseen = Notification.objects.filter(seen_at=None)
        assert [notice.subject_id for notice in unseen] == [late]

    def test_the_thing_itself(self, cast, tell):
        about = tell(cast.aki)
        tell(cast.aki, about=about, kind=REPLY)
        tell(cast.aki)
        with acting_as(cast.aki):
            actions.see_subject(subject_kind="letter", subject_id=about, by=cast.aki, at=now())
            assert queries.news_for(cast.aki).unseen == 1

    def test_nobody_sees_for_others(self, cast, tell):
        tell(cast.aki)
        theirs = notice_of(cast.aki).pk
        with acting_as(cast.ben):
            actions.see(notices=[theirs], by=cast.ben, at=now())

        assert notice_of(cast.aki).seen_at is None


class TestWhoSeesANotice:
    def told(self, person):
        with acting_as(person):
            return Notification.objects.count()

    def test_its_person_and_nobody_else(self, cast, tell):
        tell(cast.aki, by=cast.ben, account=cast.sora)

        seen = {
            name: self.told(getattr(cast, name)) for name in ("aki", "ben", "emi", "hana", "go")
        }
        assert seen == {"aki": 1, "ben": 0, "emi": 0, "hana": 0, "go": 0}

    def test_only_while_they_see_its_account(self, cast, tell):
        tell(cast.aki, by=cast.ben, account=cast.sora)
        tell(cast.emi, by=cast.ben, account=cast.sora)
        make.denial(cast.emi, cast.sora)
        cast.sora.seats.update(ends_on=make.LONG_AGO)

        assert (self.told(cast.aki), self.told(cast.emi)) == (0, 0)

    def test_also_who_sees_no_more_of_the_account_than_its_name(self, cast, tell):
        make.assignment(cast.lena, make.job(cast.sora))
        tell(cast.lena, by=cast.aki, account=cast.sora)
        tell(cast.ken, by=cast.aki, account=cast.sora)

        assert (self.told(cast.lena), self.told(cast.ken)) == (1, 1)

    def test_nobody_writes_one_for_others_around_the_door(self, cast):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(cast.ben):
            Notification.objects.create(
                person=cast.aki, kind=LETTER, subject_kind="letter", made_at=now()
            )
