"""Links of a mail that need no signing in: what mail of these kinds somebody wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kakehashi.people.models import Person

SALT = "notify.unsubscribe"


@dataclass(frozen=True)
class Claim:
    """Whom a link is for, and the kinds of notices that its mail told of."""

    person_id: UUID
    kinds: tuple[str, ...]


def unsubscribing(person: Person, kinds: Iterable[str]) -> str:
    """The whole address. It works for good: whoever reads the mail may stop it."""
    token = signing.Signer(salt=SALT).sign_object([person.pk.hex, *sorted(kinds)])
    return settings.SITE_URL + reverse("notify:unsubscribe", args=[token])


def read(token: str) -> Claim | None:
    """What a link says, or None if it was not made here."""
    try:
        person, *kinds = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return Claim(UUID(person), tuple(kinds))
