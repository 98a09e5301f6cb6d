"""A mail server that is down, slow, full or strict: nothing is lost, nothing is sent twice."""

from __future__ import annotations

import datetime as dt
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import connection
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from kakehashi.notify import actions, sending, smtp, tasks
from kakehashi.notify.models import Bounce, Mail, Notification
from kakehashi.notify.tasks import pick_up, send_mail
from kakehashi.notify.tests.conftest import notice_of
from kakehashi.notify.tests.server import HANG_UP, eventually, mail_server
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from tests import factories as make


def write(to="b@client.example", **fields) -> Mail:
    values = {"to": to, "sender": "a@agency.example", "subject": "件名", "text": "本文\n.\n.."}
    return Mail.objects.create(**{**values, "html": "", "written_at": now(), **fields})


def send(mail: Mail) -> Mail:
    send_mail.func(mail_id=str(mail.pk))
    mail.refresh_from_db()
    return mail


def next_try(mail: Mail) -> ProcrastinateJob | None:
    jobs = ProcrastinateJob.objects.filter(task_name=actions.SEND, args__mail_id=str(mail.pk))
    return jobs.order_by("-id").first()


@pytest.fixture
def server(settings):
    """A server that does as it is told; by default it takes everything."""

    def starts(script):
        settings.SMTP_URL = script.address
        return script

    with mail_server() as script:
        yield starts(script)


@pytest.fixture
def never():
    """What a server waits for that says nothing any more; it happens when the test is over."""
    event = threading.Event()
    yield event
    event.set()


class TestATakenMail:
    def test_is_sent_once(self, db, server):
        mail = send(send(write()))

        assert len(server.given) == 1
        assert (mail.state, mail.problem) == ("sent", "")

    def test_arrives_as_it_was_written(self, db, server):
        mail = send(write(html="<p>本文</p>"))

        (message,) = server.messages
        assert (message["To"], message["Subject"]) == ("b@client.example", "件名")
        assert message["Message-ID"] == f"<{mail.pk}@agency.example>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message.get_body(("plain",)).get_content() == "本文\r\n.\r\n..\r\n"
        assert message.get_body(("html",)).get_content() == "<p>本文</p>\r\n"
        assert server.given[0].isascii()

    def test_goes_to_the_address_in_the_envelope(self, db, server):
        send(write(to="b@例え.example", sender="Kakehashi <a@agency.example>"))

        assert server.to == ["rcpt TO:<b@xn--r8jz45g.example>"]

    def test_stays_sent_whatever_the_server_says_at_the_goodbye(self, db, server):
        for goodbye in (HANG_UP, "500 what?", "451 no"):
            server.says["QUIT"] = goodbye
            assert send(write()).state == "sent"

    def test_marks_its_notices_and_keeps_what_it_said(self, cast, tell, post, server):
        tell(cast.aki, of="Autumn plans")

        (mail,) = post(cast.aki)

        assert notice_of(cast.aki).mailed_at == mail.sent_at
        assert "Autumn plans" in mail.text
        assert mail.to == cast.aki.email

    def test_tells_anew_what_changed_while_it_was_on_its_way(
        self, cast, tell, post, server, monkeypatch
    ):
        about = tell(cast.aki)
        (mail,) = post(cast.aki, send=False)
        deliver = smtp.deliver

        def while_it_is_told_anew(**what):
            tell(cast.aki, about=about, at=now())
            return deliver(**what)

        monkeypatch.setattr(smtp, "deliver", while_it_is_told_anew)
        send(mail)
        monkeypatch.setattr(smtp, "deliver", deliver)

        told = notice_of(cast.aki)
        assert (told.mail, told.mailed_at) == (None, None)
        assert len(post(cast.aki)) == 2


LATER = [
    ({"says": {"CONNECT": "554 no mail here today"}}, "554 no mail here today"),
    ({"says": {"CONNECT": "421 busy"}}, "421 busy"),
    ({"says": {"CONNECT": HANG_UP}}, "SMTPServerDisconnected"),
    ({"says": {"EHLO": HANG_UP}}, "SMTPServerDisconnected"),
    ({"says": {"MAIL": "452 disk full"}}, "452 disk full"),
    ({"says": {"RCPT": "450 4.2.1 greylisted"}}, "450 4.2.1 greylisted"),
    ({"says": {"RCPT": HANG_UP}}, "SMTPServerDisconnected"),
    ({"says": {"DATA": "451 later"}}, "451 later"),
    ({"says": {"DATA": HANG_UP}}, "SMTPServerDisconnected"),
    ({"says": {"MESSAGE": "451 4.3.0 later"}}, "451 4.3.0 later"),
    ({"says": {"MESSAGE": HANG_UP}}, "SMTPServerDisconnected"),
]


class TestAServerThatDoesNotTakeItNow:
    @pytest.mark.parametrize(("script", "words"), LATER)
    def test_is_asked_again_later(self, db, settings, script, words):
        with mail_server(**script) as server:
            settings.SMTP_URL = server.address
            mail = send(write())

        assert (mail.state, mail.tries) == ("waiting", 1)
        assert words in mail.problem
        assert next_try(mail).scheduled_at == mail.try_at

    @pytest.mark.parametrize(
        ("step", "limit"),
        [("CONNECT", "PATIENCE"), ("RCPT", "PATIENCE"), ("MESSAGE", "LAST_ANSWER")],
    )
    def test_that_falls_silent_is_asked_again_later(
        self, db, server, monkeypatch, never, step, limit
    ):
        monkeypatch.setattr(smtp, limit, 0.3)
        server.waits[step] = never

        mail = send(write())

        assert (mail.state, mail.tries) == ("waiting", 1)
        assert mail.problem
        assert next_try(mail).scheduled_at == mail.try_at

    def test_is_asked_again_later_when_all_its_answers_together_take_too_long(
        self, db, server, monkeypatch
    ):
        monkeypatch.setattr(smtp, "IN_ALL", 0.4)
        server.waits |= dict.fromkeys(("CONNECT", "EHLO", "MAIL", "RCPT", "DATA"), 0.1)

        mail = send(write())

        assert (mail.state, mail.tries) == ("waiting", 1)
        assert mail.problem
        assert server.given == []

    def test_is_asked_again_when_it_is_not_there_at_all(self, db, settings):
        with mail_server() as server:
            settings.SMTP_URL = server.address

        mail = send(write())

        assert (mail.state, mail.tries) == ("waiting", 1)
        assert "ConnectionRefusedError" in mail.problem

    def test_gets_it_when_it_is_back(self, db, server):
        server.says["RCPT"] = ["450 later", "250 ok"]

        mail = send(write())
        assert mail.state == "waiting"
        assert send(mail).state == "sent"
        assert len(server.given) == 1

    def test_is_asked_at_growing_intervals_up_to_two_hours_for_three_days(self, db):
        mail = write()
        pauses = []
        for mail.tries in range(1, sending.MOST_TRIES + 1):
            pauses.append(sending.pause(mail))

        assert pauses == sorted(pauses)
        assert pauses[0] < dt.timedelta(seconds=7)
        assert dt.timedelta(hours=2) <= pauses[-1] < dt.timedelta(hours=2.5)
        assert dt.timedelta(days=2.9) < sum(pauses, dt.timedelta()) < dt.timedelta(days=4)

    def test_is_at_last_given_up(self, db, server):
        server.says["MAIL"] = "451 never"

        mail = send(write(tries=sending.MOST_TRIES))

        assert (mail.state, mail.problem) == ("stuck", "451 never")
        assert next_try(mail) is None

    def test_that_keeps_it_without_saying_so_gets_it_again_under_the_same_id(self, db, server):
        """The one window that no sender can close: taken, and gone before saying it."""
        server.says["MESSAGE"], server.keeps = [HANG_UP, "250 kept"], False

        send(send(write()))

        first, second = server.messages
        assert first["Message-ID"] == second["Message-ID"]
        assert first["Date"] == second["Date"]

    def test_is_waited_for_after_the_message_so_that_it_is_not_sent_twice(
        self, db, server, monkeypatch
    ):
        monkeypatch.setattr(smtp, "PATIENCE", 2)
        server.waits["MESSAGE"] = 2.2  # longer than any other answer may take

        assert send(send(write())).state == "sent"
        assert len(server.given) == 1


class TestSigningIn:
    @pytest.fixture
    def server(self, settings):
        says = {"EHLO": "250-test\r\n250 AUTH PLAIN", "AUTH": "235 welcome"}
        with mail_server(says=says) as script:
            settings.SMTP_URL = script.address.replace("//", "//post:p%40ss@")
            yield script

    def test_comes_before_the_mail(self, db, server):
        assert send(write()).state == "sent"
        assert server.steps[:3] == ["CONNECT", "EHLO", "AUTH"]

    def test_with_a_wrong_password_loses_no_mail(self, db, server):
        server.says["AUTH"] = "535 5.7.8 wrong password"

        mail = send(write())

        assert (mail.state, mail.problem) == ("waiting", "535 5.7.8 wrong password")

    def test_on_an_open_line_waits_for_one_that_is_closed(self, db, server, settings):
        settings.SMTP_URL = settings.SMTP_URL.replace("smtp:", "smtp+tls:")

        mail = send(write())

        assert mail.state == "waiting"
        assert "STARTTLS" in mail.problem
        assert "AUTH" not in server.steps


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """What a server needs that nobody knows: a certificate it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 7)
        .not_valid_before(now() - dt.timedelta(days=1))
        .not_valid_after(now() + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    file.write_bytes(secret + made.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


class TestTls:
    def test_of_an_unknown_server_is_not_trusted(self, db, settings, tls):
        with mail_server(tls) as server:
            settings.SMTP_URL = server.address
            mail = send(write())

        assert mail.state == "waiting"
        assert "CERTIFICATE_VERIFY_FAILED" in mail.problem
        assert server.given == []

    def test_of_an_unknown_server_is_trusted_where_the_operator_says_so(self, db, settings, tls):
        with mail_server(tls) as server:
            settings.SMTP_URL = f"{server.address}?verify=0"

            assert send(write()).state == "sent"
        assert len(server.given) == 1


class TestARefusalForGood:
    @pytest.mark.parametrize(
        "says",
        [
            {"MAIL": "550 5.7.1 you may not"},
            {"MAIL": "550 5.1.8 bad sender"},
            {"RCPT": "554 5.7.1 relay access denied"},
            {"RCPT": "530 sign in first"},
            {"DATA": "554 no"},
            {"MESSAGE": "554 5.6.0 looks like spam"},
            {"MESSAGE": "552 too big"},
        ],
    )
    def test_that_is_not_the_addresss_fault_stays_with_its_reason(self, db, server, says):
        server.says |= says

        mail = send(write())

        assert mail.state == "stuck"
        assert mail.problem in says.values()
        assert not Bounce.objects.exists()
        assert next_try(mail) is None

    def test_is_tried_again_by_an_administrator(self, cast, server):
        server.says["MESSAGE"] = ["554 no", "250 kept"]
        mail = send(write(to=cast.aki.email))
        with acting_as(cast.hana):
            assert actions.try_again(mail_id=mail.pk, by=cast.hana, at=now())

        assert next_try(mail) is not None
        assert send(mail).state == "sent"

    @pytest.mark.parametrize(
        "says",
        [
            {"RCPT": "550 no such user"},
            {"RCPT": "550 5.1.1 no such user"},
            {"RCPT": "552 5.2.2 mailbox full"},
            {"MESSAGE": "550 5.1.1 no such user after all"},
        ],
    )
    def test_of_the_address_marks_it(self, cast, server, says):
        server.says |= says

        mail = send(write(to=cast.aki.email))

        bounce = Bounce.objects.get()
        assert (bounce.address, bounce.person) == (cast.aki.email, cast.aki)
        assert bounce.reason in says.values()
        assert mail.state == "held"


class TestAMarkedAddress:
    @pytest.fixture
    def marked(self, cast, server):
        server.says["RCPT"] = "550 5.1.1 no such user"
        send(write(to=cast.aki.email))
        server.says.pop("RCPT")
        return Bounce.objects.get()

    def test_is_not_written_to(self, cast, server, marked, tell, post):
        server.steps.clear()
        tell(cast.aki)

        (mail,) = post(cast.aki)

        assert (mail.state, server.steps) == ("held", [])

    def test_is_marked_once_however_often_it_is_found_out(self, cast, marked):
        again = sending._mark(
            write(to=cast.aki.email.upper()), smtp.Answer(smtp.Outcome.BOUNCED, "550"), now()
        )

        assert again is None
        assert Bounce.objects.count() == 1

    def test_gets_what_was_held_once_the_mark_is_lifted(self, cast, server, marked, tell, post):
        tell(cast.aki)
        (held,) = post(cast.aki)
        with acting_as(cast.hana):
            actions.lift_bounce(bounce=marked, by=cast.hana, at=now())

        pick_up.func(timestamp=0)

        assert next_try(held) is not None
        assert send(held).state == "sent"
        assert [m["To"] for m in server.messages] == [cast.aki.email]

    def test_gets_nothing_any_more_once_the_person_has_another(
        self, cast, server, marked, tell, post
    ):
        tell(cast.aki)
        (held,) = post(cast.aki)
        Person.objects.filter(pk=cast.aki.pk).update(email="new@agency.example")

        pick_up.func(timestamp=0)
        mail = send(held)

        assert (mail.state, mail.to) == ("sent", "new@agency.example")
        assert Bounce.objects.filter(lifted_at=None).exists()

    def test_leaves_held_what_is_old(self, cast, server, marked, tell, post):
        tell(cast.aki)
        (held,) = post(cast.aki)
        Mail.objects.update(written_at=now() - tasks.HELD_FOR - dt.timedelta(hours=1))
        with acting_as(cast.hana):
            actions.lift_bounce(bounce=marked, by=cast.hana, at=now())

        pick_up.func(timestamp=0)

        held.refresh_from_db()
        assert held.state == "held"


class TestNothingToSend:
    def test_without_anything_left_to_tell_a_mail_is_dropped(
        self, cast, server, tell, post, letters
    ):
        about = tell(cast.aki)
        (mail,) = post(cast.aki, send=False)
        letters.burn(about)

        assert send(mail).state == "dropped"
        assert server.steps == []

    def test_without_an_address_a_mail_is_dropped(self, cast, server, tell, post):
        Person.objects.filter(pk=cast.aki.pk).update(email="")
        tell(cast.aki)

        (mail,) = post(cast.aki)

        assert mail.state == "dropped"

    def test_an_address_that_no_mail_server_takes_is_marked_unasked(self, db, server):
        mail = send(write(to="山田@client.example"))

        assert mail.state == "held"
        assert server.steps == []

    def test_a_mail_that_was_removed_meanwhile_is_none(self, db, server):
        mail = write()
        Mail.objects.all().delete()

        send_mail.func(mail_id=str(mail.pk))

        assert server.steps == []


class TestLostJobs:
    def test_a_waiting_mail_without_a_job_gets_one(self, db):
        ago = now() - tasks.LOST_AFTER - dt.timedelta(minutes=1)
        new, lost, stuck = write(), write(written_at=ago), write(written_at=ago, stuck_at=ago)

        pick_up.func(timestamp=0)
        pick_up.func(timestamp=0)

        assert [next_try(mail) is not None for mail in (new, lost, stuck)] == [False, True, False]
        assert ProcrastinateJob.objects.filter(task_name=actions.SEND).count() == 1


@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    def test_never_send_the_same_mail_at_the_same_time(self, server, monkeypatch):
        monkeypatch.setattr(tasks, "MOUTH", tasks.Mouth())
        told = server.waits["MESSAGE"] = threading.Event()
        mail = write()

        def work():
            send_mail.func(mail_id=str(mail.pk))
            connection.close()

        first = threading.Thread(target=work)
        first.start()
        eventually(lambda: "MESSAGE" in server.steps)
        monkeypatch.setattr(tasks, "MOUTH", tasks.Mouth())  # another process has its own
        work()
        assert next_try(mail).scheduled_at > now()  # who is at it may have been killed
        told.set()
        first.join()

        mail.refresh_from_db()
        assert mail.state == "sent"
        assert len(server.given) == 1

    def test_one_that_waits_for_a_slow_server_leaves_the_others_to_other_work(
        self, server, monkeypatch
    ):
        monkeypatch.setattr(tasks, "SLOW", 0.1)
        mouth = tasks.Mouth()
        monkeypatch.setattr(tasks, "MOUTH", mouth)
        mail = write()

        with mouth.speaking() as first:
            assert first
            work = threading.Thread(
                target=lambda: (send_mail.func(mail_id=str(mail.pk)), connection.close())
            )
            work.start()
            work.join()

        assert server.steps == []
        assert next_try(mail).scheduled_at > now()


def test_a_mail_has_one_end(db):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="notify_mail_one_end"), transaction.atomic():
        write(sent_at=now(), stuck_at=now())


def test_states_move_only_as_the_table_says():
    from kakehashi.notify import models, states

    assert set(states.MOVES) == {states.WAITING, *models.ENDS.values()}
    assert all(states.WAITING in states.MOVES[s] for s in (states.HELD, states.STUCK))


def test_old_mail_and_notices_go(cast, tell, settings):
    tell(cast.aki)
    old = write(written_at=now() - settings.KEEP_MAIL - dt.timedelta(days=1))
    Notification.objects.update(mail=old)
    write()

    tasks.clear_old.func(timestamp=int(now().timestamp()))

    assert Mail.objects.count() == 1
    assert notice_of(cast.aki).mail is None

    Notification.objects.update(made_at=now() - settings.KEEP_NOTICES - dt.timedelta(days=1))
    tasks.clear_old.func(timestamp=int(now().timestamp()))
    assert not Notification.objects.exists()


def test_a_person_is_made_known_by_one_address_only(cast):
    make.person("Twin", email=cast.aki.email)

    assert sending._whose(cast.aki.email) is None
    assert sending._whose("") is None or sending._whose("nobody@x.example") is None
