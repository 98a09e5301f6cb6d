"""Reports of mail that did not arrive: its address is marked, and by nothing else."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils.timezone import now

from kakehashi.notify import actions as notify
from kakehashi.notify.models import Bounce
from kakehashi.notify.models import Mail as Sent
from kakehashi.policy.acting import acting_as
from kakehashi.requests import actions, tasks
from kakehashi.requests.mail.mailboxes import Maildir
from kakehashi.requests.models import Mail

HEADERS = "text/rfc822-headers"
WHOLE = "message/rfc822"


def report(mail_id, address, *, action="failed", status="5.1.1", says="", returned=WHOLE):
    """As a mail server writes one to the address that mail goes out from."""
    diagnostic = f"\nDiagnostic-Code: smtp; {says}" if says else ""
    text = f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example
To: kakehashi@agency.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <{uuid4()}@mx.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="==B"

--==B
Content-Type: text/plain

I am sorry.

--==B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}{diagnostic}

--==B
Content-Type: {returned}

From: kakehashi@agency.example
To: {address}
Message-ID: <{mail_id}@agency.example>
Subject: A letter

--==B--
"""
    return text.replace("\n", "\r\n").encode()


@pytest.fixture
def box(tmp_path, settings):
    settings.MAILIN_MOST_MB = 1
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    return Maildir(tmp_path)


@pytest.fixture
def take(box, tmp_path):
    """take(report, …) has them fetched; none of them stays in the mailbox."""

    def taken(*raws):
        for raw in raws:
            (tmp_path / "new" / str(uuid4())).write_bytes(raw)
        assert tasks.take_all(box) == len(raws)

    return taken


@pytest.fixture
def sent(cast):
    return Sent.objects.create(
        person=cast.ken, to=cast.ken.email, sender="kakehashi@agency.example",
        written_at=now(), sent_at=now(),
    )  # fmt: skip


@pytest.mark.parametrize("returned", [WHOLE, HEADERS])
@pytest.mark.parametrize(
    ("status", "says"),
    [("5.1.1", "550 5.1.1 no such user"), ("5.0.0", "550-5.2.1 disabled"), ("5.1.10", "")],
)
def test_a_report_marks_the_address_it_tells_of(cast, sent, take, returned, status, says):
    take(report(sent.pk, sent.to.upper(), status=status, says=says, returned=returned))

    bounce = Bounce.objects.get()
    assert (bounce.address, bounce.person, bounce.lifted_at) == (sent.to, cast.ken, None)
    assert (says or status) in bounce.reason


def test_reported_twice_an_address_is_marked_once_and_the_mail_is_nobodys_request(cast, sent, take):
    take(report(sent.pk, sent.to), report(sent.pk, sent.to))

    assert Bounce.objects.count() == 1
    assert {(mail.fate, mail.reason) for mail in Mail.objects.all()} == {("refused", "bounce")}


def test_who_knows_the_person_reads_it_there(cast, sent, take, as_):
    take(report(sent.pk, sent.to, says="550 5.1.1 no such user"))

    page = as_(cast.aki).get(f"/people/{cast.ken.pk}/").content.decode()

    assert "Mail to this person does not arrive." in page


@pytest.mark.parametrize(
    "said",
    [
        {"action": "delayed", "status": "4.4.1"},
        {"action": "delivered", "status": "2.0.0"},
        {"status": "5.7.1", "says": "550 5.7.1 looks like spam"},
        {"status": "5.0.0"},
    ],
)
def test_what_does_not_blame_the_address_marks_nothing(sent, take, said):
    take(report(sent.pk, sent.to, **said))

    assert not Bounce.objects.exists()


def test_a_report_is_believed_only_about_a_mail_that_went_there(cast, sent, take):
    take(
        report(uuid4(), sent.to),
        report(sent.pk, cast.aki.email),
        report("no-number", sent.to),
        report(sent.pk, sent.to).replace(b"multipart/report", b"multipart/mixed"),
    )

    assert not Bounce.objects.exists()


def test_an_old_report_does_not_mark_what_was_confirmed_since(cast, sent, take):
    take(report(sent.pk, sent.to))
    with acting_as(cast.hana):
        notify.lift_bounce(bounce=Bounce.objects.get(), by=cast.hana, at=now())

    take(report(sent.pk, sent.to))

    assert not Bounce.objects.filter(lifted_at=None).exists()


@pytest.mark.parametrize("cut", range(0, 600, 20))
def test_whatever_is_left_of_a_report_can_be_read(cut):
    whole = report(uuid4(), "b@client.example")

    assert actions.reported(whole[:cut]) == []
    assert isinstance(actions.reported(whole[cut:]), list)
    assert len(actions.reported(whole)) == 1
