"""The sheet of a handover: what whoever takes a seat over has to know, as it stood that day.

Kept as plain values with codes for what has a label, and every name in both languages: so each
reader reads it in their own.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from kakehashi.base.periods import last_twelve_months
from kakehashi.clients.following import followers
from kakehashi.clients.models import Account, Contact, Fact, Handover
from kakehashi.clients.queries import days, revenue
from kakehashi.people.models import Person
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    from django.db.models import Model

    from kakehashi.clients.models import Brand, Company, Seat
    from kakehashi.people.models import Office

MOST_JOBS = 100
PERSON = "person"
DESCRIBING = (
    "name", "name_en", "name_kana", "email", "phone", "title", "department", "preferences",
)  # fmt: skip
DAYS = frozenset({"starts_on", "ends_on", "as_of", "on", "first", "last"})
LABELS = {
    "role": RoleCode,
    "topic": Fact.Topic,
    "status": Account.Status,
    "level": Account.Level,
    "buying_role": Contact.BuyingRole,
    "channel": Contact.Channel,
}


def of(seat: Seat, at: dt.datetime) -> dict[str, Any]:
    """Write the sheet of a seat from what its account holds now."""
    account = Account.objects.select_related("company", "lead_office", "parent").get(
        pk=seat.account_id
    )
    today = days.today(account, at)
    months = last_twelve_months(today)
    return {
        "made_at": at.isoformat(),
        "account": _account(account),
        "seat": _seat(seat),
        "facts": [_fact(fact) for fact in _facts(account)],
        "contacts": [_contact(contact) for contact in _contacts(account)],
        "brands": _brands(account, today),
        "team": _team(account, today),
        "statuses": [
            _plain(change, "status", "on", "reason")
            for change in account.status_changes.order_by("on", "at", "pk")
        ],
        "period": {"first": months.first.isoformat(), "last": months.last.isoformat()},
        "revenue": [
            {"currency": amount.currency, "net_revenue": str(amount.net_revenue)}
            for amount in revenue.last_year_of(account, today)
        ],
        "handovers": _open_handovers(account, seat),
        "balls": [ball for one in followers() for ball in one.waiting(account, seat.person)],
        "jobs": [
            _plain(job, "number", "title") for job in account.jobs.order_by("-number")[:MOST_JOBS]
        ],
    }


def read(sheet: dict[str, Any]) -> SimpleNamespace:
    """The sheet as a page shows it: days, amounts, codes as labels, everything by attribute.

    The account above is named to who sees it: a receiver may not.
    """
    told: SimpleNamespace = _read(sheet)
    told.account.above = _seen(sheet["account"]["above"])
    told.balls = getattr(told, "balls", [])  # older sheets have none
    for amount in told.revenue:
        amount.net_revenue = Decimal(amount.net_revenue)
    return told


def names(person: Person) -> Q:
    """Handovers whose sheet names a person, in whatever part."""
    here = Q(account__contacts__person=person) | Q(account__seats__person=person)
    wrote = Q(account__facts__written_by=person)
    found = Handover.objects.filter(here | wrote | Q(giver=person) | Q(receiver=person))
    return Q(pk__in=found.values("pk"))


def without(sheet: Any, person: Person) -> Any:
    """The sheet with nothing left of a person but their place in it."""
    if isinstance(sheet, list):
        return [without(part, person) for part in sheet]
    if not isinstance(sheet, dict):
        return sheet
    kept = {key: without(value, person) for key, value in sheet.items()}
    if kept.get(PERSON) == str(person.pk):
        kept |= {key: "" for key in DESCRIBING if key in kept}
    return kept


def _account(account: Account) -> dict[str, Any]:
    return {
        **_plain(account, "code", "name", "name_en", "level", "status", "starts_on", "categories"),
        "company": _named(account.company),
        "lead_office": _named(account.lead_office),
        "above": str(account.parent.pk) if account.parent else None,
    }


def _seen(account_id: str | None) -> Account | None:
    """An account, if the acting person sees it. The name that older sheets hold is not read."""
    return Account.objects.filter(pk=account_id).first() if isinstance(account_id, str) else None


def _seat(seat: Seat) -> dict[str, Any]:
    return _plain(seat, "role", "lead", "share", "starts_on", "ends_on")


def _facts(account: Account) -> list[Fact]:
    standing = account.facts.filter(retired_at=None).select_related("written_by")
    order = {topic: place for place, topic in enumerate(Fact.Topic.values)}
    return sorted(standing, key=lambda fact: (order[fact.topic], fact.as_of, fact.pk))


def _fact(fact: Fact) -> dict[str, Any]:
    return {**_plain(fact, "topic", "text", "source", "as_of"), "by": _named(fact.written_by)}


def _contacts(account: Account) -> list[Contact]:
    here = account.contacts.filter(left_on=None).select_related("person", "reports_to__person")
    return list(here.order_by("person__sort_key", "id"))


def _contact(contact: Contact) -> dict[str, Any]:
    part = ("title", "department", "buying_role", "channel", "preferences", "portal")
    return {
        **_plain(contact, *part),
        **_plain(contact.person, "name", "name_en", "name_kana", "email", "phone"),
        PERSON: str(contact.person_id),
        "reports_to": _named(contact.reports_to.person if contact.reports_to else None),
    }


def _brands(account: Account, today: dt.date) -> list[dict[str, Any]]:
    handled = account.account_brands.filter(days.holding(today)).select_related("brand")
    return [
        {**_plain(row, "starts_on", "ends_on"), **named(row.brand)}
        for row in handled.order_by("brand__folded", "pk")
    ]


def _team(account: Account, today: dt.date) -> list[dict[str, Any]]:
    seats = account.seats.filter(days.holding(today)).select_related("person")
    return [
        {**_seat(seat), **named(seat.person)}
        for seat in seats.order_by("-lead", "role", "person__sort_key", "pk")
    ]


def _open_handovers(account: Account, seat: Seat) -> list[dict[str, Any]]:
    others = Handover.objects.filter(account=account, moved_at=None, withdrawn_at=None)
    return [
        {
            **_plain(other, "on"),
            "role": other.seat.role,
            "giver": _named(other.giver),
            "receiver": _named(other.receiver),
        }
        for other in others.exclude(seat=seat).select_related("seat", "giver", "receiver")
    ]


def _plain(row: Model, *fields: str) -> dict[str, Any]:
    return {name: _json(getattr(row, name)) for name in fields}


def _json(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | str | list) else str(value)


def named(thing: Brand | Company | Office | Person) -> dict[str, str]:
    """A name in both languages; a person's with their id, so that they can be forgotten."""
    known = {"name": thing.name, "name_en": thing.name_en}
    return {**known, PERSON: str(thing.pk)} if isinstance(thing, Person) else known


def _named(thing: Company | Office | Person | None) -> dict[str, str] | None:
    return None if thing is None else named(thing)


def _read(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return SimpleNamespace(**{name: _read(inner, name) for name, inner in value.items()})
    if isinstance(value, list):
        return [_read(inner) for inner in value]
    if key in DAYS and value:
        return dt.date.fromisoformat(value)
    if key == "made_at":
        return dt.datetime.fromisoformat(value)
    if key in LABELS and value:
        return LABELS[key](value).label
    return value
