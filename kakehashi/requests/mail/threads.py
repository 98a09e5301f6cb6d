"""Where a letter belongs: the accounts it is addressed to, and the request it answers there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kakehashi.clients.models import Account
from kakehashi.requests import queries
from kakehashi.requests.mail import addresses
from kakehashi.requests.mail.judging import Known
from kakehashi.requests.models import ClientRequest

if TYPE_CHECKING:
    from kakehashi.requests.mail.addresses import Aim
    from kakehashi.requests.mail.letters import Letter


@dataclass
class Place:
    """An account, and the request of it that a letter answers."""

    account: Account
    thread: ClientRequest | None = None


def places(letter: Letter) -> list[Place]:
    """By its addresses: each account once. What it answers is looked for within the account."""
    found: dict[object, Place] = {}
    for aim in addresses.aims(letter.recipients):
        place = _place(aim)
        if place is None:
            continue
        known = found.setdefault(place.account.pk, place)
        known.thread = known.thread or place.thread
    for place in found.values():
        if place.thread is None and letter.answers:
            place.thread = queries.thread_of(letter.answers, place.account)
    return list(found.values())


def known_of(place: Place, letter: Letter, lately: int) -> Known:
    """What is known of the account, as far as it matters to this letter."""
    sender = letter.sender
    staff = queries.staff_with(sender.address, place.account) if sender else []
    return Known(
        contacts=queries.contacts_by_address(place.account),
        staff={sender.address: staff} if sender and staff else {},
        thread=place.thread.pk if place.thread else None,
        lately=lately,
    )


def _place(aim: Aim) -> Place | None:
    if aim.kind == "request":
        rows = ClientRequest.objects.select_related("account", "kept_by", "written_by")
        request = rows.filter(pk=aim.id).first()
        return Place(request.account, request) if request else None
    accounts = Account.objects.all()
    chosen = (
        accounts.filter(pk=aim.id)
        if aim.kind == "account"
        else accounts.filter(code__iexact=aim.value)
    )
    rows_found = list(chosen[:2])
    return Place(rows_found[0]) if len(rows_found) == 1 else None
