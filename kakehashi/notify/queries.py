"""What somebody was told, what they want by mail, and mail that did not arrive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from procrastinate.contrib.django.models import ProcrastinateJob

from kakehashi.base.ids import uuid7
from kakehashi.clients.queries.keyset import Column, Page, page
from kakehashi.notify import kinds
from kakehashi.notify.models import IS_WAITING, Bounce, Mail, Notification, Preference
from kakehashi.notify.states import Choice
from kakehashi.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

COUNTED = 99
"""How far unseen notices are counted; beyond it a bell says 99+."""
SHOWN = 100
"""Undelivered mails on one page."""
NEWEST_FIRST = (
    Column("made_at", dt.datetime.fromisoformat, descending=True),
    Column("id", UUID, descending=True),
)


@dataclass(frozen=True)
class News:
    """How much somebody has not seen, and when the newest of it was told."""

    unseen: int
    newest: dt.datetime | None

    @property
    def more(self) -> bool:
        return self.unseen > COUNTED

    @property
    def stamp(self) -> int:
        """The newest as a number that grows with it, to the microsecond; 0 for none."""
        return round(self.newest.timestamp() * 1_000_000) if self.newest else 0

    @property
    def mark(self) -> str:
        """Differs whenever anything differs."""
        return f"{self.unseen}-{self.stamp}"


def news_for(person: Person) -> News:
    """In one query on one index."""
    times = list(
        _unseen(person).order_by("-made_at").values_list("made_at", flat=True)[: COUNTED + 1]
    )
    return News(len(times), times[0] if times else None)


def newest_told(person: Person) -> tuple[Notification, kinds.Told] | None:
    """The newest unseen notice and what it says, if it says anything."""
    notice = _unseen(person).select_related("account").order_by("-made_at", "-pk").first()
    if notice is None or (told := kinds.render([notice]).get(notice.pk)) is None:
        return None
    return notice, told


def _unseen(person: Person) -> QuerySet[Notification]:
    return Notification.objects.filter(person=person, seen_at=None)


@dataclass(frozen=True)
class Listed:
    """A notice and what it says to its reader now."""

    notice: Notification
    told: kinds.Told


@dataclass(frozen=True)
class Notices:
    """One page of notices; `silent` are those that say nothing any more."""

    rows: list[Listed]
    silent: list[Notification]
    previous: str
    next: str


def notices_of(person: Person, *, unseen: bool, after: str = "", before: str = "") -> Notices:
    """Newest first, each rendered as the reader sees it now."""
    rows = Notification.objects.filter(person=person).select_related("account", "by")
    if unseen:
        rows = rows.filter(seen_at=None)
    found: Page[Notification] = page(rows, NEWEST_FIRST, after=after, before=before)
    said = kinds.render(found.rows)
    return Notices(
        rows=[Listed(row, said[row.pk]) for row in found.rows if row.pk in said],
        silent=[row for row in found.rows if row.pk not in said],
        previous=found.previous,
        next=found.next,
    )


def choices_of(person: Person) -> dict[str, Choice]:
    """What somebody wants by mail, for every kind there is."""
    chosen = dict(Preference.objects.filter(person=person).values_list("kind", "choice"))
    return {kind.code: Choice(chosen.get(kind.code, kind.default)) for kind in kinds.all_kinds()}


def standing_bounce(address: str) -> Bounce | None:
    """The mark on an address, if it stands."""
    if not address:
        return None
    return Bounce.objects.filter(address__iexact=address, lifted_at=None).first()


def whose(address: str) -> Person | None:
    """The one person with this address; of several, nobody can say."""
    found = Person.objects.filter(email__iexact=address)[:2]
    return found[0] if len(found) == 1 else None


def sent_to(mail_id: UUID, address: str) -> Mail | None:
    """The mail with this number, if it went out to this address."""
    sent = Mail.objects.filter(pk=mail_id, to__iexact=address, sent_at__isnull=False)
    return sent.select_related("person").first()


def lifted_since(address: str, mail: Mail) -> bool:
    """Whether somebody said after this mail went out that the address is good."""
    lifted = Bounce.objects.filter(address__iexact=address, lifted_at__gte=mail.sent_at)
    return lifted.exists()


def bounces() -> QuerySet[Bounce]:
    """Marks that stand, of people the reader knows."""
    return Bounce.objects.filter(lifted_at=None).select_related("person").order_by("-at", "-id")


@dataclass(frozen=True)
class Undelivered:
    """A mail that did not go out at once: to whom and why, not what it says."""

    id: UUID
    person: Person | None
    address: str
    written_at: dt.datetime
    tries: int
    try_at: dt.datetime | None
    problem: str
    state: str


def undelivered() -> list[Undelivered]:
    """What an administrator may know of mail that did not go out, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM acting_undelivered(%s)", [SHOWN])
        rows = cursor.fetchall()
    people = Person.objects.in_bulk({row[1] for row in rows if row[1]})
    return [Undelivered(pk, people.get(who), *rest) for pk, who, *rest in rows]


def waiting_too_long(before: dt.datetime) -> QuerySet[Mail]:
    """Mail that should have been tried before then and has no job: its job was lost."""
    jobs = ProcrastinateJob.objects.filter(
        task_name__endswith="send_mail", status__in=["todo", "doing"]
    )
    queued = [args.get("mail_id") for args in jobs.values_list("args", flat=True)]
    late = Q(try_at__lt=before) | Q(try_at=None, written_at__lt=before)
    return Mail.objects.filter(IS_WAITING, late).exclude(pk__in=queued)


def released(since: dt.datetime) -> list[Mail]:
    """Held mail written since then whose address is another one now, or is not marked any more."""
    held = Mail.objects.filter(held_at__isnull=False, written_at__gte=since)
    marked = {
        a.lower() for a in Bounce.objects.filter(lifted_at=None).values_list("address", flat=True)
    }
    return [
        mail
        for mail in held.select_related("person")
        if (address := mail.person.email if mail.person else mail.to)
        and address.lower() not in marked
    ]


def people_with_due_mail(at: dt.datetime) -> list[UUID]:
    due = Notification.objects.filter(mail_due_at__lte=at)
    return list(due.order_by("person_id").values_list("person_id", flat=True).distinct())


# ── doors in the wall (policy/sql/notify.sql) ──


def tell(  # noqa: PLR0913 - what a notice consists of
    *,
    person: Person,
    kind: str,
    subject_kind: str,
    subject_id: UUID | None,
    account_id: UUID | None,
    by: Person | None,
    at: dt.datetime,
) -> None:
    """Write a notice for somebody else, or tell them anew what they have not seen."""
    teller = by.pk if by else None
    told = [uuid7(), person.pk, kind, subject_kind, subject_id, account_id, teller, at]
    _ask("SELECT acting_tell(%s, %s, %s, %s, %s, %s, %s, %s)::text", *told)


def take_up_again(mail_id: UUID, at: dt.datetime) -> bool:
    """Have a refused mail tried again; False if the acting person looks after no such mail."""
    return bool(_ask("SELECT acting_try_mail(%s, %s)", mail_id, at))


def lift(bounce: Bounce, at: dt.datetime) -> bool:
    """Take the mark off an address; False if it is not the acting person's to take off."""
    return bool(_ask("SELECT acting_lift_bounce(%s, %s)", bounce.pk, at))


def forget(person: Person) -> None:
    """Remove what somebody was told and the mail to them."""
    _ask("SELECT acting_forget_notices(%s)::text", person.pk)


def _ask(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def seen_among(notices: Iterable[Notification]) -> set[UUID]:
    """Which of these the acting person sees."""
    ids = [notice.pk for notice in notices]
    return set(Notification.objects.filter(pk__in=ids).values_list("pk", flat=True))
