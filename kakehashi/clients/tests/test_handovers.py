"""Handover: a sheet both sides read and confirm; then the seat moves, on its day."""

import datetime as dt
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.timezone import localdate, now

from kakehashi.base.ids import uuid7
from kakehashi.clients import actions
from kakehashi.clients.models import Account, AccountBrand, Handover, Seat
from kakehashi.clients.queries import doors, sheet
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make

TODAY = localdate()
SOON = TODAY + dt.timedelta(days=20)
NOT_AVAILABLE = "This person is not available for this account. Ask the conflicts officer."


def propose(cast, by=None, receiver=None, on=SOON, seat=None, **said):
    by = by or cast.aki
    with acting_as(by):
        return actions.propose_handover(
            seat=seat or cast.sora.seats.get(person=cast.aki),
            receiver=receiver or cast.lena,
            on=on,
            by=by,
            at=now(),
            **said,
        )


def confirm(handover, by):
    with acting_as(by):
        return actions.confirm_handover(handover=handover, by=by, at=now())


def withdraw(handover, by):
    with acting_as(by):
        return actions.withdraw_handover(handover=handover, by=by, at=now())


# Proposing


def test_who_holds_a_seat_proposes_to_hand_it_over(cast):
    handover = propose(cast, note="清水様は数字から")

    assert (handover.giver, handover.receiver, handover.is_open) == (cast.aki, cast.lena, True)
    assert cast.sora.seats.count() == 1


def test_a_superior_proposes_it_for_them(cast):
    assert propose(cast, by=cast.ben).proposed_by == cast.ben


@pytest.mark.parametrize("name", ["fumi", "go", "ken"])
def test_others_do_not(cast, name):
    with pytest.raises(Refused):
        propose(cast, by=getattr(cast, name))


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (TODAY - dt.timedelta(days=1), "This day has passed."),
        (make.LONG_AGO, "This day has passed."),
    ],
)
def test_not_for_a_day_that_has_passed(cast, on, said):
    with pytest.raises(ValidationError) as error:
        propose(cast, on=on)

    assert error.value.message_dict == {"on": [said]}


def test_not_before_the_seat_begins_nor_after_it_ends(cast):
    seat = cast.sora.seats.get()
    Seat.objects.filter(pk=seat.pk).update(starts_on=SOON, ends_on=SOON + dt.timedelta(days=5))
    seat.refresh_from_db()

    with pytest.raises(ValidationError, match="begins on that day or later"):
        propose(cast, by=cast.dan, on=SOON, seat=seat)
    with pytest.raises(ValidationError, match="ends before that day"):
        propose(cast, by=cast.dan, on=SOON + dt.timedelta(days=6), seat=seat)


def test_not_to_oneself(cast):
    with pytest.raises(ValidationError, match="somebody else"):
        propose(cast, receiver=cast.aki)


def test_one_seat_is_handed_over_once_at_a_time(cast):
    propose(cast)

    with pytest.raises(Refused, match="being handed over"):
        propose(cast, receiver=cast.ben)


def test_who_is_walled_off_cannot_receive_and_no_reason_is_told(cast):
    make.denial(cast.lena, cast.sora)

    with pytest.raises(ValidationError) as error:
        propose(cast)

    assert error.value.message_dict == {"receiver": [NOT_AVAILABLE]}
    assert not Handover.objects.exists()


# The sheet


def test_the_sheet_tells_what_the_account_holds(cast):
    make.fact(cast.sora, cast.ben, "They plan in January.", topic="calendar")
    make.fact(cast.sora, cast.ben, "Old.", retired_at=now(), retired_by=cast.ben)
    make.contact("Gone", cast.sora, left_on=TODAY)
    brand = make.brand(cast.sora.company, "Sora Tea")
    AccountBrand.objects.create(account=cast.sora, brand=brand, starts_on=make.LONG_AGO)
    month = (TODAY.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    make.revenue(cast.sora, month, 1_000_000)
    make.revenue(cast.sora, month, 500, currency="USD")
    make.job(cast.sora, "Spring film", number="S-1")

    told = propose(cast).sheet

    assert [(f["topic"], f["text"], f["by"]["name"]) for f in told["facts"]] == [
        ("calendar", "They plan in January.", "Ben")
    ]
    assert [c["name"] for c in told["contacts"]] == ["Ken"]
    assert [b["name"] for b in told["brands"]] == ["Sora Tea"]
    assert [t["name"] for t in told["team"]] == ["Aki"]
    assert {a["currency"]: Decimal(a["net_revenue"]) for a in told["revenue"]} == {
        "JPY": 1_000_000,
        "USD": 500,
    }
    assert told["jobs"] == [{"number": "S-1", "title": "Spring film"}]
    assert told["account"]["name"] == "Sora"
    assert told["seat"]["role"] == "account_executive"


def test_the_sheet_says_nothing_of_an_account_above_that_the_giver_does_not_see(cast):
    seat = make.seat(cast.chie, cast.sora_tea)

    told = propose(cast, by=cast.chie, seat=seat).sheet

    assert told["account"]["above"] is None


def test_a_sheet_of_before_names_the_account_above_to_nobody(cast):
    written = propose(cast).sheet
    written["account"]["above"] = {"name": "Sora Group", "name_en": ""}

    assert sheet.read(written).account.above is None


def test_the_sheet_stays_as_it_was(cast):
    handover = propose(cast)
    make.fact(cast.sora, cast.ben, "Later.")

    handover.refresh_from_db()
    assert handover.sheet["facts"] == []


def test_each_reader_reads_the_sheet_in_their_language(cast):
    cast.ken.name_en, cast.ken.name = "Ken Shimizu", "清水 健"
    cast.ken.save()
    handover = propose(cast)

    told = sheet.read(handover.sheet)

    assert (told.contacts[0].name, told.contacts[0].name_en) == ("清水 健", "Ken Shimizu")
    assert str(told.seat.role) == "Account executive"
    assert told.period.first.day == 1
    assert timezone.is_aware(told.made_at)


# Confirming


def test_the_seat_moves_once_both_have_confirmed(cast):
    handover = propose(cast)

    confirm(handover, cast.aki)
    assert cast.sora.seats.count() == 1
    confirm(handover, cast.lena)

    old, new = cast.sora.seats.order_by("starts_on")
    assert (old.person, old.ends_on) == (cast.aki, SOON - dt.timedelta(days=1))
    assert (new.person, new.starts_on, new.ends_on) == (cast.lena, SOON, None)
    assert (new.role, new.lead) == (old.role, old.lead)
    handover.refresh_from_db()
    assert handover.moved_at is not None


def test_the_receiver_sees_the_sheet_at_once_and_the_account_on_the_day(cast):
    handover = propose(cast)

    with acting_as(cast.lena):
        assert Handover.objects.filter(pk=handover.pk).exists()
        assert not Account.objects.filter(pk=cast.sora.pk).exists()


def test_a_handover_for_today_shows_the_account_today(cast):
    handover = propose(cast, on=TODAY)
    confirm(handover, cast.lena)
    confirm(handover, cast.aki)

    with acting_as(cast.lena):
        assert Account.objects.filter(pk=cast.sora.pk).exists()
    with acting_as(cast.aki):
        assert not Account.objects.filter(pk=cast.sora.pk).exists()


@pytest.mark.parametrize("name", ["ben", "dan", "chie"])
def test_nobody_else_confirms(cast, name):
    handover = propose(cast)

    with pytest.raises(Refused):
        confirm(handover, getattr(cast, name))


def test_nobody_confirms_for_both_sides(cast):
    handover = propose(cast)
    confirm(handover, cast.aki)

    with pytest.raises(Refused, match="confirmed already"):
        confirm(handover, cast.aki)
    assert cast.sora.seats.count() == 1


def test_the_door_moves_no_seat_that_only_one_side_confirmed(cast):
    handover = propose(cast)
    confirm(handover, cast.aki)

    with pytest.raises(DatabaseError, match="both sides confirm"), acting_as(cast.aki):
        doors.move_seat(handover, uuid7())


def test_a_wall_put_up_meanwhile_stops_it(cast):
    handover = propose(cast)
    confirm(handover, cast.lena)
    make.denial(cast.lena, cast.sora)

    with pytest.raises(Refused, match="not available"):
        confirm(handover, cast.aki)
    with acting_as(cast.lena):
        assert not Handover.objects.exists()
    assert cast.sora.seats.count() == 1


def test_a_seat_the_receiver_got_meanwhile_stops_it_in_words(cast):
    handover = propose(cast)
    confirm(handover, cast.aki)
    make.seat(cast.lena, cast.sora, starts_on=TODAY)

    with pytest.raises(ValidationError, match="already has this seat"):
        confirm(handover, cast.lena)
    assert handover.confirmations.count() == 1


@pytest.mark.django_db(transaction=True)
def test_both_confirming_at_the_same_moment_move_the_seat_once(cast):
    handover = propose(cast)
    barrier, failed = Barrier(2), []

    def side(person):
        try:
            barrier.wait()
            confirm(handover, person)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=side, args=[person]) for person in (cast.aki, cast.lena)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert cast.sora.seats.count() == 2
    assert Handover.objects.get().moved_at is not None


# Withdrawing


def test_the_giver_withdraws_and_the_receiver_sees_it_no_more(cast):
    handover = propose(cast)

    withdraw(handover, cast.aki)

    with acting_as(cast.lena):
        assert not Handover.objects.exists()
    with pytest.raises(Refused, match="was withdrawn"):
        confirm(handover, cast.lena)
    with pytest.raises(Refused, match="was withdrawn"):
        confirm(handover, cast.aki)


def test_a_seat_whose_handover_was_withdrawn_is_handed_over_anew(cast):
    withdraw(propose(cast), cast.aki)

    assert propose(cast, receiver=cast.ben).is_open


def test_what_has_moved_is_not_withdrawn(cast):
    handover = propose(cast)
    confirm(handover, cast.aki)
    confirm(handover, cast.lena)

    with pytest.raises(Refused, match="moved already"):
        withdraw(handover, cast.aki)


def test_the_receiver_does_not_withdraw(cast):
    with pytest.raises(Refused):
        withdraw(propose(cast), cast.lena)
