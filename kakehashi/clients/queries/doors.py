"""The doors in the wall that clients' actions go through, and questions only PostgreSQL answers.

Each is a function of policy/sql/doors.sql with its own check.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from django.db.models import Model

    from kakehashi.clients.models import Account, Handover, Seat, StatusChange
    from kakehashi.people.models import Person


def open_account(account: Account, seat: Seat, begun: StatusChange) -> None:
    """Write an account nobody sees yet, its first seat and its first status, at once."""
    _ask(
        "SELECT acting_open_account(%s::jsonb, %s::jsonb, %s::jsonb)",
        _as_json(account),
        _as_json(seat),
        _as_json(begun),
    )


def move_seat(handover: Handover, fresh: UUID) -> None:
    """Carry out a handover that both sides have confirmed."""
    _ask("SELECT acting_move_seat(%s, %s)", handover.pk, fresh)


def last_day_of(handover: Handover) -> dt.date | None:
    """The last day of the seat that is handed over: who is to receive it may not see it yet."""
    found: dt.date | None = _ask("SELECT acting_last_day_of(%s)", handover.pk)
    return found


def invite(person: Person, username: str) -> bool:
    """Let a client's person sign in, once they have set a password by mail; whether that is new."""
    return bool(_ask("SELECT acting_invite(%s, %s, %s)", person.pk, username, person.email))


def may_seat(person_id: UUID, account_id: UUID) -> bool:
    """Whether no wall stands between a person and an account."""
    return bool(_ask("SELECT acting_may_seat(%s, %s)", person_id, account_id))


def hold(handover: Handover) -> None:
    """Keep others from deciding on a handover until this transaction ends.

    A lock of its own: who is to receive the seat may not lock the row.
    """
    _ask("SELECT pg_advisory_xact_lock(hashtext(%s))::text", f"handover {handover.pk}")


def is_below(account: Account, above: Account) -> bool:
    """Whether an account is the other or below it; no account moves until this transaction ends."""
    return bool(_ask("SELECT acting_is_below(%s, %s)", account.pk, above.pk))


def company_is_below(company_id: UUID, above_id: UUID) -> bool:
    """The same of companies, which everybody of ours may read."""
    _ask("SELECT pg_advisory_xact_lock(hashtext('clients_company_tree'))::text")
    return bool(
        _ask(
            """
            WITH RECURSIVE up AS (
              SELECT id, parent_id FROM clients_company WHERE id = %s
              UNION
              SELECT c.id, c.parent_id FROM clients_company c JOIN up ON c.id = up.parent_id
            )
            SELECT EXISTS (SELECT FROM up WHERE id = %s)
            """,
            company_id,
            above_id,
        )
    )


def _ask(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def _as_json(row: Model) -> str:
    """A row as PostgreSQL reads one: its columns and their values."""
    values = {field.column: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return json.dumps(values, cls=DjangoJSONEncoder)
