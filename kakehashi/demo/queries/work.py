"""Jobs of a generated agency: in all their states, with tasks, teams and what waits for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakehashi.demo.queries import key, run
from kakehashi.demo.queries.chain import BALLS, FOLLOWED, LEADS, THESE, version_of

if TYPE_CHECKING:
    from collections.abc import Mapping

OPENED = "FROM clients_account a JOIN traffic_job j ON j.account_id = a.id"


def open_jobs(wanted: Mapping[str, Any], using: str) -> None:
    """Ten jobs for each account from one code to another, as whoever leads it runs them.

    Three are open, in all states and live within a quarter of a year; on the accounts of who signs
    in, all ten. The first follows the accepted brief.
    """
    run(
        using,
        wanted,
        f"""
        INSERT INTO traffic_job
          (id, version, account_id, number, title, kind, live_on, specs, production, billing,
           run_by_id, brief_version_id, opened_at, closed_at)
        SELECT {key("'job ' || a.code || n")}, 1, a.id,
          a.code || to_char(%(today)s::date, '-YY-') || lpad(n::text, 3, '0'),
          (ARRAY['春キャンペーン WEB動画', '新聞15段', '店頭POP', '交通広告 駅貼り',
                 'テレビ15秒', '会員誌', 'ランディングページ'])[1 + h.chance %% 7],
          (ARRAY['web', 'newspaper', 'collateral', 'outdoor', 'television', 'magazine',
                 'web'])[1 + h.chance %% 7],
          %(today)s::date + CASE WHEN h.closed THEN -40 * n - h.chance %% 40
                            ELSE h.chance %% 95 - 5 END, '',
          CASE WHEN h.closed THEN 'delivered' ELSE
            (ARRAY['proposed', 'in_production', 'internal_review', 'client_review',
                   'released', 'delivered', 'on_hold'])[1 + h.chance %% 7] END,
          CASE WHEN h.closed THEN 'closed' WHEN h.chance %% 7 = 0 THEN 'not_estimated'
            ELSE 'approved' END,
          CASE WHEN n = 1 THEN COALESCE(o.person_id, s.person_id) ELSE s.person_id END,
          CASE WHEN n = 1 THEN {version_of(f"'{FOLLOWED}'")} END,
          %(today)s::date - interval '1 day' * (30 + h.chance %% 60),
          CASE WHEN h.closed THEN %(today)s::date - interval '20 days' END
        {LEADS}
        CROSS JOIN generate_series(1, 10) AS n
        CROSS JOIN LATERAL (
          SELECT ('x' || md5('job ' || a.code || n))::bit(24)::int AS chance,
                 n > CASE WHEN o.id IS NULL THEN 3 ELSE 10 END AS closed) AS h
        {THESE}
        """,
        f"""
        INSERT INTO traffic_jobcount (id, account_id, year, last)
        SELECT {key("'count ' || a.code")}, a.id, extract(year FROM %(today)s::date), 10
        FROM clients_account a {THESE}
        """,
        f"""
        INSERT INTO traffic_statechange (id, account_id, job_id, line, old, new, reason, by_id, at)
        SELECT {key("'change ' || j.number || x.line || x.old")}, a.id, j.id, x.line, x.old, x.new,
          CASE x.new WHEN 'on_hold' THEN '素材を待っている。' ELSE '' END, j.run_by_id,
          COALESCE(j.closed_at, j.opened_at + interval '2 days' * (x.old <> '')::int)
        {OPENED}
        CROSS JOIN LATERAL (VALUES
          ('production', CASE WHEN j.closed_at IS NULL THEN '' END, 'proposed'),
          ('billing', CASE WHEN j.closed_at IS NULL THEN '' END, 'not_estimated'),
          ('production', CASE j.production WHEN 'in_production' THEN 'proposed'
             WHEN 'internal_review' THEN 'in_production' WHEN 'client_review' THEN 'internal_review'
             WHEN 'released' THEN 'client_review' WHEN 'delivered' THEN 'released'
             WHEN 'on_hold' THEN 'in_production' END, j.production),
          ('billing', CASE j.billing WHEN 'closed' THEN 'paid' END, j.billing)
        ) AS x(line, old, new)
        {THESE} AND x.old IS NOT NULL
        """,
    )


def plan(wanted: Mapping[str, Any], using: str) -> None:
    """Three tasks on what is open, the second by the department's creative; else two, done."""
    run(
        using,
        wanted,
        f"""
        INSERT INTO traffic_task
          (id, version, account_id, job_id, place, title, role, person_id, days, starts_on, due_on,
           done_at, done_by_id)
        SELECT {key("'task ' || j.number || n")}, 1, a.id, j.id, n,
          (ARRAY['ラフ案', '制作', '色校'])[n], CASE n WHEN 2 THEN 'creative' ELSE '' END,
          CASE WHEN n = 2 THEN t.id ELSE j.run_by_id END, 3, j.live_on - 17 + 4 * n,
          j.live_on - 14 + 4 * n, j.closed_at,
          CASE WHEN j.closed_at IS NOT NULL THEN j.run_by_id END
        {OPENED}
        JOIN clients_seat s ON s.account_id = a.id AND s.lead
        JOIN people_person p ON p.id = s.person_id
        JOIN people_person t
          ON t.handle = 'cr' || lpad(
            (substring(p.handle from '^..([0-9]+)$')::int / 4 * 4)::text, 6, '0')
        CROSS JOIN generate_series(1, 3) AS n
        {THESE} AND (n < 3 OR j.closed_at IS NULL)
        """,
        f"""
        INSERT INTO traffic_dependency (id, account_id, job_id, task_id, needs_id)
        SELECT {key("'needs ' || j.number || n")}, a.id, j.id,
          {key("'task ' || j.number || n")}, {key("'task ' || j.number || (n - 1)")}
        {OPENED}
        CROSS JOIN generate_series(2, 3) AS n
        {THESE} AND j.closed_at IS NULL
        """,
        f"""
        INSERT INTO traffic_assignment (id, version, account_id, job_id, person_id, starts_on)
        SELECT {key("'assigned ' || j.number")}, 1, a.id, j.id, t.person_id, j.opened_at::date
        {OPENED}
        JOIN traffic_task t ON t.job_id = j.id AND t.place = 2
        {THESE} AND j.closed_at IS NULL
        """,
    )


def ask(wanted: Mapping[str, Any], using: str) -> None:
    """Whose move it is on each open job, and what the client is shown of it."""
    run(
        using,
        wanted,
        f"""
        INSERT INTO traffic_review
          (id, account_id, job_id, round, title, text, asked_of_id, asked_by_id, asked_at,
           shared_at, verdict, said)
        SELECT {key("'review ' || j.number")}, a.id, j.id, 1, j.number || ' ' || j.title, '',
          c.person_id, j.run_by_id, w.at, w.at, '', ''
        {LEADS}
        JOIN traffic_job j ON j.account_id = a.id
        CROSS JOIN LATERAL (SELECT j.opened_at + interval '2 days' AS at) AS w
        {THESE} AND j.closed_at IS NULL AND j.production = 'client_review'
        """,
        f"""
        {BALLS}
        SELECT {key("'ball ' || j.number || x.state")}, a.id, false, 'job.' || x.state, 'job', j.id,
          replace(w.title, '{{job}}', j.number || ' ' || j.title),
          CASE x.state WHEN 'client_review'
            THEN '/reviews/' || {key("'review ' || j.number")} || '/'
            ELSE '/jobs/' || j.id || '/' END, '',
          CASE x.state WHEN 'client_review' THEN 'client' ELSE 'ours' END, l.superior_id,
          CASE x.state WHEN 'client_review' THEN c.person_id ELSE j.run_by_id END, h.asked,
          h.asked + interval '1 day' * (2 + h.chance %% 9), '', '', '', ''
        {LEADS}
        JOIN traffic_job j ON j.account_id = a.id
        CROSS JOIN LATERAL (VALUES (j.production), (CASE
          WHEN j.billing = 'not_estimated' OR j.production = 'delivered' THEN j.billing END)
        ) AS x(state)
        JOIN unnest(%(states)s::text[], %(titles)s::text[]) AS w(state, title) ON w.state = x.state
        CROSS JOIN LATERAL (
          SELECT r.chance, %(at)s::timestamptz - interval '1 day' * (r.chance %% 7)
                 - interval '1 minute' * (r.chance %% 480) AS asked
          FROM (SELECT ('x' || md5('asked ' || j.number))::bit(24)::int AS chance) r) AS h
        {THESE} AND j.closed_at IS NULL
        """,
    )
