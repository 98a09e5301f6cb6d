"""Rows by the hundred thousand: past the triggers, as the database's owner, then the wall anew.

Only for an agency that is generated whole in an empty database. Its rows have no history, and who
sees what is derived once at the end instead of with every statement.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connections

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

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
)
FILLED = (*SILENCED, "clients_statuschange", "policy_sight", "policy_accountabove")


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
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM stage")  # noqa: S608
        inserted = cursor.rowcount
        cursor.execute("DROP TABLE stage")
    return inserted


def book_revenue(first: str, last: str, until: dt.date, seed: int, using: str) -> None:
    """36 months of revenue and cost for the accounts from one code to another."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO money_revenue
              (account_id, month, service_line, currency, billings, net_revenue)
            SELECT a.id, m.month::date, 'メディア', 'JPY', v.net * 5, v.net
            FROM clients_account a
            CROSS JOIN generate_series(%(until)s::timestamp - interval '35 months',
                                       %(until)s::timestamp, interval '1 month') AS m(month)
            CROSS JOIN LATERAL (
              SELECT ('x' || md5(%(seed)s || a.code))::bit(24)::int AS size,
                     ('x' || md5(%(seed)s || a.code || m.month))::bit(16)::int AS chance
            ) AS h
            CROSS JOIN LATERAL (
              SELECT round(30000000.0 / (1 + h.size / 20000) * (0.8 + h.chance / 163840.0), -3)
                AS net
            ) AS v
            WHERE a.code BETWEEN %(first)s AND %(last)s
            ORDER BY a.code, m.month
            """,
            {"until": until, "seed": f"{seed} ", "first": first, "last": last},
        )
        cursor.execute(
            """
            INSERT INTO money_revenuecost (revenue_id, account_id, cost)
            SELECT r.id, r.account_id, round(r.net_revenue * 0.62, -3)
            FROM clients_account a JOIN money_revenue r ON r.account_id = a.id
            WHERE a.code BETWEEN %s AND %s
            ORDER BY r.id
            """,
            [first, last],
        )


def derive_sight(using: str) -> None:
    """Who sees which account, from what stands now; and what the planner knows of it."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT policy_rebuild()")
        for table in FILLED:
            cursor.execute(f"ANALYZE {table}")
