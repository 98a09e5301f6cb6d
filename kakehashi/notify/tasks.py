"""Mail in the background: written when it is due, sent one at a time, tried again, tidied up."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kakehashi.notify import actions, queries
from kakehashi.notify.models import IS_WAITING, Mail, Notification
from kakehashi.notify.sending import send
from kakehashi.notify.writing import write_due
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as_system
from kakehashi.policy.queue import enqueue

if TYPE_CHECKING:
    from collections.abc import Iterator

TRIES = RetryStrategy(max_attempts=12, exponential_wait=4)  # what a mail server does is no failure
LOST_AFTER = dt.timedelta(minutes=15)
HELD_FOR = dt.timedelta(days=7)
SLOW = 10  # seconds after which others do not wait for the mail that is being sent
LATER = dt.timedelta(seconds=30)


class Mouth:
    """One conversation with the mail server at a time: a slow one must not take every worker."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._since = 0.0

    @contextmanager
    def speaking(self) -> Iterator[bool]:
        """Whether it is this mail's turn."""
        patience = (
            max(0.0, SLOW - (time.monotonic() - self._since)) if self._lock.locked() else SLOW
        )
        if not self._lock.acquire(timeout=patience):
            yield False
            return
        self._since = time.monotonic()
        try:
            yield True
        finally:
            self._lock.release()


MOUTH = Mouth()


@app.task(queue="mail", retry=TRIES)
def send_mail(mail_id: str) -> None:
    """Send one message, unless it was sent already or another worker is at it.

    The row is locked until what came of it is committed. Killed in between, the job runs again;
    the database may notice the death later than that, so what is locked is looked at once more.
    """
    with MOUTH.speaking() as free:
        if not free:
            with transaction.atomic():
                _look_again(mail_id)
            return
        with acting_as_system("send_mail"):
            waiting = Mail.objects.filter(IS_WAITING, pk=mail_id)
            free_row = waiting.select_for_update(skip_locked=True, of=("self",))
            mail = free_row.select_related("person").first()
            if mail is not None:
                send(mail, now())
            elif waiting.exists():
                _look_again(mail_id)


def _look_again(mail_id: str) -> None:
    enqueue(send_mail, schedule_at=now() + LATER, mail_id=mail_id)


@app.task(queue="mail", retry=TRIES, name=actions.WRITE)
def write_mails(person_id: str) -> None:
    """Write the mails that are due to one person, and have them sent."""
    with acting_as_system("write_mails"):
        person = Person.objects.get(pk=person_id)
        for mail in write_due(person, now()):
            enqueue(send_mail, mail_id=str(mail.pk))


@app.periodic(cron="*/5 * * * *")
@app.task(queue="mail", name="notify.write_all_mails")
def write_all_mails(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Have everybody's mail written that is due: what is collected, and what was left over."""
    with acting_as_system("write_mails"):
        for person_id in queries.people_with_due_mail(now()):
            enqueue(write_mails, person_id=str(person_id))


@app.periodic(cron="*/10 * * * *")
@app.task(queue="mail", name=actions.RELEASE)
def pick_up(timestamp: int) -> None:  # noqa: ARG001 (the queue gives it)
    """Take up mail whose job was lost, and mail that was held for an address that is good now."""
    at = now()
    with acting_as_system("send_mail"):
        released = [mail.pk for mail in queries.released(at - HELD_FOR)]
        Mail.objects.filter(pk__in=released).update(held_at=None, tries=0, try_at=at)
        lost = queries.waiting_too_long(at - LOST_AFTER).values_list("pk", flat=True)
        for pk in {*released, *lost}:
            enqueue(send_mail, mail_id=str(pk))


@app.periodic(cron="41 3 * * *")
@app.task(name="notify.clear_old")
def clear_old(timestamp: int) -> None:
    """Mail and notices are kept for as long as the settings say."""
    moment = dt.datetime.fromtimestamp(timestamp, dt.UTC)
    with acting_as_system("clear_old_mail"):
        Mail.objects.filter(written_at__lt=moment - settings.KEEP_MAIL).delete()
        Notification.objects.filter(made_at__lt=moment - settings.KEEP_NOTICES).delete()
