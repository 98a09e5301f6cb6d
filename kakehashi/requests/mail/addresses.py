"""Addresses to which mail comes in: one for each account, one for each request.

They are made of what they stand for and a mark that only this installation can make, so that nobody
finds them by guessing, and no table has to be kept. A new secret makes new addresses.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from email.utils import parseaddr
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kakehashi.clients.models import Account

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
MARK = 8
SALT = "kakehashi.requests.mail.addresses"
SLOT = "{token}"


@dataclass(frozen=True)
class Aim:
    """What a mail is addressed to: an account by its code or id, or a request by its id."""

    kind: Literal["code", "account", "request"]
    value: str

    @property
    def id(self) -> UUID:
        return UUID(self.value)


def of_account(account: Account) -> str:
    """Where mail for an account goes to; nothing where no mail comes in."""
    code = account.code.lower()
    name = code if CODE.fullmatch(code) else f"a-{_short(account.pk)}"
    return _address(name)


def of_request(request_id: UUID) -> str:
    """Where an answer about a request goes to; nothing where no mail comes in."""
    return _address(f"r-{_short(request_id)}")


def aims(addresses: Iterable[str]) -> list[Aim]:
    """What some addresses stand for, of those that are ours and truly made here."""
    found = (_aim(address) for address in addresses)
    return list(dict.fromkeys(aim for aim in found if aim))


def is_of_this_product(address: str) -> bool:
    """Whether a mail from this address comes from here: from where mail goes out or comes in."""
    pattern = _pattern()
    spelt = address.strip(" <>").lower()
    is_sender = spelt == parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()
    return is_sender or bool(pattern and pattern.fullmatch(spelt))


def _aim(address: str) -> Aim | None:
    pattern = _pattern()
    found = pattern.fullmatch(address.lower()) if pattern else None
    if found is None:
        return None
    name, _dot, mark = found["token"].rpartition(".")
    if not constant_time_compare(mark, _mark(name)):
        return None
    for prefix, kind in (("r-", "request"), ("a-", "account")):
        if name.startswith(prefix) and (meant := _long(name[2:])):
            return Aim(kind, meant)  # type: ignore[arg-type]  # one of the two
    return Aim("code", name)


def _address(name: str) -> str:
    if SLOT not in settings.MAILIN_ADDRESS:
        return ""
    return str(settings.MAILIN_ADDRESS.replace(SLOT, f"{name}.{_mark(name)}"))


def _pattern() -> re.Pattern[str] | None:
    if SLOT not in settings.MAILIN_ADDRESS:
        return None
    before, _slot, after = settings.MAILIN_ADDRESS.lower().partition(SLOT)
    return re.compile(re.escape(before) + r"(?P<token>[a-z0-9._-]{1,60})" + re.escape(after))


def _mark(name: str) -> str:
    digest = salted_hmac(SALT, name, algorithm="sha256").digest()
    return base64.b32encode(digest).decode("ascii").lower()[:MARK]


def _short(value: UUID) -> str:
    return base64.b32encode(value.bytes).decode("ascii").rstrip("=").lower()


def _long(text: str) -> str:
    """The id that was shortened, or nothing."""
    if not re.fullmatch(r"[a-z2-7]{26}", text):
        return ""
    return str(UUID(bytes=base64.b32decode(text.upper() + "======")))
