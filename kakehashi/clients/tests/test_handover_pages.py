"""The sheet on its page: the receiver reads it before seeing the account; strangers never."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from kakehashi.base.periods import last_twelve_months
from kakehashi.clients import actions
from kakehashi.clients.models import Account, Handover
from kakehashi.policy.acting import acting_as
from tests import factories as make

TODAY = localdate()
SOON = TODAY + dt.timedelta(days=20)


def text(response):
    return response.content.decode()


@pytest.fixture
def handover(cast):
    make.fact(cast.sora, cast.aki, "They plan in January.")
    make.revenue(cast.sora, last_twelve_months(TODAY).last, 1_250_000)
    return propose(cast)


def propose(cast, account=None, receiver=None, on=SOON):
    seat = (account or cast.sora).seats.get(person=cast.aki)
    with acting_as(cast.aki):
        return actions.propose_handover(
            seat=seat,
            receiver=receiver or cast.lena,
            on=on,
            by=cast.aki,
            at=now(),
            note="Start with numbers.",
        )


def at(handover, tab=""):
    return f"/handovers/{handover.pk}/{tab}"


@pytest.mark.parametrize(
    ("name", "status"),
    [("aki", 200), ("ben", 200), ("lena", 200), ("chie", 404), ("ken", 404)],
)
def test_both_sides_and_who_sees_the_account_read_the_sheet(as_, cast, handover, name, status):
    assert as_(getattr(cast, name)).get(at(handover)).status_code == status


def test_the_receiver_reads_the_whole_sheet_but_finds_no_account(as_, cast, handover):
    client = as_(cast.lena)

    shown = text(client.get(at(handover)))

    told = ("Sora", "They plan in January.", "¥1,250,000", "Start with numbers.")
    assert all(word in shown for word in told)
    assert f"/accounts/{cast.sora.pk}/" not in shown
    assert client.get(f"/accounts/{cast.sora.pk}/").status_code == 404
    assert f"/accounts/{cast.sora.pk}/" in text(as_(cast.ben).get(at(handover)))


def test_the_account_above_is_named_to_who_sees_it_and_not_to_the_receiver(as_, cast):
    make.seat(cast.aki, cast.sora_tea)
    Account.objects.filter(pk=cast.sora.pk).update(name="Holding")
    below = propose(cast, account=cast.sora_tea)

    named = {
        name: "Holding" in text(as_(getattr(cast, name)).get(at(below)))
        for name in ("aki", "ben", "lena")
    }

    assert named == {"aki": True, "ben": True, "lena": False}


def test_a_receiver_who_is_walled_off_meanwhile_finds_no_sheet(as_, cast, handover):
    make.denial(cast.lena, cast.sora)
    client = as_(cast.lena)

    assert client.get(at(handover)).status_code == 404
    assert client.post(at(handover, "confirm/")).status_code == 404
    assert "Sora" not in text(client.get("/handovers/"))


def test_mine_are_listed_by_the_name_on_their_sheet(as_, cast, handover):
    for name in ("aki", "lena"):
        shown = text(as_(getattr(cast, name)).get("/handovers/"))
        assert at(handover) in shown
        assert "Sora" in shown
    assert at(handover) not in text(as_(cast.ben).get("/handovers/"))


def test_both_confirm_on_the_page_and_the_seat_moves(as_, cast, handover):
    assert as_(cast.lena).post(at(handover, "confirm/")).url == at(handover)
    shown = text(as_(cast.aki).get(at(handover)))
    assert "not yet confirmed" in shown

    as_(cast.aki).post(at(handover, "confirm/"))

    shown = text(as_(cast.aki).get(at(handover)))
    assert "The seat moves on <time" in shown
    assert "The seat has moved" not in shown
    assert "confirmed by both" in text(as_(cast.aki).get("/handovers/"))
    assert cast.sora.seats.count() == 2


def test_on_the_day_the_seat_has_moved(as_, cast):
    handover = propose(cast, on=TODAY)
    as_(cast.aki).post(at(handover, "confirm/"))
    as_(cast.lena).post(at(handover, "confirm/"))

    assert "The seat has moved" in text(as_(cast.lena).get(at(handover)))
    assert ">moved<" in text(as_(cast.lena).get("/handovers/"))


def test_a_seat_the_receiver_got_meanwhile_is_told_on_the_page(as_, cast, handover):
    as_(cast.aki).post(at(handover, "confirm/"))
    make.seat(cast.lena, cast.sora, starts_on=SOON)

    answer = as_(cast.lena).post(at(handover, "confirm/"), follow=True)

    assert "This person already has this seat at that time." in text(answer)
    assert "not yet confirmed" in text(answer)


def test_who_may_not_withdraw_finds_no_button_and_is_refused(as_, cast, handover):
    assert "withdraw/" not in text(as_(cast.lena).get(at(handover)))

    answer = as_(cast.lena).post(at(handover, "withdraw/"), follow=True)

    assert "This takes one of these roles here" in text(answer)
    assert Handover.objects.get(pk=handover.pk).is_open


def test_who_gave_the_seat_away_today_lands_on_the_list(as_, cast):
    handover = propose(cast, on=TODAY)
    as_(cast.lena).post(at(handover, "confirm/"))

    assert as_(cast.aki).post(at(handover, "confirm/")).url == "/handovers/"
    assert as_(cast.lena).get(f"/accounts/{cast.sora.pk}/").status_code == 200


def test_confirming_twice_is_refused_in_words(as_, cast, handover):
    client = as_(cast.aki)
    client.post(at(handover, "confirm/"))

    shown = text(client.get(at(handover)))
    assert "You have confirmed already." in shown
    client.post(at(handover, "confirm/"))
    assert "You have confirmed already." in text(client.get(at(handover)))
    assert handover.confirmations.count() == 1


def test_withdrawn_on_the_page(as_, cast, handover):
    as_(cast.aki).post(at(handover, "withdraw/"))

    assert Handover.objects.get().withdrawn_by == cast.aki
    assert as_(cast.lena).get(at(handover)).status_code == 404
    assert "was withdrawn" in text(as_(cast.aki).get(at(handover)))


def test_the_sheet_is_printed_in_either_language(as_, cast, handover):
    client = as_(cast.aki)

    assert '<html lang="ja"' in text(client.get(at(handover), {"in": "ja"}))
    assert '<html lang="en"' in text(client.get(at(handover), {"in": "en"}))
    assert '<html lang="en"' in text(client.get(at(handover), {"in": "xx"}))


def test_a_handover_is_proposed_from_the_seat(as_, cast):
    seat = cast.sora.seats.get()
    address = f"/accounts/{cast.sora.pk}/seats/{seat.pk}/hand-over/"

    done = as_(cast.aki).post(address, {"receiver": cast.lena.handle, "on": SOON, "note": "Hi"})

    assert done.url == at(Handover.objects.get())


def test_who_is_walled_off_is_refused_neutrally_as_receiver(as_, cast):
    make.denial(cast.lena, cast.sora)
    address = f"/accounts/{cast.sora.pk}/seats/{cast.sora.seats.get().pk}/hand-over/"

    refused = as_(cast.aki).post(address, {"receiver": cast.lena.handle, "on": SOON})

    assert refused.status_code == 422
    assert refused.context["form"].errors == {
        "receiver": ["This person is not available for this account. Ask the conflicts officer."]
    }


def test_the_list_takes_as_many_queries_for_three_as_for_one(as_, cast):
    counted = []
    for size in (1, 2):
        for _more in range(size):
            account = make.account("Another", cast.bureau1)
            make.seat(cast.aki, account)
            propose(cast, account=account)
        client = as_(cast.aki)
        with CaptureQueriesContext(connection) as seen:
            client.get("/handovers/")
        counted.append(len(seen))

    assert counted[0] == counted[1]
