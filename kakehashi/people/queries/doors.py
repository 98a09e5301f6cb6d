"""The doors in the wall that actions on people go through (policy/sql/doors.sql, people.sql).

Each is a function of the database with its own check.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kakehashi.people.models import Person


def lock_structure() -> None:
    """Until this transaction ends nobody else changes reporting lines or the tree of offices.

    The same lock as the wall's own triggers take: what is read now is what will stand.
    """
    _ask("SELECT pg_advisory_xact_lock(hashtext('policy_sight'))::text")


def open_sign_in(person: Person, username: str) -> None:
    """Let a person sign in, once they have set a password by mail."""
    _ask("SELECT acting_invite(%s, %s, %s)::text", person.pk, username, person.email)


def close_sign_in(person: Person, *, forget: bool = False) -> None:
    """End every session and all further sign-in; `forget` also empties who it was."""
    _ask("SELECT acting_close_login(%s, %s)::text", person.pk, forget)


def change_sign_in(person: Person) -> None:
    """Have sign-in follow a changed login or e-mail address."""
    _ask("SELECT acting_change_sign_in(%s, %s, %s)::text", person.pk, person.handle, person.email)


def set_own(*, language: str, phone: str, version: int) -> int | None:
    """Change the acting person's own row; the new version, or None if it was not at `version`."""
    return _ask("SELECT acting_set_own(%s, %s, %s)", language, phone, version)


def set_own_language(language: str) -> None:
    """Change the language the acting person reads."""
    _ask("SELECT acting_set_own_language(%s)::text", language)


def set_own_address(address: str, *, version: int) -> int | None:
    """Change the acting person's own address, and where their password is reset."""
    return _ask("SELECT acting_set_own_address(%s, %s)", address, version)


def sign_in_data(person: Person) -> dict[str, Any]:
    """What is stored about a person's sign-in, without secrets, and the mail to them."""
    found = _ask("SELECT acting_sign_in_data(%s)::text", person.pk)
    return json.loads(found)


def forget_history(person: Person, addresses: Iterable[str], rows: Iterable[str]) -> None:
    """Take a person's data out of the history of `rows` and the mail to `addresses` away."""
    _ask(
        "SELECT acting_forget_history(%s, %s, %s)",
        person.pk,
        [address for address in addresses if address],
        list(rows),
    )


def _ask(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
