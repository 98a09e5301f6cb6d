"""Where an answer to a mail of notices goes: a package above may take in what people write back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from kakehashi.notify.models import Notification

Address = Callable[["UUID"], str]
_addresses: dict[str, Address] = {}


def register(subject_kind: str, address: Address) -> None:
    """`address(subject_id)` is where answers about a thing go, or nothing; asked as its reader."""
    _addresses[subject_kind] = address


def address_for(notices: Iterable[Notification]) -> str:
    """The one address for all that a mail tells of; nothing where its notices part."""
    found = {_address_of(notice) for notice in notices}
    return found.pop() if len(found) == 1 else ""


def _address_of(notice: Notification) -> str:
    address = _addresses.get(notice.subject_kind)
    if address is None or notice.subject_id is None:
        return ""
    return address(notice.subject_id)
