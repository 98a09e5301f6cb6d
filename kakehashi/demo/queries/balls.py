"""What the people of a generated agency ask each other by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections

if TYPE_CHECKING:
    import datetime as dt


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
            JOIN clients_contact c ON c.account_id = a.id
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
