"""In the background: mail is fetched and taken in, one by one."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import OperationalError
from django.utils.timezone import now
from procrastinate.contrib.django import app

from kakehashi.notify.actions import report_failure
from kakehashi.policy.acting import acting_as_system
from kakehashi.requests import actions
from kakehashi.requests.mail import letters, mailboxes

log = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024


@app.periodic(cron="*/1 * * * *")
@app.task(name="requests.fetch_mail", lock="requests.fetch_mail")
def fetch_mail(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Take in what waits in the mailbox; each mail is moved out once it is committed."""
    with mailboxes.opened() as mailbox:
        if mailbox is not None:
            take_all(mailbox)


def take_all(mailbox: mailboxes.Mailbox) -> int:
    """Take in everything that waits; returns how many were taken.

    A mail that cannot be taken in stays where it is and does not hold up the others. Where the
    database is away, all stay.
    """
    taken = 0
    for mail in mailbox.waiting(settings.MAILIN_MOST_MB * MEGABYTE):
        try:
            _take(mail)
        except OperationalError:
            raise
        except Exception:
            log.exception("mail %s is left in the mailbox: it could not be taken in", mail.name)
            continue
        mailbox.taken(mail)
        taken += 1
    return taken


def _take(mail: mailboxes.Waiting) -> None:
    letter = actions.read(mail.raw) if mail.whole else letters.read_headers(mail.raw, mail.size)
    failed = actions.reported(mail.raw) if mail.whole else []
    with acting_as_system("take_in_mail"):
        for one in failed:
            report_failure(mail_id=one.mail_id, address=one.address, words=one.words, at=now())
        actions.take_in(letter=letter, at=now(), trusted=settings.MAILIN_TRUST)
