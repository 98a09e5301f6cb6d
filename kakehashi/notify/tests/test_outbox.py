"""Mail is written with the change that caused it and sent once."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from kakehashi.notify.backend import OutboxBackend
from kakehashi.notify.models import Mail
from kakehashi.notify.tasks import send_mail


class Smtp(socketserver.StreamRequestHandler):
    """As much of a mail server as one delivery takes; `answers` may refuse it."""

    def handle(self):
        self.say("220 test")
        for raw in self.rfile:
            verb = raw.strip().upper()[:4]
            if verb == b"DATA":
                self.say(self.server.answer if self.server.answer != "250" else "354 go on")
                if self.server.answer == "250":
                    self.server.received.append(self.body())
                    self.say("250 kept")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def body(self) -> bytes:
        lines = []
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw)
        return b"".join(lines)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server(answer: str = "250"):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp) as server:
        server.answer, server.received = answer, []
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def write(subject="件名", text="本文", html="<p>本文</p>") -> Mail:
    message = EmailMultiAlternatives(subject, text, "a@agency.example", ["b@client.example"])
    message.attach_alternative(html, "text/html")
    OutboxBackend().send_messages([message])
    return Mail.objects.get()


def test_a_message_that_was_rolled_back_was_never_written(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        raise ZeroDivisionError

    assert not Mail.objects.exists()


def test_it_is_sent_once(db, settings):
    mail = write()
    with mail_server() as server:
        settings.SMTP_URL = f"smtp://127.0.0.1:{server.server_address[1]}"
        send_mail.func(mail_id=str(mail.pk))
        send_mail.func(mail_id=str(mail.pk))

    assert len(server.received) == 1
    assert b"To: b@client.example" in server.received[0]
    mail.refresh_from_db()
    assert mail.sent_at is not None


def test_a_server_that_refuses_leaves_it_unsent(db, settings):
    mail = write()
    with mail_server("451 try later") as server:
        settings.SMTP_URL = f"smtp://127.0.0.1:{server.server_address[1]}"
        with pytest.raises(Exception, match="try later"):
            send_mail.func(mail_id=str(mail.pk))

    mail.refresh_from_db()
    assert mail.sent_at is None


def test_without_a_server_it_goes_into_a_file_that_the_outbox_shows(db, settings, tmp_path, client):
    settings.SMTP_URL, settings.OUTBOX, settings.SHOW_OUTBOX = "", tmp_path / "outbox", True
    mail = write(text="こちら https://agency.example/auth/x/")
    send_mail.func(mail_id=str(mail.pk))

    assert "件名" in client.get("/auth/outbox/").content.decode()
    page = client.get(f"/auth/outbox/{mail.pk}/").content.decode()
    assert 'href="https://agency.example/auth/x/"' in page


def test_the_outbox_is_shown_only_where_it_is_asked_for(db, settings, client):
    assert client.get("/auth/outbox/").status_code == 404

    settings.SHOW_OUTBOX, settings.SMTP_URL = True, "smtp://mail.example"
    assert client.get("/auth/outbox/").status_code == 404
