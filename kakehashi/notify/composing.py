"""A mail as its reader reads it now: in their language, of what they see and have not seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kakehashi.notify import kinds, links, queries, replies
from kakehashi.notify.models import Mail, Notification
from kakehashi.notify.states import Choice
from kakehashi.policy import scope
from kakehashi.policy.acting import acting_as
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person

LONGEST_SUBJECT = 200
MOST_NAMES = 3
COLLECTED = {Choice.MORNING, Choice.EVENING}


@dataclass(frozen=True)
class Composed:
    """What goes to the mail server, and which notices it tells of."""

    to: str
    subject: str
    text: str
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    notices: list[Notification] = field(default_factory=list)


@dataclass(frozen=True)
class Item:
    """One notice in a mail."""

    notice: Notification
    label: str
    told: kinds.Told
    address: str


@dataclass(frozen=True)
class Group:
    """What is told of one account, or of none."""

    account: Account | None
    items: list[Item]


def compose(mail: Mail) -> Composed | None:
    """The mail as it is to be sent, or None if there is nothing to tell any more."""
    if mail.person is None:
        return Composed(mail.to, mail.subject, mail.text, mail.html)
    with acting_as(mail.person), translation.override(mail.person.language):
        if mail.person.is_ours and not scope.is_staff():
            return None
        return _of_notices(mail, mail.person)


def _of_notices(mail: Mail, reader: Person) -> Composed | None:
    choices = queries.choices_of(reader)
    rows = [row for row in _unseen(mail) if choices.get(row.kind, Choice.NEVER) != Choice.NEVER]
    said = kinds.render(rows)
    items = [_item(row, said[row.pk]) for row in rows if row.pk in said]
    if not items:
        return None
    groups = _groups(items)
    stop = links.unsubscribing(reader, _stopped_with({i.notice.kind for i in items}, choices))
    context = {
        "groups": groups,
        "reader": reader,
        "site": settings.SITE_URL,
        "stop": stop,
        "language": reader.language,
    }
    reply_to = replies.address_for(item.notice for item in items)
    return Composed(
        to=reader.email,
        subject=_subject(groups),
        text=render_to_string("notify/mail/notices.txt", context),
        html=render_to_string("notify/mail/notices.html", context),
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            **({"Reply-To": reply_to} if reply_to else {}),
        },
        notices=[item.notice for item in items],
    )


def _unseen(mail: Mail) -> QuerySet[Notification]:
    rows = Notification.objects.filter(mail=mail, seen_at=None).select_related("account")
    return rows.order_by("made_at", "id")


def _item(notice: Notification, told: kinds.Told) -> Item:
    """The link goes through the notice, so that following it counts as having seen it."""
    address = f"{settings.SITE_URL}/notices/{notice.pk}/"
    return Item(notice, str(kinds.known(notice.kind).label), told, address)


def _stopped_with(kinds_told: set[str], choices: dict[str, Choice]) -> set[str]:
    """Whoever stops a collected mail wants none of what is collected."""
    if any(choices[kind] in COLLECTED for kind in kinds_told):
        kinds_told |= {kind for kind, choice in choices.items() if choice in COLLECTED}
    return kinds_told


def _groups(items: list[Item]) -> list[Group]:
    """By account, in the order of their readings; what is of no account comes first."""

    def key(item: Item) -> tuple[str, UUID | int]:
        account = item.notice.account
        return (account.sort_key, account.pk.int) if account else ("", 0)

    return [
        Group(same[0].notice.account, same)
        for _key, run in groupby(sorted(items, key=key), key=key)
        if (same := list(run))
    ]


def _subject(groups: list[Group]) -> str:
    items = [item for group in groups for item in group.items]
    if len(items) == 1:
        only = {"what": items[0].label, "title": items[0].told.title}
        return _shortened(_("%(what)s: %(title)s") % only)
    accounts = [reader_name(group.account) for group in groups if group.account]
    about = pgettext("between names", ", ").join(accounts[:MOST_NAMES])
    words = {"number": len(items)}
    number = ngettext("%(number)d notice", "%(number)d notices", len(items)) % words
    return _shortened(f"{number}: {about}" if about else number)


def _shortened(subject: str) -> str:
    return " ".join(subject.split())[:LONGEST_SUBJECT]
