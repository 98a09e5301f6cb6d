"""Objections around mail: a sentence in the reader's language, or None."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.notify import states

if TYPE_CHECKING:
    from kakehashi.notify.models import Bounce
    from kakehashi.people.models import Person

OF_THE_ADDRESS = re.compile(r"\b5\.(1\.([0-6]|9|10)|2\.\d{1,3})\b")  # destination, mailbox


def is_own_address(person: Person, bounce: Bounce) -> bool:
    return bounce.person_id == person.pk


def is_lifted(_person: Person, bounce: Bounce) -> str | None:
    return _("Mail goes to this address again.") if bounce.lifted_at is not None else None


def blames_the_address(words: str) -> bool:
    """Whether a server says, by an enhanced code (RFC 3463), that no mail arrives at an address."""
    return OF_THE_ADDRESS.search(words) is not None


def unknown_choice(choice: str) -> str | None:
    return None if choice in states.Choice.values else _("Choose one of the times.")
