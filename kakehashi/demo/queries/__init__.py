"""Rows by the hundred thousand: past the triggers, as the database's owner, then the wall anew.

Only for an agency that is generated whole in an empty database. Its rows have no history, and who
sees what is derived once at the end instead of with every statement.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import Model

SILENCED = (
    "people_office",
    "people_person",
    "people_employment",
    "people_role",
    "people_reportingline",
    "clients_company",
    "clients_account",
    "clients_contact",
    "clients_seat",
    "clients_fact",
    "conflicts_wall",
    "conflicts_denial",
    "money_revenue",
    "money_revenuecost",
    "handoffs_handoff",
    "requests_clientrequest",
    "requests_entry",
    "briefs_brief",
    "briefs_section",
    "briefs_briefversion",
    "approvals_circulation",
    "approvals_step",
    "traffic_job",
    "traffic_statechange",
    "traffic_review",
    "traffic_task",
    "traffic_dependency",
    "traffic_assignment",
)
FILLED = (
    *SILENCED,
    "money_monthsum",
    "money_monthcost",
    "money_calendarsum",
    "money_calendarcost",
    "money_yearsum",
    "traffic_jobcount",
    "clients_statuschange",
    "policy_sight",
    "policy_accountabove",
)


@contextmanager
def without_triggers(using: str) -> Iterator[None]:
    """Fill tables whose triggers stand still; foreign keys are checked with every statement."""
    with connections[using].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in SILENCED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in SILENCED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def copy(rows: Iterable[Model], using: str) -> int:
    """Insert rows of one model by COPY, through a stage: row security refuses it directly."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    fields = first._meta.concrete_fields
    table, columns = first._meta.db_table, ", ".join(f'"{field.column}"' for field in fields)
    with connections[using].cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE stage (LIKE {table}) ON COMMIT DROP")
        with cursor.copy(f"COPY stage ({columns}) FROM STDIN") as stage:
            for row in (first, *rows):
                stage.write_row([getattr(row, field.attname) for field in fields])
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM stage")
        inserted = cursor.rowcount
        cursor.execute("DROP TABLE stage")
    return inserted


def run(using: str, wanted: Mapping[str, Any], *statements: str) -> None:
    """Say some statements one after the other, all with the same values."""
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, wanted)


def key(name: str) -> str:
    """SQL of an id in the order of the accounts, so that an account's rows lie together.

    `name` is SQL too: what the row is called; the account is `a`.
    """
    return f"""(lpad(to_hex(1735689600000 + substr(a.code, 2)::bigint), 12, '0')
      || substr(md5(%(seed)s || {name}), 1, 20))::uuid"""


def derive_sight(using: str) -> None:
    """Who sees which account, from what stands now; and what the planner knows of it."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT policy_rebuild()")
        cursor.execute("SELECT search_rebuild()")
        for table in FILLED:
            cursor.execute(f"ANALYZE {table}")
