"""Somebody leaves: what they hold is named and handed over first; then nothing goes on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.utils.timezone import localdate, now

from kakehashi.notify.models import Mail
from kakehashi.people import actions, holdings, tasks
from kakehashi.people.models import (
    Absence,
    Departure,
    Employment,
    Login,
    ReportingLine,
    Role,
)
from kakehashi.people.queries import leaving
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make

TODAY = localdate()
DAY = dt.timedelta(days=1)
YESTERDAY = TODAY - DAY


def leave(person, by, on=YESTERDAY):
    with acting_as(by):
        return actions.leave(person=person, on=on, by=by, at=now())


def jobs():
    from procrastinate.contrib.django.models import ProcrastinateJob

    return list(
        ProcrastinateJob.objects.order_by("id").values_list("task_name", "scheduled_at", "args")
    )


@pytest.fixture
def oto(cast):
    """Oto holds nothing: a post, a role, lines upward, an absence to come."""
    oto = make.staff("Oto", cast.bureau1, "creative")
    make.reports(oto, cast.ben)
    make.reports(oto, cast.lena, kind="dotted")
    Absence.objects.create(
        person=oto, starts_on=TODAY + DAY, ends_on=TODAY + 5 * DAY, deputy=cast.lena
    )
    return oto


def test_who_holds_nothing_leaves_and_everything_ends(cast, oto):
    departure = leave(oto, cast.hana)

    assert (departure.person, departure.on, departure.by) == (oto, YESTERDAY, cast.hana)
    for rows in (Employment, Role, ReportingLine):
        assert list(
            rows.objects.filter(person=oto).values_list("ends_on", flat=True).distinct()
        ) == [YESTERDAY]
    assert not Absence.objects.filter(person=oto).exists()
    assert not Login.objects.get(person=oto).is_active


def test_who_leaves_sees_nothing_from_then_on(cast, oto):
    make.seat(oto, cast.sora, role="creative")
    type(cast.sora).objects.get(pk=cast.sora.pk).seats.filter(person=oto).update(ends_on=YESTERDAY)

    leave(oto, cast.hana)

    with acting_as(oto):
        assert not Employment.objects.exists()


def test_what_is_held_is_named(cast, monkeypatch):
    Absence.objects.create(person=cast.lena, starts_on=TODAY, ends_on=TODAY + DAY, deputy=cast.ben)
    seat = holdings.Holding("Seat", "Sora, Account executive", "/accounts/sora/")
    monkeypatch.setitem(
        holdings._of_person, "test", lambda person, _on: [seat] * (person == cast.ben)
    )

    with pytest.raises(Refused) as refused:
        leave(cast.ben, cast.hana)

    assert refused.value.reason == (
        "First somebody must take over: Reports to them: Aki; Stands in for: Lena; "
        "Seat: Sora, Account executive."
    )
    assert not Departure.objects.exists()
    assert Employment.objects.get(person=cast.ben).ends_on is None


def test_many_things_are_counted_after_the_first(cast, monkeypatch):
    many = [holdings.Holding("Seat", f"Account {n}", "/") for n in range(12)]
    monkeypatch.setitem(holdings._of_person, "test", lambda _person, _on: many)

    with pytest.raises(Refused, match="and 4 more"):
        leave(cast.lena, cast.hana)


def test_what_ends_by_the_last_day_need_not_be_handed_over(cast):
    ReportingLine.objects.filter(superior=cast.ben).update(ends_on=YESTERDAY)

    assert leave(cast.ben, cast.hana)


def test_dotted_lines_from_below_simply_end(cast, oto):
    make.reports(cast.aki, oto, kind="dotted")

    leave(oto, cast.hana)

    assert ReportingLine.objects.get(person=cast.aki, superior=oto).ends_on == YESTERDAY


def test_the_only_finance_role_of_an_office_is_a_warning(cast):
    with acting_as(cast.hana):
        sole = leaving.sole_functions(cast.fumi, TODAY)
    assert [(role.role, role.office) for role in sole] == [("finance", cast.hq)]

    make.staff("Fuji", cast.hq, "finance")
    with acting_as(cast.hana):
        assert leaving.sole_functions(cast.fumi, TODAY) == []
    assert leave(cast.fumi, cast.hana)


def test_the_last_administrator_does_not_leave(cast):
    ines = make.staff("Ines", cast.hq, "administrator")
    assert leave(cast.hana, ines)

    with pytest.raises(Refused):
        leave(ines, ines)


def test_an_administrator_does_not_leave_while_nobody_else_is_one(cast):
    Role.objects.filter(person=cast.hana).update(ends_on=TODAY)
    ines = make.staff("Ines", cast.hq, "administrator")

    with pytest.raises(Refused, match="Nobody else is administrator"):
        leave(ines, cast.hana, on=TODAY)


def test_another_administrator_records_that_one_leaves(cast):
    make.staff("Ines", cast.hq, "administrator")

    with pytest.raises(Refused, match="Another administrator"):
        leave(cast.hana, cast.hana)


@pytest.mark.parametrize("other", ["emi", "dan", "go", "lena"])
def test_only_administrators_record_it(cast, oto, other):
    with pytest.raises(Refused):
        leave(oto, getattr(cast, other))


def test_nobody_leaves_twice_or_before_they_began(cast, oto):
    newcomer = make.staff("Mio", cast.bureau1, starts_on=TODAY)
    with pytest.raises(Refused, match="has not begun by that day"):
        leave(newcomer, cast.hana)

    leave(oto, cast.hana)
    with pytest.raises(Refused, match="Oto does not work for us"):
        leave(oto, cast.hana)


def test_a_last_day_to_come_closes_the_sign_in_at_its_midnight(cast, oto):
    departure = leave(oto, cast.hana, on=TODAY + 3 * DAY)

    assert Login.objects.get(person=oto).is_active
    (close, due, arguments), (settle, soon, _same) = jobs()
    assert (close, settle, soon) == ("people.close_sign_in", "people.settle_departure", None)
    assert arguments == {"departure_id": str(departure.pk)}
    assert due.isoformat() == f"{TODAY + 3 * DAY}T15:00:00+00:00"

    tasks.close_sign_in(departure_id=str(departure.pk))
    assert Login.objects.get(person=oto).is_active

    Employment.objects.filter(person=oto).update(ends_on=YESTERDAY)
    tasks.close_sign_in(departure_id=str(departure.pk))
    assert not Login.objects.get(person=oto).is_active


def test_what_was_to_begin_after_the_last_day_never_does(cast, oto):
    Employment.objects.filter(person=oto).update(ends_on=TODAY)
    Employment.objects.create(person=oto, office=cast.osaka, starts_on=TODAY + 30 * DAY)
    Role.objects.create(person=oto, office=cast.osaka, role="creative", starts_on=TODAY + 30 * DAY)

    leave(oto, cast.hana, on=TODAY)

    assert not oto.employments.filter(office=cast.osaka).exists()
    assert not oto.roles.filter(office=cast.osaka).exists()


def test_what_nobody_saw_is_settled_afterwards(cast, oto, monkeypatch):
    settled = []
    monkeypatch.setitem(holdings._settle, "test", lambda person, on: settled.append((person, on)))
    departure = leave(oto, cast.hana)

    tasks.settle_departure(departure_id=str(departure.pk))

    assert settled == [(oto, YESTERDAY)]


def test_sessions_end_with_the_sign_in(client, cast, oto):
    client.force_login(oto.login_row)
    assert client.get("/people/me/").status_code == 200

    leave(oto, cast.hana)

    assert client.get("/people/me/").status_code == 302


def test_an_invitation_tells_how_to_sign_in(cast):
    with acting_as(cast.hana):
        mio = actions.add_person(
            office=cast.bureau1,
            starts_on=TODAY,
            by=cast.hana,
            name="三尾 美緒",
            handle="mio",
            email="mio@agency.example",
        )
        actions.invite(person=mio, by=cast.hana)
    assert [job[0] for job in jobs()] == ["people.send_invitation"]

    tasks.send_invitation(person_id=str(mio.pk))

    [letter] = mail.outbox
    assert letter.to == ["mio@agency.example"]
    assert "三尾 美緒" in letter.body
    assert "mio\n" in letter.body
    assert "http://localhost:8000/auth/password/reset/" in letter.body
    assert not Login.objects.get(person=mio).has_usable_password()


def test_nobody_is_invited_without_an_address_or_after_leaving(cast, oto):
    type(oto).objects.filter(pk=oto.pk).update(email="")
    oto.refresh_from_db()
    with acting_as(cast.hana), pytest.raises(Refused, match="e-mail address first"):
        actions.invite(person=oto, by=cast.hana)

    leave(oto, cast.hana)
    with acting_as(cast.hana), pytest.raises(Refused, match="does not work for us"):
        actions.invite(person=oto, by=cast.hana)


def test_a_closed_sign_in_gets_no_invitation(cast, oto):
    Login.objects.filter(person=oto).update(is_active=False)

    tasks.send_invitation(person_id=str(oto.pk))

    assert mail.outbox == []
    assert not Mail.objects.exists()


def test_a_seat_is_handed_over_before_its_holder_leaves(cast):
    with pytest.raises(Refused, match="Sora"):
        leave(cast.aki, cast.hana)

    cast.sora.seats.filter(person=cast.aki).update(ends_on=YESTERDAY)
    assert leave(cast.aki, cast.hana)


def test_a_seat_behind_a_wall_ends_without_a_word(cast):
    make.denial(cast.hana, cast.sora)

    departure = leave(cast.aki, cast.hana)
    tasks.settle_departure(departure_id=str(departure.pk))

    assert cast.sora.seats.get(person=cast.aki).ends_on == YESTERDAY
