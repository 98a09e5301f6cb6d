"""What can be found, and how a row of each kind is shown.

Rows are read as the reader sees them: what the index leads to but the wall hides is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import pgettext, pgettext_lazy

from kakehashi.briefs.models import Brief
from kakehashi.clients.models import Account, Brand, Company, Contact, Seat
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Employment, Office, Person
from kakehashi.policy.rows import during
from kakehashi.requests.models import ClientRequest
from kakehashi.traffic.models import Job
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from uuid import UUID

    from django.db.models import Model
    from django.utils.functional import Promise

Row = tuple["UUID", str, str, str]  # id, title, path, what tells it from others of its name


@dataclass(frozen=True)
class Kind:
    """One kind of row: what it is called, where it stands, and how it is read.

    `read` serves our own people, `read_as_client` a client's contact; without it, contacts have
    no page for such a row.
    """

    name: str
    label: str | Promise
    icon: str
    model: type[Model]
    read: Callable[[Iterable[UUID]], Iterator[Row]]
    read_as_client: Callable[[Iterable[UUID]], Iterator[Row]] | None = None

    @property
    def source(self) -> str:
        return self.model._meta.db_table


@dataclass(frozen=True)
class Shown:
    """One thing as it stands in a list."""

    kind: str
    label: str
    icon: str
    title: str
    path: str
    hint: str = ""


def _account(account: Account | None) -> str:
    """Where an account is, as an address."""
    return reverse("clients:account", args=[account.pk]) if account else ""


def _told(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def _accounts(ids: Iterable[UUID]) -> Iterator[Row]:
    for row in Account.objects.filter(pk__in=ids).select_related("company"):
        yield row.pk, reader_name(row), _account(row), _told(row.code, reader_name(row.company))


def _accounts_as_client(ids: Iterable[UUID]) -> Iterator[Row]:
    for row in Account.objects.filter(pk__in=ids):
        yield row.pk, reader_name(row), _account(row), ""


def _people(ids: Iterable[UUID]) -> Iterator[Row]:
    today = localdate()
    posts: dict[UUID, str] = {}
    held = Employment.objects.filter(during(today, today), person__in=ids)
    for post in held.select_related("office").order_by("rank", "pk"):
        posts[post.person_id] = _told(reader_name(post.office), post.title)
    for row in Person.objects.filter(pk__in=ids, anonymised_at=None):
        hint = posts.get(row.pk) or pgettext("somebody", "left")
        yield row.pk, reader_name(row), reverse("people:person", args=[row.pk]), hint


def _people_as_client(ids: Iterable[UUID]) -> Iterator[Row]:
    """Those who serve the client, on the page of an account they serve."""
    today = localdate()
    seats = Seat.objects.filter(during(today, today), person__in=ids, person__anonymised_at=None)
    for seat in seats.select_related("person", "account").order_by("lead", "pk"):
        told = _told(seat.get_role_display(), reader_name(seat.account))
        yield seat.person_id, reader_name(seat.person), _account(seat.account), told


def _contacts(ids: Iterable[UUID]) -> Iterator[Row]:
    for row in _read_contacts(ids):
        path = f"{reverse('clients:account-people', args=[row.account_id])}#contact-{row.pk}"
        gone = pgettext("somebody", "left") if row.left_on else ""
        told = _told(reader_name(row.account), row.department, row.title, gone)
        yield row.pk, reader_name(row.person), path, told


def _contacts_as_client(ids: Iterable[UUID]) -> Iterator[Row]:
    for row in _read_contacts(ids):
        told = _told(reader_name(row.account), row.department, row.title)
        yield row.pk, reader_name(row.person), _account(row.account), told


def _read_contacts(ids: Iterable[UUID]) -> Iterable[Contact]:
    rows = Contact.objects.filter(pk__in=ids, person__anonymised_at=None)
    return rows.select_related("person", "account")


def _companies(ids: Iterable[UUID]) -> Iterator[Row]:
    for row in Company.objects.filter(pk__in=ids):
        told = _told(row.corporate_number or row.code or row.lei, row.industry)
        yield row.pk, reader_name(row), reverse("clients:company", args=[row.pk]), told


def _brands(ids: Iterable[UUID]) -> Iterator[Row]:
    for row in Brand.objects.filter(pk__in=ids).select_related("company"):
        path = reverse("clients:brand", args=[row.company_id, row.pk])
        yield row.pk, reader_name(row), path, reader_name(row.company)


def _offices(ids: Iterable[UUID]) -> Iterator[Row]:
    for row in Office.objects.filter(pk__in=ids).select_related("parent"):
        told = _told(row.code, reader_name(row.parent) if row.parent else "")
        yield row.pk, reader_name(row), reverse("people:office", args=[row.pk]), told


def _balls(ids: Iterable[UUID]) -> Iterator[Row]:
    for row in Handoff.objects.filter(pk__in=ids).select_related("account", "asked_of"):
        state = pgettext("a ball", "answered") if row.answered_at else reader_name(row.asked_of)
        account = reader_name(row.account) if row.account else ""
        yield row.pk, row.title, reverse("handoffs:ball", args=[row.pk]), _told(account, state)


def _requests(ids: Iterable[UUID]) -> Iterator[Row]:
    for row in ClientRequest.objects.filter(pk__in=ids).select_related("account"):
        path = reverse("requests:request", args=[row.pk])
        yield row.pk, row.title, path, _told(reader_name(row.account), row.get_state_display())


def _jobs(ids: Iterable[UUID]) -> Iterator[Row]:
    for row in Job.objects.filter(pk__in=ids).select_related("account"):
        told = _told(row.number, reader_name(row.account), row.get_production_display())
        yield row.pk, row.title, reverse("traffic:job", args=[row.pk]), told


def _briefs(ids: Iterable[UUID]) -> Iterator[Row]:
    for row in Brief.objects.filter(pk__in=ids).select_related("account"):
        told = _told(row.get_kind_display(), reader_name(row.account), row.get_state_display())
        yield row.pk, row.title, reverse("briefs:brief", args=[row.pk]), told


KINDS: tuple[Kind, ...] = (
    Kind(
        "account", pgettext_lazy("found", "Account"), "briefcase", Account,
        _accounts, _accounts_as_client,
    ),
    Kind("person", pgettext_lazy("found", "Colleague"), "user", Person, _people, _people_as_client),
    Kind(
        "contact", pgettext_lazy("found", "Contact"), "heart-handshake", Contact,
        _contacts, _contacts_as_client,
    ),
    Kind("company", pgettext_lazy("found", "Company"), "building", Company, _companies),
    Kind("brand", pgettext_lazy("found", "Brand"), "tag", Brand, _brands),
    Kind("office", pgettext_lazy("found", "Office"), "sitemap", Office, _offices),
    Kind(
        "ball", pgettext_lazy("found", "Ball"), "arrows-exchange", Handoff, _balls, _balls
    ),
    Kind(
        "request", pgettext_lazy("found", "Request"), "inbox", ClientRequest, _requests, _requests
    ),
    Kind("job", pgettext_lazy("found", "Job"), "clipboard", Job, _jobs),
    Kind("brief", pgettext_lazy("found", "Brief"), "notes", Brief, _briefs, _briefs),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}
BY_SOURCE = {kind.source: kind for kind in KINDS}
