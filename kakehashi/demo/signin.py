"""How the people of the demo agency sign in: everybody with the same password, said openly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

from kakehashi.people.models import Login

if TYPE_CHECKING:
    from collections.abc import Iterable

PASSWORD = "kakehashi-demo"  # noqa: S105 - printed by the command and listed in the README


def set_passwords(usernames: Iterable[str], *, using: str = "default") -> int:
    """Give those who never chose a password the demo's; returns how many there were.

    Only the database's owner may: no role that serves pages or runs tasks reads this table.
    """
    waiting = Login.objects.using(using).filter(
        username__in=list(usernames), password__startswith=UNUSABLE_PASSWORD_PREFIX
    )
    return waiting.update(password=make_password(PASSWORD))
