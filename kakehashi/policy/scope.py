"""What the acting person is to offices and people: the scope their roles are held in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from kakehashi.policy.roles import RoleCode


def is_staff() -> bool:
    """Whether the acting person works for us today."""
    return _asked("SELECT acting_is_staff()")


def holds_over_office(role: RoleCode, office_id: UUID) -> bool:
    """Whether the acting person has this role in the office or above it."""
    return _asked("SELECT acting_holds_over(%s, %s)", str(role), office_id)


def holds_over_person(role: RoleCode, person_id: UUID) -> bool:
    """Whether the acting person has this role over an office where somebody works or worked."""
    return _asked("SELECT acting_holds_over_person(%s, %s)", str(role), person_id)


def sees_all(level: str = "rows") -> bool:
    """Whether the acting person's role reaches every account, denials aside."""
    return _asked("SELECT acting_sees_all(%s)", level)


def sees_account(account_id: UUID) -> bool:
    """Whether the acting person sees an account's rows, and not its name alone."""
    return _asked("SELECT acting_sees_account(%s, 'rows')", account_id)


def is_above(person_id: UUID, day: dt.date) -> bool:
    """Whether the acting person is a solid-line superior of somebody, at any height."""
    return _asked("SELECT acting_is_above(%s, %s)", person_id, day)


def stands_in_for(person_id: UUID) -> bool:
    """Whether somebody is away today and the acting person is their deputy."""
    return _asked("SELECT %s IN (SELECT acting_stands_in_for())", person_id)


def may_be_asked(person_id: UUID, account_id: UUID) -> bool:
    """Whether somebody would see what they are asked on an account the acting person sees."""
    return _asked("SELECT acting_may_ask(%s, %s)", person_id, account_id)


def _asked(question: str, *values: str | UUID | dt.date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return bool(cursor.fetchone()[0])
