-- Who acts, and what that lets them see. Called in sub-selects, so once a query and not once a row.

CREATE OR REPLACE FUNCTION acting_person() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT NULLIF(current_setting('agency.person', true), '')::uuid
$$;

-- The day it is at the head office. PostgreSQL's own `current_date` is Greenwich's: in Japan it is
-- yesterday until nine in the morning.
CREATE OR REPLACE FUNCTION acting_today() RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (now() AT TIME ZONE COALESCE(
    (SELECT o.timezone FROM people_office o WHERE o.parent_id IS NULL ORDER BY o.code LIMIT 1),
    'Asia/Tokyo'))::date
$$;

CREATE OR REPLACE FUNCTION acting_sees_all(wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM policy_overview
    WHERE person_id = acting_person() AND level = wanted AND during @> now())
$$;

CREATE OR REPLACE FUNCTION acting_sees_everything(wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT acting_sees_all(wanted) AND NOT EXISTS (
    SELECT FROM policy_denied WHERE person_id = acting_person() AND since <= now())
$$;

CREATE OR REPLACE FUNCTION acting_is_staff() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM people_employment e JOIN people_office o ON o.id = e.office_id
    WHERE e.person_id = acting_person()
      AND daterange(e.starts_on, e.ends_on, '[]') @> (now() AT TIME ZONE o.timezone)::date)
$$;

CREATE OR REPLACE FUNCTION acting_has(wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT acting_is_staff() AND EXISTS (
    SELECT FROM people_role r JOIN people_office o ON o.id = r.office_id
    WHERE r.person_id = acting_person() AND r.role = ANY (wanted)
      AND daterange(r.starts_on, r.ends_on, '[]') @> (now() AT TIME ZONE o.timezone)::date)
$$;

-- A token may be cut down to some accounts (and those below) and kept from money.
CREATE OR REPLACE FUNCTION acting_unscoped() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT COALESCE(current_setting('agency.accounts', true), '') = ''
$$;

CREATE OR REPLACE FUNCTION acting_scope() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT account_id FROM policy_accountabove
  WHERE NOT acting_unscoped()
    AND above_id = ANY (current_setting('agency.accounts', true)::uuid[])
$$;

-- Speed only: whether most of a table is about to be read.
CREATE OR REPLACE FUNCTION acting_sweeps() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT COALESCE(current_setting('agency.sweep', true), '') = 'on'
$$;

CREATE OR REPLACE FUNCTION acting_may_see_cost() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT COALESCE(current_setting('agency.cost', true), '') <> 'off'
$$;

-- Jobs the acting person works on, today and for 30 days after; never behind a wall, and not as
-- the client's contact that somebody who left us may have become.
CREATE OR REPLACE FUNCTION acting_jobs() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT g.job_id
  FROM traffic_assignment g
  JOIN policy_sight s ON s.person_id = g.person_id AND s.account_id = g.account_id
    AND s.level = 'name' AND s.during @> now()
  JOIN clients_account a ON a.id = g.account_id
  JOIN people_office o ON o.id = a.lead_office_id
  WHERE g.person_id = acting_person()
    AND daterange(g.starts_on, g.ends_on + 30, '[]') @> (now() AT TIME ZONE o.timezone)::date
    AND EXISTS (SELECT FROM people_employment e
                WHERE e.person_id = g.person_id
                  AND daterange(e.starts_on, e.ends_on, '[]')
                      @> (now() AT TIME ZONE o.timezone)::date)
$$;

-- Handovers the acting person takes part in, though they may not see the account yet.
CREATE OR REPLACE FUNCTION acting_handovers() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT h.id FROM clients_handover h
  WHERE h.receiver_id = acting_person() AND h.withdrawn_at IS NULL AND acting_is_staff()
    AND NOT EXISTS (SELECT FROM policy_denied d
                    WHERE d.person_id = h.receiver_id AND d.account_id = h.account_id
                      AND d.since <= now())
$$;

CREATE OR REPLACE FUNCTION acting_sees_account(account uuid, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (acting_unscoped() OR account IN (SELECT acting_scope())) AND (
    (acting_sees_all(wanted) AND NOT EXISTS (
      SELECT FROM policy_denied d
      WHERE d.person_id = acting_person() AND d.account_id = account AND d.since <= now()))
    OR EXISTS (
      SELECT FROM policy_sight s
      WHERE s.person_id = acting_person() AND s.account_id = account AND s.level = wanted
        AND s.during @> now()))
$$;

-- A client's person is known to those who see one of their accounts; a seated person to the client.
-- To the client is known as well who has a part in a request they read, and who asks them something.
CREATE OR REPLACE FUNCTION acting_knows(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM clients_contact c
                 WHERE c.person_id = person AND (
                   acting_sees_account(c.account_id, 'rows')
                   OR (c.shared_at IS NOT NULL AND acting_sees_account(c.account_id, 'shared'))))
      OR EXISTS (SELECT FROM clients_seat s
                 JOIN clients_account a ON a.id = s.account_id
                 JOIN people_office o ON o.id = a.lead_office_id
                 WHERE s.person_id = person AND acting_sees_account(s.account_id, 'shared')
                   AND daterange(s.starts_on, s.ends_on, '[]')
                       @> (now() AT TIME ZONE o.timezone)::date)
      OR EXISTS (SELECT FROM requests_clientrequest r
                 WHERE person IN (r.written_by_id, r.recorded_by_id, r.kept_by_id)
                   AND acting_sees_account(r.account_id, 'shared'))
      OR EXISTS (SELECT FROM requests_entry e
                 WHERE person IN (e.by_id, e.recorded_by_id)
                   AND acting_sees_account(e.account_id, 'shared'))
      OR EXISTS (SELECT FROM handoffs_handoff h
                 WHERE h.asked_of_id = acting_person() AND h.asked_by_id = person
                   AND acting_sees_account(h.account_id, 'shared'))
      OR acting_deals_with(person)
$$;

-- Who asked the client for a decision, was asked for one beside the reader, decided, wrote it down,
-- or spoke to the client of a brief: whose name stands on what was shared.
CREATE OR REPLACE FUNCTION acting_deals_with(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM approvals_circulation c
                 WHERE c.started_by_id = person AND c.shared_at IS NOT NULL
                   AND acting_sees_account(c.account_id, 'shared'))
      OR EXISTS (SELECT FROM approvals_step s
                 WHERE s.holder_id = person AND s.shared_at IS NOT NULL
                   AND acting_sees_account(s.account_id, 'shared'))
      OR EXISTS (SELECT FROM approvals_decision d
                 WHERE person IN (d.decided_by_id, d.recorded_by_id) AND d.shared_at IS NOT NULL
                   AND acting_sees_account(d.account_id, 'shared'))
      OR EXISTS (SELECT FROM briefs_brief b
                 WHERE person IN (b.lead_id, b.begun_by_id) AND b.shared_at IS NOT NULL
                   AND acting_sees_account(b.account_id, 'shared'))
      OR EXISTS (SELECT FROM briefs_briefversion v
                 JOIN approvals_circulation c ON c.subject_id = v.id
                 WHERE v.made_by_id = person AND c.shared_at IS NOT NULL
                   AND acting_sees_account(v.account_id, 'shared'))
      OR EXISTS (SELECT FROM traffic_review r
                 WHERE person IN (r.asked_by_id, r.asked_of_id, r.answered_by_id)
                   AND acting_sees_account(r.account_id, 'shared'))
      OR EXISTS (SELECT FROM briefs_sharedcomment m
                 WHERE m.by_id = person AND acting_sees_account(m.account_id, 'shared'))
$$;

CREATE OR REPLACE FUNCTION acting_knows_company(company uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM clients_account a
                 WHERE a.company_id = company AND acting_sees_account(a.id, 'shared'))
$$;

-- What the acting person is to an account: 'seat:…' here or above, 'role:…' in scope of its office,
-- 'superior' of somebody seated, 'contact' of the client. Empty behind a wall.
CREATE OR REPLACE FUNCTION acting_hats(account uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT COALESCE(array_agg(DISTINCT CASE
           WHEN source = 'people_reportingline' THEN 'superior'
           WHEN rule IN ('contact', 'job') THEN rule
           WHEN rule = 'seat' THEN 'seat:' || role
           ELSE 'role:' || role END), '{}')
  FROM policy_grants(ARRAY[acting_person()], ARRAY[account], true) g
  JOIN clients_account a ON a.id = account
  JOIN people_office o ON o.id = a.lead_office_id
  WHERE g.days @> (now() AT TIME ZONE o.timezone)::date
    AND (acting_unscoped() OR account IN (SELECT acting_scope()))
    AND NOT EXISTS (SELECT FROM policy_denied d
                    WHERE d.person_id = acting_person() AND d.account_id = account
                      AND d.since <= now())
$$;

-- Accounts of a client family: of a company and of those below it.
CREATE OR REPLACE FUNCTION policy_accounts_of_family(company uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH RECURSIVE down AS (
    SELECT id, 0 AS depth FROM clients_company WHERE id = company
    UNION ALL
    SELECT c.id, down.depth + 1
    FROM down JOIN clients_company c ON c.parent_id = down.id WHERE depth < 40
  )
  SELECT a.id FROM down JOIN clients_account a ON a.company_id = down.id
$$;

-- Whether the acting person sees any account of a client family: one more that they may not see, or
-- the lack of it, changes nothing for them.
CREATE OR REPLACE FUNCTION acting_sees_family(company uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM policy_accounts_of_family(company) account
                 WHERE acting_sees_account(account, 'rows'))
$$;

-- What the acting person is to any account of a client family that they see.
CREATE OR REPLACE FUNCTION acting_family_hats(company uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT COALESCE(array_agg(DISTINCT hat), '{}')
  FROM policy_accounts_of_family(company) account, unnest(acting_hats(account)) hat
$$;

-- Function and line roles the acting person holds today, whatever the office.
CREATE OR REPLACE FUNCTION acting_roles() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT COALESCE(array_agg(DISTINCT r.role), '{}')
  FROM people_role r JOIN people_office o ON o.id = r.office_id
  WHERE r.person_id = acting_person() AND acting_is_staff()
    AND daterange(r.starts_on, r.ends_on, '[]') @> (now() AT TIME ZONE o.timezone)::date
$$;
