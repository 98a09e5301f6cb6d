-- Walls with sides: who stands on which side and what is behind it, derived from the sides' rules in
-- the transaction that changes staff, offices, seats, accounts or families. NULL means all.

-- Which account is behind which side. A company stands for its whole family: of several companies of
-- one family the nearest above decides, and beside them the only side that names one. A rule
-- that names the account itself comes before its company's.
CREATE OR REPLACE FUNCTION policy_wall_behind(walls uuid[], accounts uuid[])
RETURNS TABLE (wall_id uuid, side_id uuid, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE rules AS MATERIALIZED (
    SELECT s.wall_id, s.id AS side_id, r.company_id, r.account_id
    FROM conflicts_siderule r
    JOIN conflicts_side s ON s.id = r.side_id
    JOIN conflicts_wall w ON w.id = s.wall_id
    WHERE w.lifted_at IS NULL AND (walls IS NULL OR w.id = ANY (walls))
      AND (r.company_id IS NOT NULL OR r.account_id IS NOT NULL)
  ), up AS (
    SELECT company_id AS named, company_id AS above FROM rules WHERE company_id IS NOT NULL
    UNION
    SELECT u.named, c.parent_id FROM up u JOIN clients_company c ON c.id = u.above
    WHERE c.parent_id IS NOT NULL
  ), tops AS (
    SELECT u.named, u.above AS top FROM up u JOIN clients_company c ON c.id = u.above
    WHERE c.parent_id IS NULL
      AND (accounts IS NULL OR u.above IN (SELECT policy_company_top(a.company_id)
                                           FROM clients_account a WHERE a.id = ANY (accounts)))
  ), family AS (
    SELECT DISTINCT top, top AS company_id, ARRAY[top] AS path FROM tops
    UNION ALL
    SELECT f.top, c.id, f.path || c.id FROM family f
    JOIN clients_company c ON c.parent_id = f.company_id
    WHERE c.id <> ALL (f.path)
  ), matched AS (
    SELECT r.wall_id, r.side_id, f.company_id, array_position(f.path, r.company_id) AS depth
    FROM family f JOIN tops t ON t.top = f.top JOIN rules r ON r.company_id = t.named
  ), settled AS (
    SELECT m.wall_id, m.company_id, COALESCE(
      (array_agg(m.side_id ORDER BY m.depth DESC, m.side_id) FILTER (WHERE m.depth IS NOT NULL))[1],
      CASE WHEN count(DISTINCT m.side_id) = 1 THEN (array_agg(m.side_id))[1] END) AS side_id
    FROM matched m GROUP BY m.wall_id, m.company_id
  )
  SELECT r.wall_id, r.side_id, r.account_id FROM rules r
  WHERE r.account_id IS NOT NULL AND (accounts IS NULL OR r.account_id = ANY (accounts))
  UNION
  SELECT s.wall_id, s.side_id, a.id
  FROM settled s JOIN clients_account a ON a.company_id = s.company_id
  WHERE s.side_id IS NOT NULL AND (accounts IS NULL OR a.id = ANY (accounts))
    AND NOT EXISTS (SELECT FROM rules r WHERE r.wall_id = s.wall_id AND r.account_id = a.id)
$$;

CREATE OR REPLACE FUNCTION policy_company_top(company uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE up AS (
    SELECT id, parent_id FROM clients_company WHERE id = company
    UNION
    SELECT c.id, c.parent_id FROM up JOIN clients_company c ON c.id = up.parent_id
  )
  SELECT id FROM up WHERE parent_id IS NULL
$$;

-- The same of many companies at once.
CREATE OR REPLACE FUNCTION policy_company_tops(companies uuid[])
RETURNS TABLE (company_id uuid, top_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE up AS (
    SELECT c.id AS company_id, c.id, c.parent_id FROM clients_company c WHERE c.id = ANY (companies)
    UNION
    SELECT u.company_id, c.id, c.parent_id FROM up u JOIN clients_company c ON c.id = u.parent_id
  )
  SELECT u.company_id, u.id FROM up u WHERE u.parent_id IS NULL
$$;

-- Who stands on which side: whoever works in its offices, is named, or serves what is behind it.
-- Who did so since the wall stands stays on that side when a post or seat has ended: what they know
-- does not end by date. Only an officer's exception lets them see again.
CREATE OR REPLACE FUNCTION policy_wall_members(walls uuid[], people uuid[])
RETURNS TABLE (wall_id uuid, side_id uuid, person_id uuid, since date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.wall_id, f.side_id, f.person_id, min(GREATEST(f.starts_on, w.starts_on))
  FROM conflicts_wall w JOIN (
    SELECT s.wall_id, s.id AS side_id, e.person_id, e.starts_on, e.ends_on
    FROM conflicts_siderule r
    JOIN conflicts_side s ON s.id = r.side_id
    JOIN policy_officeabove x ON x.above_id = r.office_id
    JOIN people_employment e ON e.office_id = x.office_id
    WHERE people IS NULL OR e.person_id = ANY (people)
    UNION ALL
    SELECT s.wall_id, s.id, r.person_id, NULL, NULL
    FROM conflicts_siderule r JOIN conflicts_side s ON s.id = r.side_id
    WHERE r.person_id IS NOT NULL AND (people IS NULL OR r.person_id = ANY (people))
    UNION ALL
    SELECT b.wall_id, b.side_id, s.person_id, s.starts_on, s.ends_on
    FROM clients_seat s
    JOIN policy_accountabove t ON t.account_id = s.account_id
    JOIN conflicts_behind b ON b.account_id = t.above_id
    WHERE people IS NULL OR s.person_id = ANY (people)
  ) f ON f.wall_id = w.id
  WHERE w.lifted_at IS NULL AND w.starts_on IS NOT NULL
    AND (walls IS NULL OR w.id = ANY (walls))
    AND (f.ends_on IS NULL OR f.ends_on >= w.starts_on)
  GROUP BY f.wall_id, f.side_id, f.person_id
$$;

-- Every denial that stands, of whatever kind, before it is spread over the accounts below: of some
-- people, on some accounts or above them.
CREATE OR REPLACE FUNCTION policy_denials(people uuid[], accounts uuid[])
RETURNS TABLE (person_id uuid, account_id uuid, since date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $fn$
DECLARE
  -- Speed: few are looked up, all are read.
  above uuid[] := ARRAY(SELECT DISTINCT t.above_id FROM policy_accountabove t
                        WHERE t.account_id = ANY (accounts));
  for_person text := CASE WHEN people IS NULL THEN 'true' ELSE '%s = ANY ($1)' END;
  for_account text := CASE WHEN accounts IS NULL THEN 'true' ELSE '%s = ANY ($2)' END;
BEGIN
  RETURN QUERY EXECUTE format($sql$
    WITH exempt AS (
      SELECT x.wall_id, x.side_id, x.person_id, max(x.ends_on) + 1 AS again_on
      FROM conflicts_exemption x WHERE x.withdrawn_at IS NULL AND %1$s
      GROUP BY x.wall_id, x.side_id, x.person_id
    ), standing AS (
      SELECT d.wall_id, NULL::uuid AS side_id, d.person_id, d.account_id, d.starts_on
      FROM conflicts_denial d WHERE d.lifted_at IS NULL AND %2$s AND %4$s
      UNION ALL
      SELECT m.wall_id, b.side_id, m.person_id, b.account_id, m.since
      FROM conflicts_member m
      JOIN conflicts_behind b ON b.wall_id = m.wall_id AND b.side_id <> m.side_id
      WHERE %3$s AND %5$s
    )
    SELECT s.person_id, s.account_id, min(GREATEST(s.starts_on, (
      SELECT max(x.again_on) FROM exempt x
      WHERE x.wall_id = s.wall_id AND x.person_id = s.person_id
        AND (x.side_id IS NULL OR x.side_id = s.side_id))))
    FROM standing s GROUP BY s.person_id, s.account_id
  $sql$, format(for_person, 'x.person_id'), format(for_person, 'd.person_id'),
    format(for_person, 'm.person_id'), format(for_account, 'd.account_id'),
    format(for_account, 'b.account_id'))
  USING people, above;
END $fn$;

-- Brings sides in line for some walls, people and accounts, and sight with them.
CREATE OR REPLACE FUNCTION policy_refresh_walls(walls uuid[], people uuid[], accounts uuid[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  behind record;
  stand record;
  touched uuid[];
  around uuid[];
BEGIN
  PERFORM policy_lock();
  SELECT * INTO behind FROM policy_refresh_behind(walls, accounts);
  IF people IS NOT NULL THEN
    people := people || ARRAY(SELECT s.person_id FROM clients_seat s
                              WHERE s.account_id = ANY (policy_below(accounts || behind.accounts)));
  END IF;
  SELECT * INTO stand FROM policy_refresh_members(walls, people);
  touched := behind.walls_changed || stand.walls;
  IF touched = '{}' THEN
    RETURN;
  END IF;
  around := ARRAY(SELECT DISTINCT b.account_id FROM conflicts_behind b
                  WHERE b.wall_id = ANY (stand.walls)) || behind.accounts;
  people := stand.people;
  IF behind.accounts <> '{}' THEN
    people := people || ARRAY(SELECT DISTINCT m.person_id FROM conflicts_member m
                              WHERE m.wall_id = ANY (touched));
  END IF;
  IF people <> '{}' AND around <> '{}' THEN
    PERFORM policy_refresh(people, policy_below(around));
  END IF;
END $$;

CREATE OR REPLACE FUNCTION policy_refresh_behind(
  walls uuid[], for_accounts uuid[], OUT walls_changed uuid[], OUT accounts uuid[])
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH fresh AS MATERIALIZED (
    SELECT * FROM policy_wall_behind(walls, for_accounts)
    WHERE for_accounts IS NULL OR for_accounts <> '{}'
  ), gone AS (
    DELETE FROM conflicts_behind k
    WHERE (walls IS NULL OR k.wall_id = ANY (walls))
      AND (for_accounts IS NULL OR k.account_id = ANY (for_accounts))
      AND NOT EXISTS (SELECT FROM fresh f
                      WHERE (f.side_id, f.account_id) = (k.side_id, k.account_id))
    RETURNING k.wall_id, k.account_id
  ), made AS (
    INSERT INTO conflicts_behind (wall_id, side_id, account_id)
    SELECT wall_id, side_id, account_id FROM fresh
    ON CONFLICT (side_id, account_id) DO NOTHING
    RETURNING wall_id, account_id
  )
  SELECT COALESCE(array_agg(DISTINCT c.wall_id), '{}'),
         COALESCE(array_agg(DISTINCT c.account_id), '{}')
  FROM (SELECT * FROM gone UNION ALL SELECT * FROM made) c
$$;

CREATE OR REPLACE FUNCTION policy_refresh_members(
  for_walls uuid[], for_people uuid[], OUT walls uuid[], OUT people uuid[])
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH fresh AS MATERIALIZED (
    SELECT * FROM policy_wall_members(for_walls, for_people)
    WHERE for_people IS NULL OR for_people <> '{}'
  ), gone AS (
    DELETE FROM conflicts_member k
    WHERE (for_walls IS NULL OR k.wall_id = ANY (for_walls))
      AND (for_people IS NULL OR k.person_id = ANY (for_people))
      AND NOT EXISTS (SELECT FROM fresh f
                      WHERE (f.side_id, f.person_id) = (k.side_id, k.person_id))
    RETURNING k.wall_id, k.person_id
  ), made AS (
    INSERT INTO conflicts_member AS k (wall_id, side_id, person_id, since)
    SELECT wall_id, side_id, person_id, since FROM fresh
    ON CONFLICT (side_id, person_id) DO UPDATE SET since = EXCLUDED.since
    WHERE k.since <> EXCLUDED.since
    RETURNING k.wall_id, k.person_id
  )
  SELECT COALESCE(array_agg(DISTINCT c.wall_id), '{}'),
         COALESCE(array_agg(DISTINCT c.person_id), '{}')
  FROM (SELECT * FROM gone UNION ALL SELECT * FROM made) c
$$;

-- Staff and seats: rows with a person.
CREATE OR REPLACE FUNCTION policy_walls_on_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  people uuid[] := '{}';
BEGIN
  IF NOT EXISTS (SELECT FROM conflicts_side) THEN
    RETURN NULL;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    people := people || ARRAY(SELECT DISTINCT person_id FROM made);
  END IF;
  IF TG_OP <> 'INSERT' THEN
    people := people || ARRAY(SELECT DISTINCT person_id FROM gone);
  END IF;
  IF people <> '{}' THEN
    PERFORM policy_refresh_walls(NULL, people, '{}');
  END IF;
  RETURN NULL;
END $$;

-- A new office or company has nobody and nothing in it yet: only moves matter.
CREATE OR REPLACE FUNCTION policy_walls_on_office() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  walls uuid[] := ARRAY(SELECT DISTINCT s.wall_id FROM conflicts_side s
                        JOIN conflicts_siderule r ON r.side_id = s.id
                        WHERE r.office_id IS NOT NULL);
BEGIN
  IF TG_OP = 'UPDATE' AND walls <> '{}' THEN
    IF EXISTS (SELECT FROM made m JOIN gone g USING (id)
               WHERE m.parent_id IS DISTINCT FROM g.parent_id) THEN
      PERFORM policy_refresh_walls(walls, NULL, '{}');
    END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION policy_walls_on_company() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  walls uuid[] := ARRAY(SELECT DISTINCT s.wall_id FROM conflicts_side s
                        JOIN conflicts_siderule r ON r.side_id = s.id
                        WHERE r.company_id IS NOT NULL);
BEGIN
  IF TG_OP = 'UPDATE' AND walls <> '{}' THEN
    IF EXISTS (SELECT FROM made m JOIN gone g USING (id)
               WHERE m.parent_id IS DISTINCT FROM g.parent_id) THEN
      PERFORM policy_refresh_walls(walls, '{}', NULL);
    END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION policy_walls_on_account() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  touched uuid[];
BEGIN
  IF TG_OP = 'DELETE' OR NOT EXISTS (SELECT FROM conflicts_side) THEN
    RETURN NULL;
  ELSIF TG_OP = 'INSERT' THEN
    touched := ARRAY(SELECT id FROM made);
  ELSE
    touched := ARRAY(SELECT m.id FROM made m JOIN gone g USING (id)
                     WHERE (m.company_id, m.parent_id) IS DISTINCT FROM (g.company_id, g.parent_id));
  END IF;
  IF touched <> '{}' THEN
    PERFORM policy_refresh_walls(NULL, '{}', touched);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION policy_walls_on_rule() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  sides uuid[] := '{}';
BEGIN
  IF TG_OP <> 'DELETE' THEN
    sides := sides || ARRAY(SELECT DISTINCT side_id FROM made);
  END IF;
  IF TG_OP <> 'INSERT' THEN
    sides := sides || ARRAY(SELECT DISTINCT side_id FROM gone);
  END IF;
  IF sides <> '{}' THEN
    PERFORM policy_refresh_walls(
      ARRAY(SELECT DISTINCT wall_id FROM conflicts_side WHERE id = ANY (sides)), NULL, NULL);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION policy_walls_on_wall() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  touched uuid[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    touched := ARRAY(SELECT m.id FROM made m JOIN gone g USING (id)
                     WHERE (m.starts_on, m.lifted_at) IS DISTINCT FROM (g.starts_on, g.lifted_at));
    IF touched <> '{}' THEN
      PERFORM policy_refresh_walls(touched, NULL, NULL);
    END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION policy_walls_on_exemption() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  people uuid[] := '{}';
  walls uuid[] := '{}';
BEGIN
  PERFORM policy_lock();
  IF TG_OP <> 'DELETE' THEN
    people := people || ARRAY(SELECT person_id FROM made);
    walls := walls || ARRAY(SELECT wall_id FROM made);
  END IF;
  IF TG_OP <> 'INSERT' THEN
    people := people || ARRAY(SELECT person_id FROM gone);
    walls := walls || ARRAY(SELECT wall_id FROM gone);
  END IF;
  IF people <> '{}' THEN
    PERFORM policy_refresh(people, policy_below(ARRAY(
      SELECT b.account_id FROM conflicts_behind b WHERE b.wall_id = ANY (walls)
      UNION SELECT d.account_id FROM conflicts_denial d WHERE d.wall_id = ANY (walls))));
  END IF;
  RETURN NULL;
END $$;

-- For the officer: seats that somebody still holds behind a wall that keeps them out.
CREATE OR REPLACE FUNCTION acting_wrong_seats(wall uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT s.id
  FROM conflicts_member m
  JOIN conflicts_behind b ON b.wall_id = m.wall_id AND b.side_id <> m.side_id
  JOIN policy_accountabove t ON t.above_id = b.account_id
  JOIN clients_seat s ON s.account_id = t.account_id AND s.person_id = m.person_id
  JOIN policy_denied d ON d.person_id = s.person_id AND d.account_id = s.account_id
  WHERE m.wall_id = acting_wrong_seats.wall AND (s.ends_on IS NULL OR s.ends_on >= (SELECT acting_today()))
    AND acting_has(ARRAY['conflicts_officer'])
$$;

-- Of which account a page was that somebody asked for: its own page, or that of something of it.
CREATE OR REPLACE FUNCTION policy_asked_since(since timestamptz)
RETURNS TABLE (attempt uuid, person_id uuid, at timestamptz, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, a.person_id, a.at, o.account_id
  FROM conflicts_attempt a CROSS JOIN LATERAL (
    SELECT r.id AS account_id FROM clients_account r WHERE r.id = a.asked
    UNION ALL SELECT r.account_id FROM traffic_job r WHERE r.id = a.asked
    UNION ALL SELECT r.account_id FROM requests_clientrequest r WHERE r.id = a.asked
    UNION ALL SELECT r.account_id FROM briefs_brief r WHERE r.id = a.asked
    UNION ALL SELECT r.account_id FROM approvals_circulation r WHERE r.id = a.asked
    UNION ALL SELECT r.account_id FROM handoffs_handoff r WHERE r.id = a.asked
    UNION ALL SELECT r.account_id FROM clients_handover r WHERE r.id = a.asked
  ) o
  WHERE a.at >= policy_asked_since.since AND o.account_id IS NOT NULL
$$;

-- For the officer: which pages that were not there would have been behind a wall, for whom.
DROP FUNCTION IF EXISTS acting_attempts_behind(timestamptz);
CREATE OR REPLACE FUNCTION acting_attempts_behind(since timestamptz)
RETURNS TABLE (attempt uuid, wall uuid, account uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH tried AS MATERIALIZED (
    SELECT * FROM policy_asked_since(acting_attempts_behind.since)
    WHERE acting_has(ARRAY['conflicts_officer'])
  )
  SELECT a.attempt, b.wall_id, a.account_id
  FROM tried a
  JOIN policy_accountabove t ON t.account_id = a.account_id
  JOIN conflicts_behind b ON b.account_id = t.above_id
  JOIN conflicts_member m ON m.wall_id = b.wall_id AND m.side_id <> b.side_id
    AND m.person_id = a.person_id
  UNION
  SELECT a.attempt, d.wall_id, a.account_id
  FROM tried a
  JOIN policy_accountabove t ON t.account_id = a.account_id
  JOIN conflicts_denial d ON d.account_id = t.above_id AND d.person_id = a.person_id
    AND d.made_at <= a.at AND (d.lifted_at IS NULL OR d.lifted_at > a.at)
$$;

-- Whether the agency lets no prospect become active without clearance.
CREATE OR REPLACE FUNCTION acting_needs_clearance() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT COALESCE((SELECT clearance_required FROM conflicts_policy LIMIT 1), false)
$$;

-- A request for consent is answered once, and nothing else of it ever changes.
CREATE OR REPLACE FUNCTION policy_guard_consent() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  answer text[] := '{granted,remarks,document,answered_at,recorded_by_id}';
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.answered_at IS NOT NULL
                           OR to_jsonb(OLD) - answer IS DISTINCT FROM to_jsonb(NEW) - answer) THEN
    RAISE restrict_violation USING MESSAGE = 'a request for consent is answered once';
  END IF;
  RETURN NEW;
END $$;
