"""Seats: who serves an account. One lead for each role at a time; nobody through a wall."""

import datetime as dt
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.timezone import localdate, now

from kakehashi.clients import actions
from kakehashi.clients.models import Seat
from kakehashi.clients.queries import doors, people
from kakehashi.policy.acting import acting_as
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from kakehashi.policy.roles import RoleCode
from tests import factories as make

TODAY = localdate()
NOT_AVAILABLE = "This person is not available for this account. Ask the conflicts officer."


def give(cast, person, by, on=None, **said):
    fields = {"role": "account_executive", "starts_on": TODAY, **said}
    with acting_as(by):
        return actions.give_seat(account=on or cast.sora, person=person, by=by, **fields)


def aki_s_seat(cast):
    return cast.sora.seats.get(person=cast.aki)


def test_a_supervisor_seats_somebody_who_then_sees_the_account(cast):
    give(cast, cast.lena, cast.ben, role="creative")

    with acting_as(cast.lena):
        assert type(cast.sora).objects.filter(pk=cast.sora.pk).exists()


@pytest.mark.parametrize("name", ["aki", "fumi", "go", "lena"])
def test_executives_finance_officers_and_strangers_seat_nobody(cast, name):
    by = getattr(cast, name)

    with pytest.raises(Refused):
        give(cast, cast.lena, by, role="creative")


def test_two_leads_in_one_role_at_one_time_are_impossible(cast):
    with pytest.raises(ValidationError) as error:
        give(cast, cast.lena, cast.ben, lead=True)

    assert error.value.message_dict == {
        "lead": ["Aki leads in this role (from 1 Apr 2016). End that lead, or choose other days."]
    }
    assert give(cast, cast.lena, cast.ben, lead=True, role="creative").lead
    assert give(cast, cast.lena, cast.ben).lead is False


def test_one_lead_after_the_other_is_fine(cast):
    seat = aki_s_seat(cast)
    with acting_as(cast.ben):
        actions.end_seat(seat=seat, on=TODAY, by=cast.ben)

    give(cast, cast.lena, cast.ben, lead=True, starts_on=TODAY + dt.timedelta(days=1))

    with pytest.raises(ValidationError, match="Aki leads in this role"):
        give(cast, cast.ben, cast.ben, lead=True, starts_on=TODAY)


def test_the_same_seat_twice_at_once_is_impossible(cast):
    with pytest.raises(ValidationError) as error:
        give(cast, cast.aki, cast.ben)

    assert error.value.message_dict == {
        "person": ["Aki has this seat already (from 1 Apr 2016). Change it, or choose other days."]
    }


def test_a_seat_is_not_moved_over_another_one_of_the_same_person(cast):
    seat = aki_s_seat(cast)
    with acting_as(cast.ben):
        actions.end_seat(seat=seat, on=TODAY, by=cast.ben)
    later = give(cast, cast.aki, cast.ben, starts_on=TODAY + dt.timedelta(days=9))

    with pytest.raises(ValidationError) as error:
        change(later, cast.ben, starts_on=TODAY, ends_on=None)

    said = error.value.message_dict["starts_on"][0]
    assert said.startswith("Aki has this seat already (1 Apr 2016 – ")


def test_days_that_end_before_they_begin_are_no_overlap_but_wrong(cast):
    with pytest.raises(ValidationError) as error:
        give(cast, cast.aki, cast.ben, ends_on=TODAY - dt.timedelta(days=1))

    assert error.value.message_dict == {"ends_on": ["The last day comes before the first."]}


@pytest.mark.django_db(transaction=True)
def test_of_two_leads_given_at_the_same_moment_the_database_takes_one(cast):
    """Each sees no other lead when it looks; the exclusion constraint speaks its own words."""
    barrier, said = Barrier(2), []

    def lead(person):
        try:
            barrier.wait()
            give(cast, person, cast.ben, role="creative", lead=True)
            said.append("done")
        except ValidationError as error:
            said.append(error.messages)
        finally:
            connection.close()

    threads = [Thread(target=lead, args=[person]) for person in (cast.lena, cast.dan)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said.count("done") == 1
    assert len(said) == 2
    assert Seat.objects.filter(account=cast.sora, role="creative", lead=True).count() == 1


def test_what_only_the_database_notices_is_said_in_the_constraints_words(cast, monkeypatch):
    monkeypatch.setattr(Seat, "full_clean", lambda _self, **_options: None)
    monkeypatch.setattr(people, "at_the_same_time", lambda _seat: [])

    with pytest.raises(ValidationError, match="Somebody else leads this account in this role"):
        give(cast, cast.lena, cast.ben, lead=True)


def test_a_share_lies_between_nothing_and_everything(cast):
    with pytest.raises(ValidationError, match="between none and all"):
        give(cast, cast.lena, cast.ben, role="creative", share=Decimal("1.2"))


def test_shares_above_a_whole_person_are_added_up_not_refused(cast):
    give(cast, cast.lena, cast.ben, role="creative", share=Decimal("0.7"))
    give(cast, cast.lena, cast.ben, on=cast.sora_tea, role="creative", share=Decimal("0.6"))

    with acting_as(cast.ben):
        assert people.share_of(cast.lena, TODAY) == Decimal("1.300")


def test_shares_on_accounts_one_does_not_see_do_not_count(cast):
    make.seat(cast.lena, cast.rival, "creative", share=Decimal("0.9"))
    give(cast, cast.lena, cast.ben, role="creative", share=Decimal("0.5"))

    with acting_as(cast.ben):
        assert people.share_of(cast.lena, TODAY) == Decimal("0.500")


def test_a_clients_person_takes_no_seat(cast):
    with pytest.raises(ValidationError) as error:
        give(cast, cast.ken, cast.ben)

    assert error.value.message_dict == {"person": ["Choose one of our own people."]}


def test_somebody_who_left_takes_no_seat(cast):
    cast.lena.employments.update(ends_on=TODAY - dt.timedelta(days=1))

    with pytest.raises(ValidationError) as error:
        give(cast, cast.lena, cast.ben, role="creative")

    assert "does not work for us on that day" in error.value.message_dict["person"][0]


# The wall


def test_who_is_walled_off_is_not_available_and_no_reason_is_told(cast):
    make.denial(cast.lena, cast.sora)

    with pytest.raises(ValidationError) as error:
        give(cast, cast.lena, cast.ben, role="creative")

    assert error.value.message_dict == {"person": [NOT_AVAILABLE]}


def test_a_wall_above_covers_the_accounts_below(cast):
    make.denial(cast.lena, cast.sora)

    with pytest.raises(ValidationError, match="not available"):
        give(cast, cast.lena, cast.ben, on=cast.sora_tea, role="creative")


def test_a_wall_that_begins_later_keeps_people_off_already(cast):
    make.denial(cast.lena, cast.sora, starts_on=TODAY + dt.timedelta(days=30))

    with pytest.raises(ValidationError, match="not available"):
        give(cast, cast.lena, cast.ben, role="creative")


def test_once_the_wall_is_lifted_the_seat_is_given(cast):
    denial = make.denial(cast.lena, cast.sora)
    denial.lifted_at, denial.lift_reason = now(), "The rival left."
    denial.save()

    assert give(cast, cast.lena, cast.ben, role="creative").pk


def test_a_conflicts_officer_reads_that_it_is_a_wall(cast):
    make.denial(cast.lena, cast.sora)
    make.Role.objects.create(
        person=cast.go, role=RoleCode.ACCOUNT_DIRECTOR, office=cast.hq, starts_on=make.LONG_AGO
    )

    with pytest.raises(ValidationError, match="A wall denies this person the account"):
        give(cast, cast.lena, cast.go, role="creative")


def test_of_an_account_one_does_not_see_the_door_tells_nothing(cast):
    with acting_as(cast.aki):
        assert doors.may_seat(cast.lena.pk, cast.sora.pk) is True
        assert doors.may_seat(cast.lena.pk, cast.rival.pk) is False


# Changing and ending


def change(seat, by, version=1, **said):
    fields = {
        "starts_on": seat.starts_on,
        "ends_on": seat.ends_on,
        "lead": seat.lead,
        "share": seat.share,
        **said,
    }
    with acting_as(by):
        return actions.change_seat(seat=seat, version=version, by=by, **fields)


def test_a_seat_is_changed_by_version(cast):
    change(aki_s_seat(cast), cast.ben, share=Decimal("0.5"))

    with pytest.raises(Stale):
        change(aki_s_seat(cast), cast.ben, version=1, share=Decimal("0.4"))
    assert aki_s_seat(cast).share == Decimal("0.500")


def test_a_seat_does_not_end_before_it_begins(cast):
    with pytest.raises(ValidationError) as error, acting_as(cast.ben):
        actions.end_seat(
            seat=aki_s_seat(cast), on=make.LONG_AGO - dt.timedelta(days=1), by=cast.ben
        )

    assert error.value.message_dict == {
        "on": ["It begins on 1 Apr 2016. Choose that day or a later one."]
    }


def test_a_seat_that_has_ended_ends_no_more(cast):
    seat = aki_s_seat(cast)
    Seat.objects.filter(pk=seat.pk).update(ends_on=TODAY - dt.timedelta(days=5))
    seat.refresh_from_db()

    with pytest.raises(Refused, match="has ended already"), acting_as(cast.dan):
        actions.end_seat(seat=seat, on=TODAY, by=cast.dan)


def test_a_seat_under_handover_is_neither_ended_nor_changed(cast):
    seat = aki_s_seat(cast)
    with acting_as(cast.aki):
        actions.propose_handover(
            seat=seat, receiver=cast.lena, on=TODAY + dt.timedelta(days=9), by=cast.aki, at=now()
        )

    with pytest.raises(Refused, match="being handed over"), acting_as(cast.ben):
        actions.end_seat(seat=aki_s_seat(cast), on=TODAY, by=cast.ben)
    with pytest.raises(Refused, match="being handed over"):
        change(aki_s_seat(cast), cast.ben, lead=False)
