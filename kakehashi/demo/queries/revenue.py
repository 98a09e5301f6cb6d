"""What accounts of a generated agency brought, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections

if TYPE_CHECKING:
    import datetime as dt


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
