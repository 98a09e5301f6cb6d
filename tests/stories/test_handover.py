"""A seat is handed over: proposed, read and confirmed by both, and on the day it is the other's."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F
from django.utils.timezone import localdate

from kakehashi.clients.models import Account, Seat
from tests.stage import speak_english

pytestmark = pytest.mark.slow

ACCOUNT = "Raicho Tsubame"
GIVER, RECEIVER = "Aya Ninomiya", "Yu Kadokura"


def a_night_passes() -> None:
    """Every seat on the account is a day older; those that end go first."""
    a_day = dt.timedelta(days=1)
    for seat in Seat.objects.filter(account__name_en=ACCOUNT).order_by("ends_on"):
        Seat.objects.filter(pk=seat.pk).update(
            starts_on=F("starts_on") - a_day, ends_on=F("ends_on") - a_day
        )


def test_a_seat_is_proposed_confirmed_by_both_and_moves_on_its_day(visitor):
    speak_english("ninomiya", "kadokura")
    account = Account.objects.get(name_en=ACCOUNT)
    address = f"/accounts/{account.pk}/"
    tomorrow = localdate() + dt.timedelta(days=1)
    giver, receiver = visitor("ninomiya"), visitor("kadokura")
    assert not receiver.can_open(address)

    # She proposes it on the account's page; a sheet is made of what she holds.
    giver.follows(ACCOUNT)
    giver.follows("People")
    giver.follows("Hand over")
    giver.types("Who takes over", "kadokura")
    giver.types("First day of the receiver", tomorrow.isoformat())
    giver.types("What the receiver should know", "The plant visit is promised for spring.")
    giver.presses("Make the sheet")
    giver.sees(f"Handover of {ACCOUNT}", f"{GIVER} → {RECEIVER}")
    giver.sees("The plant visit is promised for spring.", "Katsumi Watanuki", "Megumi Shindo")

    # Both read the sheet and confirm it; with the second the seat moves.
    giver.presses("I have read the sheet and confirm")
    giver.sees("You have confirmed the handover.", "not yet confirmed")
    receiver.opens("/handovers/")
    receiver.sees("1 of 2 confirmed")
    receiver.follows(ACCOUNT)
    receiver.sees("The plant visit is promised for spring.")
    receiver.presses("I have read the sheet and confirm")
    receiver.sees("The seat moves on")

    # Until its day the seat is hers, and he still sees nothing of the account.
    receiver.opens("/")
    receiver.sees("My accounts", "Raicho Mine")
    receiver.does_not_see(ACCOUNT)
    assert not receiver.can_open(address)
    giver.opens(f"{address}people/")
    giver.sees(GIVER, RECEIVER)

    a_night_passes()

    receiver.opens("/")
    receiver.follows(ACCOUNT)
    receiver.sees("Lead", RECEIVER)
    giver.opens("/accounts/?team=mine")
    giver.sees("Raicho Japan")
    giver.does_not_see(ACCOUNT)


def test_a_handover_that_is_withdrawn_leaves_the_seat_where_it_is(visitor):
    """Shindo, the superior of both, calls off what is under way in the demo."""
    speak_english("shindo", "ninomiya")
    lead = Seat.objects.get(account__name_en="Raicho Mine", role="account_executive", ends_on=None)

    shindo = visitor("shindo")
    shindo.opens("/accounts/")
    shindo.follows("Raicho Mine")
    shindo.follows("People")
    shindo.follows("Handover under way")
    shindo.presses("Withdraw")
    shindo.sees("This handover was withdrawn")

    ninomiya = visitor("ninomiya")
    ninomiya.opens("/handovers/")
    ninomiya.sees("No handover is under way", "withdrawn")
    lead.refresh_from_db()
    assert lead.person.handle == "kadokura"
