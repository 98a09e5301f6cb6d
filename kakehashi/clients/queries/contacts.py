"""The client's people: who is known by an address, and who stands above whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.clients.models import Contact
from kakehashi.people.models import Person

if TYPE_CHECKING:
    from uuid import UUID


def people_with(email: str) -> list[Person]:
    """People with an address, of those the reader sees: never a guess, only an offer."""
    if not email:
        return []
    found = Person.objects.filter(email__iexact=email, anonymised_at=None)
    return list(found.order_by("sort_key", "id"))


def parts_of(person: Person) -> list[Contact]:
    """Where somebody is a contact, of the accounts the reader sees."""
    parts = Contact.objects.filter(person=person).select_related("account")
    return list(parts.order_by("account__sort_key", "pk"))


def lock(account_id: UUID) -> None:
    """Let nobody else change who reports to whom on an account until this transaction ends."""
    list(Contact.objects.select_for_update().filter(account_id=account_id).values_list("pk"))


def chain_above(contact: Contact) -> list[UUID]:
    """A contact and everybody above them on the account."""
    above = dict(
        Contact.objects.filter(account_id=contact.account_id).values_list("id", "reports_to_id")
    )
    chain: list[UUID] = []
    at: UUID | None = contact.pk
    while at is not None and at not in chain:
        chain.append(at)
        at = above.get(at)
    return chain
