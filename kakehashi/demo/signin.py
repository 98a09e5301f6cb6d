"""How the people of the demo agency sign in: everybody with the same password, said openly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.utils import translation
from django.utils.translation import gettext

from kakehashi.demo.content import contacts
from kakehashi.demo.content.people import SIGN_INS, STAFF
from kakehashi.people.models import Login
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    from collections.abc import Iterable

PASSWORD = "kakehashi-demo"  # noqa: S105 - printed by the command and listed in the README


@dataclass(frozen=True)
class SignIn:
    """Somebody one may sign in as, for the role they show."""

    role: str
    login: str
    name: str
    language: str

    def label(self, language: str) -> str:
        """The role's name; a client's contact has no role of ours."""
        with translation.override(language):
            return str(RoleCode(self.role).label) if self.role else gettext("Client contact")


def sign_ins() -> list[SignIn]:
    """One for each role, then the client's side."""
    staff = {row.login: row for row in STAFF}
    told = [SignIn(role, x, staff[x].name, staff[x].language) for role, x in SIGN_INS]
    names = {row.login: row.name for row in contacts.CONTACTS if row.login and row.name}
    for login, _account in contacts.SIGN_INS:
        name, kana, _latin = names[login]
        told.append(SignIn("", login, name, "ja" if kana else "en"))
    return told


def everybody() -> list[str]:
    """Every login of the agency and its clients."""
    clients = {row.login for row in contacts.CONTACTS if row.login}
    return [row.login for row in STAFF] + sorted(clients)


def set_passwords(usernames: Iterable[str], *, using: str = "default") -> int:
    """Give those who never chose a password the demo's; returns how many there were.

    Only the database's owner may: no role that serves pages or runs tasks reads this table.
    """
    waiting = Login.objects.using(using).filter(
        username__in=list(usernames), password__startswith=UNUSABLE_PASSWORD_PREFIX
    )
    return waiting.update(password=make_password(PASSWORD))
