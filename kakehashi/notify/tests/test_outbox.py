"""Mail is written with the change that caused it; without a server it goes into files."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from kakehashi.notify.backend import OutboxBackend
from kakehashi.notify.models import Mail
from kakehashi.notify.tasks import send_mail


@pytest.fixture
def outbox(settings, tmp_path):
    settings.SMTP_URL, settings.OUTBOX, settings.SHOW_OUTBOX = "", tmp_path / "outbox", True
    return settings.OUTBOX


def write(subject="件名", text="本文", html="<p>本文</p>") -> Mail:
    message = EmailMultiAlternatives(subject, text, "a@agency.example", ["b@client.example"])
    message.attach_alternative(html, "text/html")
    OutboxBackend().send_messages([message])
    return Mail.objects.latest("id")


def sent(**said) -> Mail:
    mail = write(**said)
    send_mail.func(mail_id=str(mail.pk))
    return mail


def test_a_message_that_was_rolled_back_was_never_written(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        raise ZeroDivisionError

    assert not Mail.objects.exists()


def test_without_a_server_it_goes_into_a_file_that_the_outbox_shows(db, outbox, client):
    mail = sent(text="こちら https://agency.example/auth/x/")

    assert "件名" in client.get("/auth/outbox/").content.decode()
    page = client.get(f"/auth/outbox/{mail.pk}/").content.decode()
    assert 'href="https://agency.example/auth/x/"' in page
    assert f"&lt;{mail.pk}@agency.example&gt;" in page


def test_the_newest_stands_first(db, outbox, client):
    sent(subject="First")
    sent(subject="Second")

    shown = client.get("/auth/outbox/").content.decode()
    assert shown.index("Second") < shown.index("First")


def test_the_html_of_a_message_runs_nothing_and_loads_nothing(db, outbox, client):
    mail = sent(html="<style>p { color: red }</style><p>本文</p>")

    page = client.get(f"/auth/outbox/{mail.pk}/").content.decode()
    frame = client.get(f"/auth/outbox/{mail.pk}/html/")
    assert f'src="/auth/outbox/{mail.pk}/html/"' in page
    assert "<p>本文</p>" in frame.content.decode()
    assert "default-src 'none'" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("page", ["", "{pk}/", "{pk}/html/"])
def test_the_outbox_is_shown_only_where_it_is_asked_for(db, outbox, settings, client, page):
    path = f"/auth/outbox/{page}".format(pk=sent().pk)
    assert client.get(path).status_code == 200

    settings.SHOW_OUTBOX = False
    assert client.get(path).status_code == 404

    settings.SHOW_OUTBOX, settings.SMTP_URL = True, "smtp://mail.example"
    assert client.get(path).status_code == 404
