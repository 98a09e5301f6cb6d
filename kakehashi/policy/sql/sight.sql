-- Who sees an account: every grant of the rules 1 to 4, then the denials that beat them all.
-- $LINE, $FUNCTIONS and $COST are the role codes of people/roles.py.

CREATE OR REPLACE FUNCTION policy_lock() RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
  SELECT pg_advisory_xact_lock(hashtext('policy_sight'))
$$;

-- Days of a time zone as instants: a grant begins at midnight there and ends at midnight there.
CREATE OR REPLACE FUNCTION policy_instants(days daterange, zone text) RETURNS tstzrange
LANGUAGE sql STABLE AS $$
  SELECT tstzrange(lower(days)::timestamp AT TIME ZONE zone,
                   upper(days)::timestamp AT TIME ZONE zone, '[)')
$$;

-- Offices whose scope is every account: the one root, while there is only one.
CREATE OR REPLACE FUNCTION policy_whole() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (array_agg(id))[1] FROM people_office WHERE parent_id IS NULL HAVING count(*) = 1
$$;

-- Every grant before denials. NULL for people or accounts means all of them; `whole` adds, for
-- the accounts asked, the grants of those who see all accounts.
CREATE OR REPLACE FUNCTION policy_grants(people uuid[], accounts uuid[], whole boolean)
RETURNS TABLE (person_id uuid, account_id uuid, level text, rule text, source text,
               source_id uuid, role text, at_id uuid, via uuid, days daterange)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $fn$
DECLARE
  root uuid := CASE WHEN whole THEN NULL ELSE policy_whole() END;
  for_person text := CASE WHEN people IS NULL THEN 'true' ELSE '%s = ANY ($1)' END;
  for_account text := CASE WHEN accounts IS NULL THEN 'true' ELSE '%s = ANY ($2)' END;
  -- Speed: of few accounts, only the people asked for and those seated there matter.
  relevant text := CASE WHEN people IS NULL OR accounts IS NULL THEN 'true' ELSE $$
    e.person_id = ANY ($1) OR e.person_id IN (
      SELECT s.person_id FROM clients_seat s
      JOIN policy_accountabove t ON t.above_id = s.account_id WHERE t.account_id = ANY ($2))
    $$ END;
BEGIN
  RETURN QUERY EXECUTE format($sql$
    WITH employed AS MATERIALIZED (
      SELECT e.person_id, range_agg(daterange(e.starts_on, e.ends_on, '[]')) AS days
      FROM people_employment e WHERE %10$s GROUP BY e.person_id
    ), staff AS (
      SELECT s.person_id, t.account_id, 'rows' AS level, 'seat' AS rule, 'clients_seat' AS source,
             s.id AS source_id, s.role::text AS role, s.account_id AS at_id, NULL::uuid AS via,
             datemultirange(daterange(s.starts_on, s.ends_on, '[]')) AS days
      FROM clients_seat s JOIN policy_accountabove t ON t.above_id = s.account_id
      WHERE %1$s AND %4$s
      UNION ALL
      SELECT u.superior_id, t.account_id, 'rows', 'line', 'people_reportingline', s.id,
             s.role::text, s.account_id, s.person_id,
             datemultirange(u.during * daterange(s.starts_on, s.ends_on, '[]')) * e.days
      FROM clients_seat s
      JOIN policy_superior u ON u.person_id = s.person_id
      JOIN employed e ON e.person_id = s.person_id
      JOIN policy_accountabove t ON t.above_id = s.account_id
      WHERE %2$s AND %4$s
      UNION ALL
      SELECT r.person_id, a.id, l.level,
             CASE WHEN r.role = ANY ($LINE) THEN 'line' ELSE 'function' END, 'people_role', r.id,
             r.role::text, r.office_id, NULL::uuid,
             datemultirange(daterange(r.starts_on, r.ends_on, '[]'))
      FROM people_role r
      JOIN policy_officeabove x ON x.above_id = r.office_id
      JOIN clients_account a ON a.lead_office_id = x.office_id
      CROSS JOIN LATERAL unnest(CASE WHEN r.role = ANY ($COST) THEN ARRAY['rows', 'cost']
                                     ELSE ARRAY['rows'] END) AS l(level)
      WHERE r.role = ANY ($LINE || $FUNCTIONS) AND r.office_id IS DISTINCT FROM $3
        AND %3$s AND %5$s
      UNION ALL
      SELECT g.person_id, g.account_id, 'name', 'job', 'traffic_assignment', g.id, NULL::text,
             g.job_id, NULL::uuid, datemultirange(daterange(g.starts_on, g.ends_on + 30, '[]'))
      FROM traffic_assignment g
      WHERE %6$s AND %7$s
    )
    SELECT f.person_id, f.account_id, f.level, f.rule, f.source, f.source_id, f.role, f.at_id,
           f.via, d.days
    FROM staff f
    JOIN employed e ON e.person_id = f.person_id
    CROSS JOIN LATERAL unnest(f.days * e.days) AS d(days)
    UNION ALL
    SELECT c.person_id, c.account_id, l.level, 'contact', 'clients_contact', c.id, NULL::text,
           c.account_id, NULL::uuid, daterange(NULL, c.left_on, '[]')
    FROM clients_contact c CROSS JOIN (VALUES ('name'), ('shared')) AS l(level)
    WHERE c.portal AND %8$s AND %9$s
  $sql$,
    format(for_person, 's.person_id'), format(for_person, 'u.superior_id'),
    format(for_person, 'r.person_id'), format(for_account, 't.account_id'),
    format(for_account, 'a.id'), format(for_person, 'g.person_id'),
    format(for_account, 'g.account_id'), format(for_person, 'c.person_id'),
    format(for_account, 'c.account_id'), relevant)
  USING people, accounts, root;
END $fn$;

-- Brings sight, overview and denied in line for some people and accounts (NULL: all).
CREATE OR REPLACE FUNCTION policy_refresh(people uuid[], accounts uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM policy_lock();

  -- Speed: what is no longer is found by grouping and deleted where it lies, which no wrong guess of
  -- how much that is makes a loop in a loop.
  WITH zones AS MATERIALIZED (
    SELECT t.above_id, t.account_id, o.timezone FROM policy_accountabove t
    JOIN clients_account a ON a.id = t.account_id JOIN people_office o ON o.id = a.lead_office_id
    WHERE accounts IS NULL OR t.account_id = ANY (accounts)
  ), fresh AS MATERIALIZED (
    SELECT d.person_id, z.account_id, min(d.since::timestamp AT TIME ZONE z.timezone) AS since
    FROM policy_denials(people, accounts) d JOIN zones z ON z.above_id = d.account_id
    GROUP BY d.person_id, z.account_id
  ), stale AS (
    SELECT min(x.place) AS place FROM (
      SELECT k.person_id, k.account_id, k.ctid AS place FROM policy_denied k
      WHERE (people IS NULL OR k.person_id = ANY (people))
        AND (accounts IS NULL OR k.account_id = ANY (accounts))
      UNION ALL
      SELECT f.person_id, f.account_id, NULL FROM fresh f) x
    GROUP BY x.person_id, x.account_id HAVING count(*) = count(x.place)
  ), gone AS (
    DELETE FROM policy_denied k WHERE k.ctid = ANY (ARRAY(SELECT x.place FROM stale x))
  )
  INSERT INTO policy_denied AS k (person_id, account_id, since)
  SELECT person_id, account_id, since FROM fresh
  ON CONFLICT (person_id, account_id) DO UPDATE SET since = EXCLUDED.since
  WHERE k.since <> EXCLUDED.since;

  WITH fresh AS MATERIALIZED (
    SELECT g.person_id, g.account_id, g.level,
           unnest(range_agg(policy_instants(g.days, o.timezone)
                            * tstzrange(NULL, d.since, '[)'))) AS during
    FROM policy_grants(people, accounts, false) g
    JOIN clients_account a ON a.id = g.account_id
    JOIN people_office o ON o.id = a.lead_office_id
    LEFT JOIN policy_denied d ON d.person_id = g.person_id AND d.account_id = g.account_id
    GROUP BY g.person_id, g.account_id, g.level
  ), stale AS (
    SELECT min(x.place) AS place FROM (
      SELECT s.person_id, s.account_id, s.level::text AS level, s.during, s.ctid AS place
      FROM policy_sight s
      WHERE (people IS NULL OR s.person_id = ANY (people))
        AND (accounts IS NULL OR s.account_id = ANY (accounts))
      UNION ALL
      SELECT f.person_id, f.account_id, f.level, f.during, NULL FROM fresh f) x
    GROUP BY x.person_id, x.account_id, x.level, x.during HAVING count(*) = count(x.place)
  ), gone AS (
    DELETE FROM policy_sight s WHERE s.ctid = ANY (ARRAY(SELECT x.place FROM stale x))
  )
  INSERT INTO policy_sight (person_id, account_id, level, during)
  SELECT person_id, account_id, level, during FROM fresh
  ON CONFLICT (person_id, level, account_id, during) DO NOTHING;

  IF accounts IS NULL THEN
    PERFORM policy_refresh_overview(people);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION policy_refresh_overview(people uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH employed AS (
    SELECT person_id, range_agg(daterange(starts_on, ends_on, '[]')) AS days
    FROM people_employment GROUP BY person_id
  ), fresh AS MATERIALIZED (
    SELECT r.person_id, l.level, unnest(range_agg(policy_instants(d.days, o.timezone))) AS during
    FROM people_role r
    JOIN people_office o ON o.id = r.office_id
    JOIN employed e ON e.person_id = r.person_id
    CROSS JOIN LATERAL unnest(datemultirange(daterange(r.starts_on, r.ends_on, '[]')) * e.days)
      AS d(days)
    CROSS JOIN LATERAL unnest(CASE WHEN r.role = ANY ($COST) THEN ARRAY['rows', 'cost']
                                   ELSE ARRAY['rows'] END) AS l(level)
    WHERE r.office_id = policy_whole() AND r.role = ANY ($LINE || $FUNCTIONS)
      AND (people IS NULL OR r.person_id = ANY (people))
    GROUP BY r.person_id, l.level
  ), gone AS (
    DELETE FROM policy_overview v
    WHERE (people IS NULL OR v.person_id = ANY (people))
      AND NOT EXISTS (SELECT FROM fresh f WHERE (f.person_id, f.level, f.during)
                                              = (v.person_id, v.level, v.during))
  )
  INSERT INTO policy_overview (person_id, level, during)
  SELECT person_id, level, during FROM fresh
  ON CONFLICT (person_id, level, during) DO NOTHING
$$;

CREATE OR REPLACE FUNCTION policy_below(accounts uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT COALESCE(array_agg(DISTINCT account_id), '{}') FROM policy_accountabove
  WHERE above_id = ANY (accounts)
$$;

CREATE OR REPLACE FUNCTION policy_above(people uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT COALESCE(array_agg(DISTINCT superior_id), '{}') FROM policy_superior
  WHERE person_id = ANY (people)
$$;

CREATE OR REPLACE FUNCTION policy_seated_below(people uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT policy_below(COALESCE(array_agg(DISTINCT account_id), '{}')) FROM clients_seat
  WHERE person_id = ANY (people)
$$;

-- Closures of the two trees and of the solid lines.
CREATE OR REPLACE FUNCTION policy_refresh_offices() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE up AS (
    SELECT id AS office_id, id AS above_id, 0 AS depth FROM people_office
    UNION ALL
    SELECT up.office_id, o.parent_id, up.depth + 1
    FROM up JOIN people_office o ON o.id = up.above_id
    WHERE o.parent_id IS NOT NULL AND up.depth < 40
  ), gone AS (
    DELETE FROM policy_officeabove k
    WHERE NOT EXISTS (SELECT FROM up WHERE (up.office_id, up.above_id, up.depth)
                                         = (k.office_id, k.above_id, k.depth))
  )
  INSERT INTO policy_officeabove (office_id, above_id, depth)
  SELECT office_id, above_id, depth FROM up
  ON CONFLICT (office_id, above_id) DO UPDATE SET depth = EXCLUDED.depth
  WHERE policy_officeabove.depth <> EXCLUDED.depth
$$;

CREATE OR REPLACE FUNCTION policy_refresh_accounts(accounts uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE up AS (
    SELECT id AS account_id, id AS above_id, 0 AS depth FROM clients_account
    WHERE id = ANY (accounts)
    UNION ALL
    SELECT up.account_id, a.parent_id, up.depth + 1
    FROM up JOIN clients_account a ON a.id = up.above_id
    WHERE a.parent_id IS NOT NULL AND up.depth < 40
  ), gone AS (
    DELETE FROM policy_accountabove k
    WHERE k.account_id = ANY (accounts)
      AND NOT EXISTS (SELECT FROM up WHERE (up.account_id, up.above_id)
                                         = (k.account_id, k.above_id))
  )
  INSERT INTO policy_accountabove (account_id, above_id, depth)
  SELECT account_id, above_id, depth FROM up
  ON CONFLICT (account_id, above_id) DO UPDATE SET depth = EXCLUDED.depth
  WHERE policy_accountabove.depth <> EXCLUDED.depth
$$;

-- Returns the people whose line upward changed, and their superiors before and after.
CREATE OR REPLACE FUNCTION policy_refresh_superiors(OUT people uuid[], OUT superiors uuid[])
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE solid AS (
    SELECT person_id, superior_id, daterange(starts_on, ends_on, '[]') AS during
    FROM people_reportingline WHERE kind = 'solid'
  ), up AS (
    SELECT person_id, superior_id, during, ARRAY[person_id, superior_id] AS path FROM solid
    UNION ALL
    SELECT up.person_id, s.superior_id, up.during * s.during, up.path || s.superior_id
    FROM up JOIN solid s ON s.person_id = up.superior_id AND s.during && up.during
    WHERE s.superior_id <> ALL (up.path)
  ), fresh AS MATERIALIZED (
    SELECT person_id, superior_id, unnest(range_agg(during)) AS during FROM up
    GROUP BY person_id, superior_id
  ), gone AS (
    DELETE FROM policy_superior k
    WHERE NOT EXISTS (SELECT FROM fresh f WHERE (f.person_id, f.superior_id, f.during)
                                              = (k.person_id, k.superior_id, k.during))
    RETURNING k.person_id, k.superior_id
  ), made AS (
    INSERT INTO policy_superior (person_id, superior_id, during)
    SELECT person_id, superior_id, during FROM fresh
    ON CONFLICT (person_id, superior_id, during) DO NOTHING
    RETURNING person_id, superior_id
  )
  SELECT COALESCE(array_agg(DISTINCT c.person_id), '{}'),
         COALESCE(array_agg(DISTINCT c.superior_id), '{}')
  FROM (SELECT * FROM gone UNION ALL SELECT * FROM made) c
$$;

-- Everything anew: after a migration, or when the rules themselves changed.
CREATE OR REPLACE FUNCTION policy_rebuild() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM policy_lock();
  PERFORM policy_refresh_offices();
  PERFORM policy_refresh_accounts(ARRAY(SELECT id FROM clients_account));
  PERFORM policy_refresh_superiors();
  PERFORM policy_refresh_walls(NULL, NULL, NULL);
  PERFORM policy_refresh(NULL, NULL);
END $$;
