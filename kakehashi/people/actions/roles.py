"""Roles: what somebody does in an office and all below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kakehashi.people import rules
from kakehashi.people.actions.offices import keep_open
from kakehashi.people.actions.saving import ended, made, refuse
from kakehashi.people.models import Role
from kakehashi.people.queries import structure
from kakehashi.policy.engine import require

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Office, Person


@transaction.atomic
def give_role(
    *,
    person: Person,
    role: str,
    office: Office,
    starts_on: dt.date,
    by: Person,
    ends_on: dt.date | None = None,
) -> Role:
    """One role more, in one office; somebody may have several at once."""
    require(by, "people.give_role", office)
    refuse(
        rules.officer_by_own_hand(by, person, role),
        rules.not_employed(person, starts_on),
    )
    keep_open(office, starts_on)
    return made(Role(person=person, role=role, office=office, starts_on=starts_on, ends_on=ends_on))


@transaction.atomic
def end_role(*, role: Role, version: int, on: dt.date, by: Person) -> None:
    """The last day of a role; somebody always stays administrator."""
    require(by, "people.give_role", role.office)
    refuse(rules.last_administrator([role], structure.administrators_after(on, [role])))
    ended(role, version=version, on=on)
