"""A client's wish in the portal, asked back about and answered; and another that comes by mail."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from kakehashi.clients.models import Account
from kakehashi.policy.acting import acting_as_system
from kakehashi.requests import actions
from kakehashi.requests.mail import addresses
from kakehashi.requests.models import ClientRequest, Mail
from tests.browser import problems, what_sticks_out
from tests.stage import speak_english

pytestmark = pytest.mark.slow

WANTED = "Stickers for the service cars"
SERVER = "mx.agency.example"


def comes_by_mail(account, sender, subject, text):
    """As the worker takes in what the mail server handed over."""
    domain = sender.partition("@")[2]
    raw = (
        f"Authentication-Results: {SERVER}; dmarc=pass header.from={domain}\r\n"
        f"From: {sender}\r\nTo: {addresses.of_account(account)}\r\nSubject: {subject}\r\n"
        f"Message-ID: <{subject.replace(' ', '.')}@{domain}>\r\n\r\n{text}"
    )
    with acting_as_system("take_in_mail"):
        actions.take_in(letter=actions.read(raw.encode()), at=now(), trusted=SERVER)


def test_a_client_asks_is_asked_back_and_answers(visitor, tmp_path):
    speak_english("ninomiya", "shimizu")
    plan = tmp_path / "cars.pdf"
    plan.write_bytes(b"%PDF-1.7 twelve cars")
    client, aya = visitor("shimizu"), visitor("ninomiya")

    # The client writes it on her own pages, with a file.
    client.follows("Ask for something")
    client.page.locator("[name=account]").select_option(label="Raicho Japan")
    client.types("What is wanted", WANTED)
    client.types("In more words", "Twelve cars, both sides.")
    client.page.set_input_files("[name=enclosed]", str(plan))
    client.presses("Send")
    client.sees("Sent. Aya Ninomiya looks after it.", "New", "cars.pdf")

    # It waits for Aya on her first page. She notes something for us alone, and asks back.
    aya.opens("/")
    aya.follows(WANTED)
    aya.sees("Twelve cars, both sides.", "cars.pdf")
    with aya.page.expect_download() as saved:
        aya.follows("cars.pdf")
    assert saved.value.path().read_bytes() == b"%PDF-1.7 twelve cars"
    aya.follows("Note")
    aya.types("Note", "They pay late.")
    aya.presses("Write down")
    aya.follows("Ask the client")
    aya.types("What must you know first?", "By when must they be on the cars?")
    aya.presses("Ask")
    aya.sees("Asked back")
    assert problems(aya.page) == []

    # Now the client has the ball, and sees the question and no note.
    client.opens("/")
    client.sees("Waiting for you", WANTED)
    client.follows(WANTED)
    client.sees("What we asked", "By when must they be on the cars?")
    client.does_not_see("They pay late.")
    assert what_sticks_out(client.page) == []
    client.follows("Answer")
    client.types("Answer", "Before the fair in May.")
    client.presses("Answer")
    client.sees("Aya Ninomiya is told", "New")


def test_what_comes_by_mail_is_a_request_or_waits_for_somebody_to_judge(visitor, settings):
    settings.MAILIN_ADDRESS = "{token}@in.agency.example"
    speak_english("ninomiya")
    account = Account.objects.get(code="RAICHO-JP")
    known = account.contacts.get(person__name="岡 正人").person.email
    comes_by_mail(account, known, "Photos of the booth", "Please send all of them.")
    comes_by_mail(account, "oka@freemail.example", "One more thing", "And the logo, please. Oka")
    aya = visitor("ninomiya")

    aya.opens(f"/accounts/{account.pk}/requests/")
    aya.sees("Photos of the booth", addresses.of_account(account))
    aya.follows("Look at them")
    aya.follows("One more thing")
    aya.sees("No contact of the account has this address.", "DMARC: pass")
    aya.follows("Take in")
    aya.page.locator("[name=written_by]").select_option(index=1)
    aya.page.locator("[name=to]").select_option(label="To: Photos of the booth")
    aya.presses("Take in")
    aya.sees("The mail is taken in.", "And the logo, please. Oka")

    request = ClientRequest.objects.get(title="Photos of the booth")
    assert (request.written_by.email, request.channel) == (known, "email")
    assert Mail.objects.get(subject="One more thing").request == request
