"""Telling people, and what they do with what they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from kakehashi.notify import kinds, queries, rules
from kakehashi.notify.models import Bounce, Notification, Preference
from kakehashi.notify.states import Choice
from kakehashi.policy.engine import require
from kakehashi.policy.queue import enqueue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping
    from uuid import UUID

    from kakehashi.clients.models import Account
    from kakehashi.notify.models import Mail
    from kakehashi.people.models import Person

WRITE, RELEASE = "notify.write_mails", "notify.pick_up"
SEND = "kakehashi.notify.tasks.send_mail"


@transaction.atomic
def tell(  # noqa: PLR0913 - what a notice consists of
    *,
    person: Person,
    kind: str,
    subject_kind: str,
    subject_id: UUID | None,
    account: Account | None,
    by: Person | None,
    at: dt.datetime,
) -> None:
    """Tell somebody, in the transaction of what they are told; by mail as they have chosen.

    Who did it is not told. What somebody has not seen yet is told anew instead of twice. Whether
    they see it is asked when they read it, and again when a mail goes out. Raises LookupError
    for a kind that no package registered.
    """
    kinds.known(kind)
    if (by is not None and by.pk == person.pk) or person.anonymised_at is not None:
        return
    queries.tell(
        person=person,
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        account_id=account.pk if account else None,
        by=by,
        at=at,
    )
    enqueue(WRITE, person_id=str(person.pk))


@transaction.atomic
def see(*, notices: Collection[UUID], by: Person, at: dt.datetime) -> None:
    """Somebody has seen some notices of theirs: they are not mailed any more."""
    _see(by, at, pk__in=notices)


@transaction.atomic
def see_all(*, until: dt.datetime, by: Person, at: dt.datetime) -> None:
    """Somebody has seen everything up to what they were shown; not what came since."""
    _see(by, at, made_at__lte=until)


@transaction.atomic
def see_subject(*, subject_kind: str, subject_id: UUID, by: Person, at: dt.datetime) -> None:
    """Somebody looks at the thing itself: whatever they were told of it is seen."""
    _see(by, at, subject_kind=subject_kind, subject_id=subject_id)


def _see(by: Person, at: dt.datetime, **which: object) -> None:
    unseen = Notification.objects.filter(person=by, seen_at=None, **which)
    unseen.update(seen_at=at, mail_due_at=None)


@transaction.atomic
def choose(*, choices: Mapping[str, str], by: Person, at: dt.datetime) -> None:
    """What somebody wants by mail from now on, kind by kind; what waits goes by it as well."""
    for code, choice in choices.items():
        kinds.known(code)
        if no := rules.unknown_choice(choice):
            raise ValidationError({code: no})
    stood = queries.choices_of(by)
    changed = [code for code, choice in choices.items() if stood[code] != choice]
    for code in changed:
        Preference.objects.update_or_create(
            person=by, kind=code, defaults={"choice": choices[code]}
        )
    waiting = Notification.objects.filter(person=by, mail_due_at__isnull=False, kind__in=changed)
    if waiting.update(mail_due_at=at):
        enqueue(WRITE, person_id=str(by.pk))


@transaction.atomic
def unsubscribe(*, kinds_of_mail: Iterable[str], by: Person, at: dt.datetime) -> None:
    """No more mail of these kinds. Those that no package knows any more are passed over."""
    known = queries.choices_of(by)
    choose(choices={c: Choice.NEVER for c in kinds_of_mail if c in known}, by=by, at=at)


@transaction.atomic
def try_again(*, mail_id: UUID, by: Person, at: dt.datetime) -> bool:
    """Send a mail once more that the server refused; False if there is none to try."""
    require(by, "notify.try_again", None)
    taken_up = queries.take_up_again(mail_id, at)
    if taken_up:
        enqueue(SEND, mail_id=str(mail_id))
    return taken_up


def mark(mail: Mail, words: str, at: dt.datetime) -> None:
    """No more mail to the address of this one: it does not arrive there, the server says why.

    Another mail may have found out at the same time: an address has one mark.
    """
    found_out = {
        "address": mail.to,
        "person": mail.person or queries.whose(mail.to),
        "reason": words,
        "at": at,
    }
    Bounce.objects.get_or_create(address__iexact=mail.to, lifted_at=None, defaults=found_out)


@transaction.atomic
def report_failure(*, mail_id: UUID, address: str, words: str, at: dt.datetime) -> bool:
    """As nobody in particular: a server reports that a mail which went out did not arrive.

    Its address is marked where the words blame it, and it was not believed in again meanwhile.
    False for a mail that never went to this address.
    """
    mail = queries.sent_to(mail_id, address)
    if mail is None or not rules.blames_the_address(words):
        return False
    if not queries.lifted_since(address, mail):
        mark(mail, words, at)
    return True


@transaction.atomic
def lift_bounce(*, bounce: Bounce, by: Person, at: dt.datetime) -> None:
    """Believe in an address again; what was held back goes out."""
    require(by, "notify.lift_bounce", bounce)
    queries.lift(bounce, at)
    enqueue(RELEASE, timestamp=int(at.timestamp()))
