"""Portfolios too large to be waited for: added up in the background, shown while they hold."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from kakehashi.clients.models import Seat
from kakehashi.money import actions, rules
from kakehashi.money.models import Tally
from kakehashi.money.queries import book
from kakehashi.money.tasks import add_up, clear_old_tallies
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from tests import factories as make

JAN = dt.date(2026, 1, 1)
OF_2026 = "period=own&from=2026-01&to=2026-12"


@pytest.fixture
def large(cast, monkeypatch):
    """Sora's family brings 60 of 100, its rival 40; three accounts are too many."""
    monkeypatch.setattr(book, "MANY", 2)
    for account, month, net, cost in (
        (cast.sora, JAN, 40, 10), (cast.sora_tea, JAN, 20, 10), (cast.rival, JAN, 40, 20),
        (cast.sora, dt.date(2025, 5, 1), 80, 30), (cast.sora, JAN, 9, None),
    ):  # fmt: skip
        make.revenue(account, month, net, cost=cost, currency="JPY" if net != 9 else "USD")
    make.account("Nami", cast.bureau2)
    Person.objects.update(language="en")
    return cast


@pytest.fixture
def emi(client, large):
    client.force_login(large.emi.login_row)
    return client


def done():
    """What stands in the queue is done."""
    for tally in Tally.objects.filter(finished_at=None):
        add_up(str(tally.pk), str(tally.person_id))


def figures(page):
    """The part of a page below its question."""
    return page.split('id="book"')[1].split("</main>")[0]


def test_the_page_comes_at_once_and_its_figures_when_they_are_there(emi):
    waiting = emi.get(f"/portfolio/?{OF_2026}").text
    assert "Adding up what each client brought" in waiting
    assert "¥100" not in waiting

    done()
    assert "¥100" in emi.get(f"/portfolio/?{OF_2026}").text
    assert Tally.objects.count() == 1


def test_who_leaves_and_comes_back_asks_for_it_once(emi):
    for _ in range(3):
        emi.get(f"/portfolio/?{OF_2026}")

    assert Tally.objects.count() == 1


@pytest.mark.parametrize("more", ["", "&by=account&beside=before", "&measure=margin&currency=USD"])
def test_what_was_kept_is_what_would_be_added_up_at_once(emi, monkeypatch, more):
    emi.get(f"/portfolio/?{OF_2026}{more}")
    done()
    kept = figures(emi.get(f"/portfolio/?{OF_2026}{more}").text)
    monkeypatch.setattr(book, "MANY", 100)
    at_once = figures(emi.get(f"/portfolio/?{OF_2026}{more}").text)

    assert "Added up" in kept
    assert kept[kept.index("<section") :] == at_once[at_once.index("<section") :]


def test_progress_is_told_until_the_page_is_to_be_read_again(emi):
    emi.get(f"/portfolio/?{OF_2026}")
    address = reverse("money:tally", args=[Tally.objects.get().pk])
    ask = {"headers": {"HX-Request": "true"}}

    for steps, told in enumerate(("each client", "the months", "be lost", "Writing it down")):
        Tally.objects.update(done=steps)
        answer = emi.get(address, **ask)
        assert told in answer.text
        assert "HX-Refresh" not in answer.headers
    done()
    assert emi.get(address, **ask).headers["HX-Refresh"] == "true"
    assert "from=2026-01" in emi.get(address).headers["Location"]


def test_after_a_denial_what_was_added_up_is_never_shown(emi, large):
    addresses = [f"/portfolio/{form}?{OF_2026}" for form in ("", "portfolio.xlsx", "portfolio.pdf")]
    for address in addresses:
        emi.get(address)
    done()
    assert "Rival" in emi.get(addresses[0]).text
    file = reverse("money:tally-file", args=[Tally.objects.get(form="xlsx").pk])
    assert emi.get(file).status_code == 200

    make.denial(large.emi, large.rival)

    assert "Rival" not in emi.get(addresses[0]).text
    assert emi.get(addresses[2]).status_code == 302  # nothing is there to be printed
    assert emi.get(file).status_code == 404
    done()
    shown = emi.get(addresses[0]).text
    assert "Rival" not in shown
    assert "¥60" in shown


def test_who_sees_few_waits_for_nothing(client, large):
    client.force_login(large.aki.login_row)

    assert "¥60" in client.get(f"/portfolio/?{OF_2026}").text
    assert not Tally.objects.exists()


def test_a_seat_that_ended_takes_its_account_out_of_what_was_added_up(client, large, monkeypatch):
    monkeypatch.setattr(book, "MANY", 1)
    client.force_login(large.aki.login_row)
    client.get(f"/portfolio/?{OF_2026}")
    done()
    assert "¥60" in client.get(f"/portfolio/?{OF_2026}").text

    Seat.objects.filter(person=large.aki).update(ends_on=localdate() - dt.timedelta(days=1))
    monkeypatch.setattr(book, "MANY", -1)  # nothing is seen any more, and would be told at once
    assert "¥60" not in client.get(f"/portfolio/?{OF_2026}").text


def test_what_is_seen_is_noted_before_anything_is_added_up(emi, large, monkeypatch):
    """A wall that is raised meanwhile then makes a difference, before or after the sums."""
    emi.get(f"/portfolio/?{OF_2026}")
    order = []
    monkeypatch.setattr(actions, "sight", lambda: order.append("sight") or "as it was")
    monkeypatch.setattr(actions, "_page", lambda *_given: order.append("sums") or {"found": {}})

    with acting_as(large.emi):
        actions.add_up(tally=Tally.objects.get(), at=now, say=lambda _done: None)
    assert order == ["sight", "sums"]
    assert Tally.objects.get().sight == "as it was"


def test_nobody_reads_what_was_added_up_for_another(emi, client, large):
    emi.get(f"/portfolio/?{OF_2026}")
    emi.get(f"/portfolio/portfolio.xlsx?{OF_2026}")
    done()
    tallies = {tally.form: tally for tally in Tally.objects.all()}

    client.force_login(large.fumi.login_row)
    for form, name in (("page", "tally"), ("xlsx", "tally"), ("xlsx", "tally-file")):
        address = reverse(f"money:{name}", args=[tallies[form].pk])
        assert client.get(address).status_code == 404
    with acting_as(large.fumi):
        assert not Tally.objects.exists()


def test_the_workbook_is_written_in_the_background_and_taken_along(emi):
    page = emi.get(f"/portfolio/portfolio.xlsx?{OF_2026}", follow=True)
    assert "written in the background" in page.text
    done()

    address = reverse("money:tally", args=[Tally.objects.get().pk])
    file = reverse("money:tally-file", args=[Tally.objects.get().pk])
    assert file in emi.get(address).text
    file = openpyxl.load_workbook(io.BytesIO(emi.get(file).content))
    assert {row[0] for row in file["Share of each"].iter_rows(min_row=2, values_only=True)} == {
        "Sora", "Rival",
    }  # fmt: skip


def test_the_paper_is_made_of_what_was_added_up(emi):
    address = f"/portfolio/portfolio.pdf?{OF_2026}"
    assert emi.get(address).headers["Location"].startswith("/portfolio/?")
    done()
    assert emi.get(address).content.startswith(b"%PDF")


def test_a_target_set_since_has_it_added_up_once_more(emi, large):
    address = f"/portfolio/?{OF_2026}&whose=office:{large.tokyo.pk}"
    emi.get(address)
    done()
    assert "Reached" not in emi.get(address).text
    with acting_as(large.emi):
        actions.set_target(
            of=large.tokyo, by=large.emi, at=now(), first=JAN, last=JAN, measure="net_revenue",
            currency="JPY", amount=Decimal(200),
        )  # fmt: skip

    assert "Adding up" in emi.get(address).text
    done()
    assert "50.0%" in emi.get(address).text


@pytest.mark.parametrize(
    ("changes", "ends"),
    [
        ({}, False),
        ({"sight": "x"}, True),
        ({"day": JAN}, True),
        ({"finished_at": None}, False),
        ({"finished_at": None, "asked_at": now() - dt.timedelta(hours=1)}, True),
        ({"finished_at": now() - dt.timedelta(hours=2)}, True),
    ],
)
def test_how_long_it_counts(changes, ends):
    at, today = now(), dt.date(2026, 5, 1)
    given = {"sight": "y", "day": today, "asked_at": at, "finished_at": at, **changes}

    assert rules.counts_no_more(Tally(**given), sight="y", today=today, at=at) is ends


def test_what_goes_wrong_is_told_and_can_be_tried_again(emi, monkeypatch):
    emi.get(f"/portfolio/?{OF_2026}")
    Tally.objects.update(finished_at=now(), error="Something went wrong on our side. Try again.")

    assert "went wrong" in emi.get(f"/portfolio/?{OF_2026}").text
    again = emi.post(f"/portfolio/anew/?{OF_2026}", follow=True)
    assert "Adding up" in again.text


def test_old_ones_are_swept(emi):
    emi.get(f"/portfolio/?{OF_2026}")
    Tally.objects.update(asked_at=now() - dt.timedelta(days=2))
    emi.get(f"/portfolio/?{OF_2026}&by=account")

    clear_old_tallies(int(now().timestamp()))
    assert [("by=account" in tally.question) for tally in Tally.objects.all()] == [True]
