"""May a person do this? The reason why not, in the reader's language, or None.

Seeing is PostgreSQL's matter (visibility.py); this is about doing. The same call refuses the
action, greys the button and says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

Rule = Callable[[Any, Any], str | None]


@dataclass(frozen=True)
class Ability:
    """Who may, and what may stand against it.

    `seats` count on the account or above it, `functions` in the scope of their office (anywhere,
    for a thing without an account), `superiors` are solid-line superiors of somebody seated,
    `anyone` is all our staff who see the thing, `worn` says what somebody is to a thing that is of
    several accounts. Each rule of `unless` returns an objection or None.
    """

    seats: frozenset[RoleCode] = frozenset()
    functions: frozenset[RoleCode] = frozenset()
    superiors: bool = False
    contacts: bool = False
    anyone: bool = False
    oneself: Callable[[Any, Any], bool] | None = None
    worn: Callable[[Any], frozenset[str]] | None = None
    unless: tuple[Rule, ...] = field(default=())

    def allows(self, hats: frozenset[str]) -> bool:
        wanted = {f"seat:{code}" for code in self.seats}
        wanted |= {f"role:{code}" for code in self.functions}
        if self.superiors:
            wanted.add("superior")
        if self.contacts:
            wanted.add("contact")
        return bool(wanted & hats)

    def who(self) -> str:
        codes = sorted(self.seats | self.functions, key=list(RoleCode).index)
        return ", ".join(str(RoleCode(code).label) for code in codes)


_abilities: dict[str, Ability] = {}


def load(abilities: dict[str, Ability]) -> None:
    _abilities.update(abilities)


def known() -> dict[str, Ability]:
    return dict(_abilities)


class Refused(PermissionDenied):
    """A domain 'no', with a reason fit to show the person who asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def account_id_of(thing: Any) -> UUID | None:
    """The account a thing belongs to: itself, or the one it names."""
    if thing is None:
        return None
    if thing._meta.label == "clients.Account":
        return thing.pk
    return getattr(thing, "account_id", None)


def hats(account_id: UUID | None) -> frozenset[str]:
    """What the acting person is to an account, or, without one, which roles they hold."""
    if account_id is None:
        return frozenset(f"role:{code}" for code in _texts("SELECT acting_roles()"))
    return frozenset(_texts("SELECT acting_hats(%s)", account_id))


def family_hats(company_id: UUID) -> frozenset[str]:
    """What the acting person is to any account of a client family that they see."""
    return frozenset(_texts("SELECT acting_family_hats(%s)", company_id))


def _texts(question: str, *values: UUID) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchone()[0])


def objection(
    person: Any, ability: str, thing: Any, worn: frozenset[str] | None = None
) -> str | None:
    """The first reason this person may not do this now; None if they may."""
    wanted = _abilities[ability]
    if not _permitted(person, wanted, thing, worn):
        return _refusal(wanted)
    return next((no for rule in wanted.unless if (no := rule(person, thing))), None)


def _permitted(person: Any, wanted: Ability, thing: Any, worn: frozenset[str] | None) -> bool:
    if wanted.anyone and person.is_ours:
        return True
    if wanted.oneself is not None and wanted.oneself(person, thing):
        return True
    if worn is None:
        worn = wanted.worn(thing) if wanted.worn else hats(account_id_of(thing))
    return wanted.allows(worn)


def _refusal(wanted: Ability) -> str:
    if who := wanted.who():
        return _("This takes one of these roles here: %(roles)s.") % {"roles": who}
    return _("This is not yours to do.")


def require(person: Any, ability: str, thing: Any) -> None:
    """Raise Refused with the reason, if there is one."""
    if reason := objection(person, ability, thing):
        raise Refused(reason)


class Objections:
    """Answers for one page: what the acting person is to the thing is asked once."""

    def __init__(self, person: Any, thing: Any) -> None:
        self.person = person
        self.thing = thing
        self.worn = hats(account_id_of(thing))

    def to(self, ability: str) -> str | None:
        return objection(self.person, ability, self.thing, self.worn)

    def each(self, abilities: Iterable[str]) -> dict[str, str | None]:
        """For templates: the objection to each ability, by its verb without the package."""
        return {name.partition(".")[2]: self.to(name) for name in abilities}
