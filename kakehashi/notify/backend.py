"""Django's mail goes into the outbox, in the transaction of whoever sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail.backends.base import BaseEmailBackend
from django.utils.timezone import now

from kakehashi.notify.models import Mail
from kakehashi.notify.tasks import send_mail
from kakehashi.policy.queue import enqueue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage


class OutboxBackend(BaseEmailBackend):
    """Writes one Mail for each recipient and queues its sending."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        written = [
            self._write(message, to) for message in email_messages for to in message.recipients()
        ]
        return len(written)

    def _write(self, message: EmailMessage, to: str) -> Mail:
        html = next(
            (
                str(part.content)
                for part in getattr(message, "alternatives", ())
                if part.mimetype == "text/html"
            ),
            "",
        )
        mail = Mail(
            to=to,
            sender=message.from_email,
            subject=str(message.subject),
            text=str(message.body),
            html=html,
            written_at=now(),
        )
        mail.save(force_insert=True)
        enqueue(send_mail, mail_id=str(mail.pk))
        return mail
