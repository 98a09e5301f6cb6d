"""Requests as lists show them, one with all that its page shows, who takes up what comes in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, Q

from kakehashi.clients.models import Account, Contact
from kakehashi.handoffs.models import Handoff
from kakehashi.handoffs.queries import open_of
from kakehashi.people.models import Person
from kakehashi.policy import scope
from kakehashi.policy.access import narrow
from kakehashi.requests import states
from kakehashi.requests.mail import addresses
from kakehashi.requests.models import ClientRequest, Entry, File, Mail, Note

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

OPEN, CLOSED, ALL = "open", "closed", "all"
VIEWS = (OPEN, CLOSED, ALL)
HELD, TAKEN, TURNED_AWAY = "held", "taken", "refused"
FATES = {HELD: ("held",), TAKEN: ("request", "filed"), TURNED_AWAY: ("refused",)}
OFFERED = 50
"""Open requests that are offered to file a mail to."""


def takers(account: Account) -> list[Person]:
    """Who would take up what comes in on an account, the first choice first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_takers(%s)", [account.pk])
        ids = [row[0] for row in cursor.fetchall()]
    people = Person.objects.in_bulk(ids)
    return [people[pk] for pk in ids if pk in people]


def listed(view: str = OPEN, *, account: Account | None = None) -> QuerySet[ClientRequest]:
    """Requests the reader sees, the newest first."""
    rows = ClientRequest.objects.filter(account=account) if account else _everywhere()
    if view == OPEN:
        rows = rows.filter(settled_at=None)
    elif view == CLOSED:
        rows = rows.exclude(settled_at=None)
    # Joined late: whether a client's person is known is asked for those on the page alone.
    return rows.prefetch_related("account", "written_by", "kept_by")


def _everywhere() -> QuerySet[ClientRequest]:
    return narrow(ClientRequest.objects.all())


def of_client() -> list[ClientRequest]:
    """What a client's contact sees of requests on their accounts: open ones first, then newest."""
    rows = ClientRequest.objects.select_related("account", "written_by", "kept_by")
    newest = rows.order_by("-written_at", "-id")
    still_open = newest.filter(settled_at=None)[:OFFERED]
    return [*still_open, *newest.exclude(settled_at=None)[:OFFERED]]


def courts(requests: Iterable[ClientRequest]) -> dict[UUID, list[Handoff]]:
    """Who has the ball of each, in one question."""
    balls = Handoff.objects.filter(
        subject_kind=states.REQUEST,
        subject_id__in=[request.pk for request in requests],
        answered_at=None,
    )
    found: dict[UUID, list[Handoff]] = defaultdict(list)
    for ball in balls.select_related("asked_of").order_by("due_at", "id"):
        found[ball.subject_id].append(ball)
    return found


def one(pk: UUID) -> ClientRequest:
    """A request with all that its page says of it. Raises DoesNotExist behind the wall."""
    rows = ClientRequest.objects.select_related(
        "account", "written_by", "recorded_by", "kept_by", "follows"
    )
    return rows.get(pk=pk)


def balls_of(request: ClientRequest) -> list[Handoff]:
    """Its open balls, as far as the reader sees them."""
    return open_of(states.REQUEST, request.pk)


@dataclass
class Story:
    """Everything said and kept of one request, in the order of time."""

    entries: list[Entry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    following: list[ClientRequest] = field(default_factory=list)

    def files_of(self, entry: Entry | None) -> list[File]:
        """What came with an entry, or with the request itself."""
        wanted = entry.pk if entry else None
        return [file for file in self.files if file.entry_id == wanted]


def story(request: ClientRequest) -> Story:
    """What the reader sees of it: a client's contact no note and no mail."""
    return Story(
        entries=list(request.entries.select_related("by", "recorded_by").order_by("at", "id")),
        notes=list(request.notes.select_related("by").order_by("at", "id")),
        files=list(request.files.order_by("at", "name", "id")),
        mails=list(request.mails.order_by("came_at", "id")),
        following=list(request.followed_by.order_by("written_at", "id")),
    )


def counts_of(account: Account) -> dict[str, int]:
    """How many requests of an account are open and closed."""
    made = account.requests.aggregate(
        open=Count("id", Q(settled_at=None)), closed=Count("id", ~Q(settled_at=None))
    )
    return {OPEN: made["open"], CLOSED: made["closed"]}


def contacts_of(account: Account) -> list[Contact]:
    """The client's people on an account today."""
    rows = Contact.objects.filter(account=account, left_on=None, person__anonymised_at=None)
    return list(rows.select_related("person").order_by("person__sort_key", "pk"))


def contact_accounts() -> list[Account]:
    """The accounts on which a client's contact may write to us."""
    return list(narrow(Account.objects.all(), "pk", "name").order_by("sort_key", "pk"))


def open_requests_of(account: Account) -> list[ClientRequest]:
    """To which a mail may be filed."""
    rows = account.requests.filter(settled_at=None).order_by("-written_at", "-id")
    return list(rows[:OFFERED])


def mails(account: Account | None, fate: str) -> QuerySet[Mail]:
    """Mail that came in for an account, or for none, the newest first."""
    rows = Mail.objects.filter(account=account, fate__in=FATES[fate])
    return rows.select_related("contact__person", "request", "judged_by", "forwarded_by")


def mail_counts(account: Account | None) -> dict[str, int]:
    made = Mail.objects.filter(account=account).aggregate(
        **{name: Count("id", Q(fate__in=fates)) for name, fates in FATES.items()}
    )
    return {name: made[name] for name in FATES}


def held(account: Account) -> int:
    return Mail.objects.filter(account=account, fate=Mail.Fate.HELD).count()


def one_mail(pk: UUID) -> Mail:
    """A mail with all that its page shows. Raises DoesNotExist behind the wall."""
    rows = Mail.objects.select_related(
        "account", "contact__person", "request", "judged_by", "forwarded_by"
    )
    return rows.get(pk=pk)


def earlier_than(at: dt.datetime, account: Account, sender: str) -> int:
    """How many mails of a sender were taken in since, for the brake on floods."""
    return Mail.objects.filter(account=account, sender_address=sender, came_at__gt=at).count()


def answers_to_ball(ball_id: UUID) -> str:
    """Where an answer by mail goes to somebody who is asked about a request."""
    ball = Handoff.objects.filter(pk=ball_id, subject_kind=states.REQUEST).first()
    return addresses.of_request(ball.subject_id) if ball else ""


def contact(pk: UUID) -> Contact:
    return Contact.objects.select_related("person", "account").get(pk=pk)


def person(pk: UUID | None) -> Person | None:
    return Person.objects.get(pk=pk) if pk else None


def contacts_by_address(account: Account) -> dict[str, list[UUID]]:
    """An account's people by their address: two where two have the same."""
    found: dict[str, list[UUID]] = defaultdict(list)
    for one in contacts_of(account):
        if one.person.email:
            found[one.person.email.lower()].append(one.pk)
    return found


def staff_with(address: str, account: Account) -> list[UUID]:
    """Our people with an address, of those who see an account."""
    rows = Person.objects.filter(email__iexact=address, side=Person.Side.OURS, anonymised_at=None)
    return [one.pk for one in rows if scope.may_be_asked(one.pk, account.pk)]


def thread_of(message_ids: list[str], account: Account) -> ClientRequest | None:
    """The request to which one of some mails was filed: the nearest one's."""
    rows = Mail.objects.filter(account=account, message_id__in=message_ids, request__isnull=False)
    found = {mail.message_id: mail.request for mail in rows.select_related("request__account")}
    return next((found[one] for one in message_ids if one in found), None)
