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
    "handoffs_handoff",
    "traffic_job",
    "traffic_task",
)
FILLED = (
    *SILENCED,
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


def pass_balls(first: str, last: str, at: dt.datetime, seed: int, using: str) -> None:
    """Ten balls for each account from one code to another: three open, one of them late.

    Whoever leads the account and their supervisor ask each other, and one in three the client.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO handoffs_handoff
              (id, account_id, private, kind, subject_kind, subject_id, title, path, note, side,
               asked_by_id, asked_of_id, asked_at, due_at, answered_at, answered_by_id,
               recorded_by_id, channel, evidence, outcome, answer)
            SELECT b.id, a.id, false, 'ask', 'ask', b.id, t.title, '/balls/' || b.id || '/', '',
              CASE w.turn WHEN 0 THEN 'client' ELSE 'ours' END,
              CASE w.turn WHEN 1 THEN l.superior_id ELSE s.person_id END, w.holder, d.asked, d.due,
              CASE WHEN n > 3 THEN d.asked + interval '1 day' END,
              CASE WHEN n > 3 THEN w.holder END, CASE WHEN n > 3 THEN w.holder END,
              CASE WHEN n > 3 THEN 'here' ELSE '' END, '',
              CASE WHEN n > 3 THEN 'answered' ELSE '' END,
              CASE WHEN n > 3 THEN '済みました。' ELSE '' END
            FROM clients_account a
            JOIN clients_seat s ON s.account_id = a.id AND s.lead
            JOIN people_reportingline l ON l.person_id = s.person_id
            JOIN clients_contact c ON c.account_id = (
              SELECT id FROM clients_account r WHERE r.code = 'S' || lpad(
                (substr(a.code, 2)::int / 10 * 10)::text, 7, '0'))
            CROSS JOIN generate_series(1, 10) AS n
            CROSS JOIN LATERAL (
              SELECT md5(%(seed)s || a.code || n)::uuid AS id,
                     ('x' || md5(a.code || n))::bit(24)::int AS chance) AS b
            CROSS JOIN LATERAL (
              SELECT %(at)s::timestamptz - CASE WHEN n > 3 THEN interval '9 days' * n
                       ELSE interval '3 days' END
                     - interval '1 minute' * (b.chance %% 1440) AS asked) AS o
            CROSS JOIN LATERAL (
              SELECT o.asked, o.asked + CASE n WHEN 1 THEN interval '1 day'
                       ELSE interval '1 day' * (4 + b.chance %% 14) END AS due) d
            CROSS JOIN LATERAL (
              SELECT n %% 3 AS turn, CASE n %% 3 WHEN 0 THEN c.person_id WHEN 1 THEN s.person_id
                       ELSE l.superior_id END AS holder) AS w
            CROSS JOIN LATERAL (
              SELECT (ARRAY['初校のお戻し', '見積の明細', '掲出の確認写真', 'ロゴ入稿データ',
                            'コンタクトレポート'])[1 + b.chance %% 5] AS title) AS t
            WHERE a.code BETWEEN %(first)s AND %(last)s
            """,
            {"at": at, "seed": f"{seed} ", "first": first, "last": last},
        )


def open_jobs(first: str, last: str, today: dt.date, seed: int, using: str) -> None:
    """Ten jobs for each account from one code to another, as whoever leads it runs them.

    Three are open, in all states and live within a quarter of a year; two tasks on one of them.
    """
    wanted: dict[str, str | dt.date] = {
        "today": today,
        "seed": f"{seed} ",
        "first": first,
        "last": last,
    }
    with connections[using].cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO traffic_job
              (id, version, account_id, number, title, kind, live_on, specs, production, billing,
               run_by_id, opened_at, closed_at)
            SELECT md5(%(seed)s || 'job ' || a.code || n)::uuid, 1, a.id,
              a.code || to_char(%(today)s::date, '-YY-') || lpad(n::text, 3, '0'),
              (ARRAY['春キャンペーン WEB動画', '新聞15段', '店頭POP', '交通広告 駅貼り',
                     'テレビ15秒', '会員誌', 'ランディングページ'])[1 + h.chance %% 7],
              (ARRAY['web', 'newspaper', 'collateral', 'outdoor', 'television', 'magazine',
                     'web'])[1 + h.chance %% 7],
              %(today)s::date + CASE WHEN n > 3 THEN -40 * n - h.chance %% 40
                                ELSE h.chance %% 95 - 5 END, '',
              CASE WHEN n > 3 THEN 'delivered' ELSE
                (ARRAY['proposed', 'in_production', 'internal_review', 'client_review',
                       'released', 'delivered', 'on_hold'])[1 + h.chance %% 7] END,
              CASE WHEN n > 3 THEN 'closed' WHEN h.chance %% 7 = 0 THEN 'not_estimated'
                ELSE 'approved' END,
              s.person_id, %(today)s::date - interval '1 day' * (30 + h.chance %% 60),
              CASE WHEN n > 3 THEN %(today)s::date - interval '20 days' END
            FROM clients_account a
            JOIN clients_seat s ON s.account_id = a.id AND s.lead
            CROSS JOIN generate_series(1, 10) AS n
            CROSS JOIN LATERAL (
              SELECT ('x' || md5('job ' || a.code || n))::bit(24)::int AS chance) AS h
            WHERE a.code BETWEEN %(first)s AND %(last)s
            """,
            wanted,
        )
        cursor.execute(
            """
            INSERT INTO traffic_task
              (id, version, account_id, job_id, place, title, role, person_id, days, starts_on,
               due_on)
            SELECT md5(%(seed)s || 'task ' || j.id || n)::uuid, 1, j.account_id, j.id, n,
              (ARRAY['ラフ案', '色校'])[n], 'creative', j.run_by_id, 3,
              j.live_on - 10 + 4 * n, j.live_on - 7 + 4 * n
            FROM clients_account a
            JOIN traffic_job j ON j.account_id = a.id AND j.number LIKE '%%-001'
            CROSS JOIN generate_series(1, 2) AS n
            WHERE a.code BETWEEN %(first)s AND %(last)s
            """,
            wanted,
        )
        cursor.execute(
            """
            INSERT INTO traffic_jobcount (id, account_id, year, last)
            SELECT md5(%(seed)s || 'count ' || a.code)::uuid, a.id,
                   extract(year FROM %(today)s::date), 10
            FROM clients_account a WHERE a.code BETWEEN %(first)s AND %(last)s
            """,
            wanted,
        )


def derive_sight(using: str) -> None:
    """Who sees which account, from what stands now; and what the planner knows of it."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT policy_rebuild()")
        cursor.execute("SELECT search_rebuild()")
        for table in FILLED:
            cursor.execute(f"ANALYZE {table}")
