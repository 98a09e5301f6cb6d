"""Sending what the outbox holds: through SMTP, or, where none is set, into files of the home."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kakehashi.notify.models import Mail
from kakehashi.policy.acting import acting_as_system

TIMEOUT = 20  # seconds
TRIES = RetryStrategy(max_attempts=12, exponential_wait=4)


@app.task(queue="mail", retry=TRIES)
def send_mail(mail_id: str) -> None:
    """Send one message, unless it was sent already."""
    with acting_as_system("send_mail"):
        mail = Mail.objects.select_for_update().get(pk=mail_id)
        if mail.sent_at is None:
            _deliver(mail)
            Mail.objects.filter(pk=mail.pk).update(sent_at=now())


def _deliver(mail: Mail) -> None:
    if settings.SMTP_URL:
        _send(mail)
    else:
        settings.OUTBOX.mkdir(mode=0o700, parents=True, exist_ok=True)
        (settings.OUTBOX / f"{mail.pk}.eml").write_bytes(_message(mail).as_bytes())


def _send(mail: Mail) -> None:
    """smtp://user:password@host:port, smtps:// for TLS from the start, smtp+tls:// for STARTTLS."""
    server = urlsplit(settings.SMTP_URL)
    connect = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    with connect(server.hostname or "localhost", server.port or 0, timeout=TIMEOUT) as smtp:
        if server.scheme == "smtp+tls":
            smtp.starttls()
        if server.username:
            smtp.login(unquote(server.username), unquote(server.password or ""))
        smtp.send_message(_message(mail))


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = mail.sender, mail.to, mail.subject
    message["Message-ID"] = f"<{mail.pk}@kakehashi>"
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return message
