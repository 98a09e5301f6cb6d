"""Which mails are to be written of what somebody was told: at once, or collected, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from kakehashi.notify import queries
from kakehashi.notify.models import Mail, Notification
from kakehashi.notify.moments import collected_at
from kakehashi.notify.states import Choice
from kakehashi.people.queries.calendars import calendar_of
from kakehashi.policy.acting import acting_as

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person


def write_due(person: Person, at: dt.datetime) -> list[Mail]:
    """Write what is due of one person's notices; what they have not seen and may still see.

    All that is to be told at once goes into one mail, and all that is collected into another.
    Done twice, it is done once: a notice that stands in a mail is not due any more.
    """
    due = list(
        Notification.objects.select_for_update()
        .filter(person=person, mail_due_at__lte=at)
        .order_by("id")
    )
    if not due:
        return []
    with acting_as(person):
        choices = queries.choices_of(person)
        visible = queries.seen_among(due)
        calendar = calendar_of(person)
    now, collected = [], []
    for notice in due:
        choice = choices.get(notice.kind, Choice.NEVER)
        if notice.pk not in visible or notice.seen_at or choice == Choice.NEVER:
            notice.mail_due_at = None
        elif choice == Choice.NOW:
            now.append(notice)
        else:
            notice.mail_due_at = collected_at(calendar, choice, notice.mail_due_at or at)
            if notice.mail_due_at is not None and notice.mail_due_at <= at:
                collected.append(notice)
    mails = [_write(person, rows, at) for rows in (now, collected) if rows]
    Notification.objects.bulk_update(due, ["mail", "mail_due_at"])
    return mails


def _write(person: Person, notices: list[Notification], at: dt.datetime) -> Mail:
    mail = Mail(person=person, sender=settings.DEFAULT_FROM_EMAIL, written_at=at)
    mail.save(force_insert=True)
    for notice in notices:
        notice.mail, notice.mail_due_at = mail, None
    return mail
