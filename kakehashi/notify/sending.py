"""What becomes of a mail that is to go out now: sent, tried again later, held, stuck or dropped."""

from __future__ import annotations

import datetime as dt
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.encoding import punycode

from kakehashi.notify import queries, smtp
from kakehashi.notify.actions import SEND, WRITE, mark
from kakehashi.notify.composing import compose
from kakehashi.notify.models import Notification
from kakehashi.notify.smtp import Answer, Outcome
from kakehashi.policy.queue import enqueue

if TYPE_CHECKING:
    from kakehashi.notify.composing import Composed
    from kakehashi.notify.models import Mail

FIRST_PAUSE = 5  # seconds; each is three times as long as the one before
LONGEST_PAUSE = 2 * 60 * 60
MOST_TRIES = 44  # some three days
PLAIN = policy.SMTP.clone(cte_type="7bit")  # goes through every server


def send(mail: Mail, at: dt.datetime) -> None:
    """Send a waiting mail, or write down why not. The caller holds its row and commits."""
    composed = compose(mail)
    if composed is None or not composed.to:
        _write(mail, dropped_at=at)
        return
    mail.to = composed.to
    if bounce := queries.standing_bounce(composed.to):
        _write(mail, held_at=at, problem=bounce.reason)
        return
    answer = _deliver(mail, composed)
    if answer.outcome is Outcome.TAKEN:
        _sent(mail, composed, at)
    elif answer.outcome is Outcome.BOUNCED:
        mark(mail, answer.words, at)
        _write(mail, held_at=at, problem=answer.words)
    elif answer.outcome is Outcome.REFUSED or mail.tries >= MOST_TRIES:
        _write(mail, stuck_at=at, problem=answer.words)
    else:
        mail.tries += 1
        try_at = at + pause(mail)
        _write(mail, try_at=try_at, problem=answer.words)
        enqueue(SEND, schedule_at=try_at, mail_id=str(mail.pk))


def pause(mail: Mail) -> dt.timedelta:
    """How long until the next try; up to a fifth longer, so that not all come at once."""
    seconds = min(FIRST_PAUSE * 3 ** (mail.tries - 1), LONGEST_PAUSE)
    return dt.timedelta(seconds=seconds * (1 + mail.pk.int % 100 / 500))


def _deliver(mail: Mail, composed: Composed) -> Answer:
    content = message(mail, composed).as_bytes()
    if not settings.SMTP_URL:
        settings.OUTBOX.mkdir(mode=0o700, parents=True, exist_ok=True)
        (settings.OUTBOX / f"{mail.pk}.eml").write_bytes(content)
        return Answer(Outcome.TAKEN)
    to = _on_the_wire(composed.to)
    if not to.isascii():
        return Answer(Outcome.BOUNCED, composed.to)
    return smtp.deliver(sender=parseaddr(mail.sender)[1], to=to, content=content)


def message(mail: Mail, composed: Composed) -> EmailMessage:
    """As it goes out. Sent again, it has the same Message-ID: a mail server knows it by that."""
    made = EmailMessage(policy=PLAIN)
    made["From"], made["To"] = mail.sender, _on_the_wire(composed.to)
    made["Subject"] = composed.subject
    made["Date"] = format_datetime(mail.written_at)
    domain = parseaddr(mail.sender)[1].rpartition("@")[2] or "kakehashi"
    made["Message-ID"] = f"<{mail.pk}@{domain}>"
    made["Auto-Submitted"] = "auto-generated"
    for name, value in composed.headers.items():
        made[name] = value
    made.set_content(composed.text)
    if composed.html:
        made.add_alternative(composed.html, subtype="html")
    return made


def _on_the_wire(address: str) -> str:
    name, _at, domain = address.rpartition("@")
    return f"{name}@{punycode(domain)}"


def _sent(mail: Mail, composed: Composed, at: dt.datetime) -> None:
    mail.subject, mail.text, mail.html = composed.subject, composed.text, composed.html
    _write(mail, sent_at=at, problem="")
    for notice in composed.notices:
        same = Notification.objects.filter(pk=notice.pk, made_at=notice.made_at)
        same.update(mailed_at=at)
    _tell_of_what_came_meanwhile(mail, composed, at)


def _tell_of_what_came_meanwhile(mail: Mail, composed: Composed, at: dt.datetime) -> None:
    """What was told anew while its mail was on its way is told in another one."""
    anew = Notification.objects.filter(
        pk__in=[notice.pk for notice in composed.notices], mail=mail, mailed_at=None, seen_at=None
    )
    if anew.update(mail=None, mail_due_at=at):
        enqueue(WRITE, person_id=str(mail.person_id))


def _write(mail: Mail, **what: object) -> None:
    for name, value in what.items():
        setattr(mail, name, value)
    mail.save(update_fields=["to", "subject", "text", "html", "tries", *what])
