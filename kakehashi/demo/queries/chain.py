"""What leads to the jobs of a generated agency: requests, briefs and what goes round of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakehashi.demo.queries import key, run

if TYPE_CHECKING:
    from collections.abc import Mapping

LEADS = """
FROM clients_account a
JOIN clients_seat s ON s.account_id = a.id AND s.lead
LEFT JOIN clients_seat o ON o.account_id = a.id AND NOT o.lead
JOIN people_reportingline l ON l.person_id = s.person_id
JOIN clients_contact c ON c.account_id = a.id
"""
"""Accounts `a` with who leads them (`s`), also serves them (`o`), leads those (`l`), asks (`c`)."""
THESE = "WHERE a.code BETWEEN %(first)s AND %(last)s"
BALLS = """
INSERT INTO handoffs_handoff
  (id, account_id, private, kind, subject_kind, subject_id, title, path, note, side,
   asked_by_id, asked_of_id, asked_at, due_at, channel, evidence, outcome, answer)
"""
DRAFT, FOLLOWED, CHECKING = "draft", "followed", "checking"
"""The briefs of an account; the last stands on every fourth, and on those of who signs in."""
BRIEFS = f"""
CROSS JOIN (VALUES ('{DRAFT}'), ('{FOLLOWED}'), ('{CHECKING}')) AS b(what)
{THESE}
  AND (b.what <> '{CHECKING}' OR o.id IS NOT NULL OR substr(a.code, 2)::int %% 4 = 1)
"""


def version_of(what: str) -> str:
    """SQL of the id of an account's brief version."""
    return key(f"'version ' || a.code || {what}")


def write_requests(wanted: Mapping[str, Any], using: str) -> None:
    """Two for each account: one that waits, and one from which a job was begun."""
    run(
        using,
        wanted,
        f"""
        INSERT INTO requests_clientrequest
          (id, account_id, title, text, wanted_on, written_by_id, channel, evidence, written_at,
           shared_at, kept_by_id, state, settled_at)
        SELECT {key("'request ' || a.code || n")}, a.id,
          (ARRAY['夏の新商品の告知', '店頭の掲示を作り直したい'])[n], '',
          %(today)s::date + 20 * (3 - 2 * n), c.person_id, 'portal', '', w.at, w.at,
          COALESCE(o.person_id, s.person_id), (ARRAY['waiting', 'begun'])[n],
          CASE WHEN n = 2 THEN w.at + interval '2 days' END
        {LEADS}
        CROSS JOIN generate_series(1, 2) AS n
        CROSS JOIN LATERAL (
          SELECT %(at)s::timestamptz - interval '1 day' * (n * n * 9) - interval '1 minute'
            * (('x' || md5('request ' || a.code || n))::bit(16)::int %% 1440) AS at) AS w
        {THESE}
        """,
        f"""
        INSERT INTO requests_entry
          (id, account_id, request_id, kind, text, by_id, channel, evidence, at, shared_at)
        SELECT {key("'entry ' || r.id")}, a.id, r.id, 'begun', '', r.kept_by_id, 'portal', '',
          r.settled_at, r.settled_at
        FROM clients_account a
        JOIN requests_clientrequest r ON r.account_id = a.id AND r.state = 'begun'
        {THESE}
        """,
        f"""
        {BALLS}
        SELECT {key("'ball ' || r.id")}, a.id, false, 'requests.take_up', 'request', r.id, r.title,
          '/requests/' || r.id || '/', '', 'ours', r.written_by_id, r.kept_by_id, r.written_at,
          r.written_at + interval '10 days', '', '', '', ''
        FROM clients_account a
        JOIN requests_clientrequest r ON r.account_id = a.id AND r.state = 'waiting'
        {THESE}
        """,
    )


def write_briefs(wanted: Mapping[str, Any], using: str) -> None:
    """Creative briefs: one that is written, one a job follows, on some one that goes round."""
    run(
        using,
        wanted,
        f"""
        INSERT INTO briefs_brief
          (id, version, account_id, kind, title, work, language, form, state, lead_id, rebriefs,
           begun_by_id, begun_at)
        SELECT {key("'brief ' || a.code || b.what")}, 1, a.id, 'creative',
          CASE b.what WHEN '{DRAFT}' THEN '秋の新商品' WHEN '{FOLLOWED}' THEN '春のキャンペーン'
            ELSE '会員向けの告知' END,
          'クリエイティブブリーフ', 'ja', 'both',
          CASE b.what WHEN '{CHECKING}' THEN 'checking' ELSE 'draft' END,
          COALESCE(o.person_id, s.person_id), 0, COALESCE(o.person_id, s.person_id),
          %(at)s::timestamptz
            - interval '1 day' * (CASE b.what WHEN '{FOLLOWED}' THEN 90 ELSE 6 END)
            - interval '1 minute' * (('x' || md5('brief ' || a.code))::bit(16)::int %% 1440)
        {LEADS}
        {BRIEFS}
        """,
        f"""
        INSERT INTO briefs_section
          (id, version, account_id, brief_id, position, topic, heading, heading_en, question,
           question_en, text, details, written_by_id, written_at)
        SELECT {key("'section ' || f.id || q.topic")}, 1, a.id, f.id, q.at, q.topic, q.heading,
          '', '', '', q.text, '{{}}', f.lead_id, f.begun_at
        FROM clients_account a
        JOIN briefs_brief f ON f.account_id = a.id
        CROSS JOIN unnest(%(topics)s::text[], %(headings)s::text[], %(texts)s::text[])
          WITH ORDINALITY AS q(topic, heading, text, at)
        {THESE}
        """,
        f"""
        INSERT INTO briefs_briefversion
          (id, account_id, brief_id, number, content, digest, authors, made_by_id, made_at)
        SELECT {version_of("b.what")}, a.id, f.id, 1, w.words::jsonb,
          encode(sha256(convert_to(w.words, 'UTF8')), 'hex'), '[]', f.lead_id,
          f.begun_at + interval '1 day'
        {LEADS}
        CROSS JOIN (VALUES ('{FOLLOWED}'), ('{CHECKING}')) AS b(what)
        JOIN briefs_brief f ON f.id = {key("'brief ' || a.code || b.what")}
        CROSS JOIN LATERAL (
          SELECT replace(replace(%(words)s, '{{account}}', a.name), '{{title}}', f.title) AS words
        ) AS w
        {THESE}
        """,
        f"""
        UPDATE briefs_brief f
        SET state = 'accepted', accepted_id = v.id, accepted_at = v.made_at + interval '2 days',
            followed_at = v.made_at + interval '3 days'
        FROM clients_account a, briefs_briefversion v
        {THESE} AND f.account_id = a.id AND v.brief_id = f.id AND f.state = 'draft'
        """,
        f"""
        {BALLS}
        SELECT {key("'ball ' || f.id")}, a.id, false, 'brief', 'brief', f.id,
          replace(%(write)s, '{{title}}', f.title), '/briefs/' || f.id || '/', '', 'ours',
          l.superior_id, f.lead_id, f.begun_at, f.begun_at + interval '9 days', '', '', '', ''
        {LEADS}
        JOIN briefs_brief f ON f.account_id = a.id AND f.state = 'draft'
        {THESE}
        """,
    )


def send_round(wanted: Mapping[str, Any], using: str) -> None:
    """What is checked waits for whoever leads the lead; some for those who sign in to measure."""
    run(
        using,
        wanted,
        f"""
        INSERT INTO approvals_circulation
          (id, version, account_id, subject_kind, subject_id, title, path, digest, currency,
           authors, started_by_id, started_at, side, state, reason)
        SELECT {key("'round ' || v.id")}, 1, a.id, 'brief', v.id, f.title || '(版1)',
          '/briefs/' || f.id || '/', v.digest, '', '{{}}', f.lead_id, v.made_at, 'ours', 'open', ''
        FROM clients_account a
        JOIN briefs_brief f ON f.account_id = a.id AND f.state = 'checking'
        JOIN briefs_briefversion v ON v.brief_id = f.id
        {THESE}
        """,
        f"""
        INSERT INTO approvals_step
          (id, account_id, circulation_id, position, kind, holder_id, role, hours)
        SELECT {key("'step ' || r.id || n")}, a.id, r.id, n, 'approve',
          CASE WHEN n = 2 THEN d.id
            WHEN substr(a.code, 2)::int %% 401 = 1 AND e.sees THEN m.id
            WHEN substr(a.code, 2)::int %% 397 = 1 THEN d.id
            WHEN o.id IS NOT NULL AND h.chance %% 3 = 0 THEN o.person_id ELSE l.superior_id END,
          'account_director', 8
        {LEADS}
        JOIN approvals_circulation r ON r.account_id = a.id
        JOIN people_person m ON m.handle = %(manager)s
        JOIN people_person d ON d.handle = %(director)s
        CROSS JOIN generate_series(1, 2) AS n
        CROSS JOIN LATERAL (SELECT ('x' || md5('step ' || a.code))::bit(16)::int AS chance) AS h
        CROSS JOIN LATERAL (
          SELECT EXISTS (SELECT FROM people_office w JOIN people_office p ON p.id = w.parent_id
                         WHERE w.id = a.lead_office_id AND p.code = 'EAST') AS sees) AS e
        {THESE} AND (n = 1 OR h.chance %% 2 = 0)
          AND NOT (n = 2 AND substr(a.code, 2)::int %% 397 = 1)
        """,
        f"""
        {BALLS}
        SELECT {key("'ball ' || t.id")}, a.id, false, 'approval', 'approval', t.id,
          replace(%(approve)s, '{{title}}', r.title), '/approvals/' || r.id || '/', '', 'ours',
          r.started_by_id, t.holder_id, r.started_at, r.started_at + interval '7 days', '', '', '',
          ''
        FROM clients_account a
        JOIN approvals_circulation r ON r.account_id = a.id
        JOIN approvals_step t ON t.circulation_id = r.id AND t.position = 1
        {THESE}
        """,
    )
