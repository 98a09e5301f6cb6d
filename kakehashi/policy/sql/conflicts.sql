-- What a conflict check reads beyond one officer's own sight: it must not miss a rival because an
-- index cannot be used behind the wall, nor because a wall keeps its officer from one client.

CREATE INDEX IF NOT EXISTS conflicts_account_categories ON clients_account USING gin (categories);
CREATE INDEX IF NOT EXISTS conflicts_brand_categories ON clients_brand USING gin (categories);
CREATE INDEX IF NOT EXISTS conflicts_account_led ON clients_account (id)
  INCLUDE (lead_office_id, code);

-- The pieces of a folded name by which almost the same name is found: each three neighbouring
-- characters, of Latin letters five. (pg_trgm knows Latin letters only where the locale is C.)
CREATE OR REPLACE FUNCTION acting_pieces(name text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  size CONSTANT integer := CASE WHEN octet_length(name) = length(name) THEN 5 ELSE 3 END;
  pieces text[] := '{}';
BEGIN
  FOR at IN 1 .. GREATEST(length(name) - size + 1, 1) LOOP
    pieces := pieces || substr(name, at, size);
  END LOOP;
  RETURN pieces;
END $$;

CREATE INDEX IF NOT EXISTS conflicts_named_alike ON conflicts_namedcompetitor
  USING gin (acting_pieces(folded::text));

DROP FUNCTION IF EXISTS acting_conflict_holders(uuid[], text[], uuid[]);
DROP FUNCTION IF EXISTS policy_conflict_holders(uuid[]);
CREATE OR REPLACE FUNCTION acting_checks_conflicts() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT acting_person() IS NULL OR acting_has(ARRAY['conflicts_officer'])
$$;

-- What each account is to a check: whose it is, what it advertises, by its own word and through the
-- brands it handles, and where. A brand without countries is sold everywhere.
CREATE OR REPLACE FUNCTION policy_conflict_holders(accounts uuid[])
RETURNS TABLE (account_id uuid, code text, name text, name_en text, company_id uuid, folded text,
               lead_office_id uuid, labels text[], countries text[], brands uuid[],
               brand_names text[], above uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, a.code, a.name, a.name_en, a.company_id, c.folded, a.lead_office_id,
         a.categories::text[] || COALESCE(b.labels, '{}'),
         CASE WHEN b.everywhere THEN '{}' ELSE COALESCE(b.countries, '{}') END,
         COALESCE(b.brands, '{}'), COALESCE(b.names, '{}'),
         ARRAY(SELECT t.above_id FROM policy_accountabove t WHERE t.account_id = a.id)
  FROM clients_account a JOIN clients_company c ON c.id = a.company_id
  LEFT JOIN (
    SELECT h.account_id, array_agg(DISTINCT r.id) AS brands,
           array_agg(DISTINCT r.folded::text) AS names,
           bool_or(r.countries = '{}') AS everywhere,
           array_agg(DISTINCT l.label) FILTER (WHERE l.label IS NOT NULL) AS labels,
           array_agg(DISTINCT w.country) FILTER (WHERE w.country IS NOT NULL) AS countries
    FROM clients_accountbrand h JOIN clients_brand r ON r.id = h.brand_id
    LEFT JOIN LATERAL unnest(r.categories::text[]) AS l(label) ON true
    LEFT JOIN LATERAL unnest(r.countries::text[]) AS w(country) ON true
    WHERE h.account_id = ANY (accounts) AND (h.ends_on IS NULL OR h.ends_on >= (SELECT acting_today()))
    GROUP BY h.account_id
  ) b ON b.account_id = a.id
  WHERE a.id = ANY (accounts)
$$;

-- Accounts by id, and those that are not lost and advertise under one of these words or belong to
-- one of these companies.
CREATE OR REPLACE FUNCTION acting_conflict_holders(wanted uuid[], words text[], companies uuid[])
RETURNS TABLE (account_id uuid, code text, name text, name_en text, company_id uuid, folded text,
               lead_office_id uuid, labels text[], countries text[], brands uuid[],
               brand_names text[], above uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF NOT acting_checks_conflicts() THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT * FROM policy_conflict_holders(ARRAY(
    SELECT unnest(wanted)
    UNION
    SELECT a.id FROM clients_account a
    WHERE a.categories && words::varchar[] AND a.status <> 'lost'
    UNION
    SELECT a.id FROM clients_brand r
    JOIN clients_accountbrand h ON h.brand_id = r.id JOIN clients_account a ON a.id = h.account_id
    WHERE r.categories && words::varchar[] AND a.status <> 'lost'
      AND (h.ends_on IS NULL OR h.ends_on >= (SELECT acting_today()))
    UNION
    SELECT a.id FROM clients_account a
    WHERE a.company_id = ANY (companies) AND a.status <> 'lost'));
END $$;

-- Accounts that a declaration may be about, or a consent: of these companies, handling these brands,
-- or by id, lost or not; and every account above one of them.
CREATE OR REPLACE FUNCTION acting_case_accounts(
  companies uuid[], brands uuid[], brand_names text[], wanted uuid[])
RETURNS TABLE (account_id uuid, meant boolean, lost boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH meant AS (
    SELECT a.id FROM clients_account a
    WHERE a.company_id = ANY (companies) OR a.id = ANY (wanted)
    UNION
    SELECT h.account_id FROM clients_accountbrand h JOIN clients_brand r ON r.id = h.brand_id
    WHERE r.id = ANY (brands) OR r.folded = ANY (brand_names)
  )
  SELECT a.id, bool_or(t.account_id = a.id), a.status = 'lost'
  FROM meant m JOIN policy_accountabove t ON t.account_id = m.id
  JOIN clients_account a ON a.id = t.above_id
  WHERE (SELECT acting_checks_conflicts())
  GROUP BY a.id
$$;

-- What a case touches by what it advertises alone, by commitment or, where none speaks of it, by the
-- market: gathered by all that decides what follows (`shape`), how many they are, and who: the codes
-- of account and commitment, then their ids. `severity` is how closely a commitment is touched, by
-- the closest of its categories; NULL: by the market alone. `reach` are the categories that are
-- touched and `at_` how closely each is, 0 the closest, at each level; `own` the companies of the
-- case's own family, `apart` what is judged one by one, `silent` accounts of whose market something
-- else speaks; `teams`, `offices` and `agencies` the lead offices whose promises bind the unit that
-- leads the case, unless it may be led `anywhere`. Planned for what is asked: cases differ widely.
DROP FUNCTION IF EXISTS acting_case_touches(
  uuid[], uuid[], uuid[], text[], uuid[], uuid[], uuid[], text[], date, date,
  uuid[], uuid[], uuid[], boolean);
CREATE OR REPLACE FUNCTION acting_case_touches(
  reach uuid[], at_category integer[], at_company integer[], at_group integer[], words text[],
  own uuid[], apart uuid[], silent uuid[], countries text[], starts date, ends date,
  teams uuid[], offices uuid[], agencies uuid[], anywhere boolean)
RETURNS TABLE (severity integer, shape text, number bigint, members text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  ours uuid[] := ARRAY(SELECT a.id FROM clients_account a WHERE a.company_id = ANY (own));
BEGIN
  IF NOT acting_checks_conflicts() THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH touched AS (
    SELECT k.commitment_id, min(r.at_category) AS at_category, min(r.at_company) AS at_company,
           min(r.at_group) AS at_group
    FROM unnest(reach, at_category, at_company, at_group)
      AS r(category_id, at_category, at_company, at_group)
    JOIN conflicts_commitmentcategory k ON k.category_id = r.category_id
    GROUP BY k.commitment_id
  ), near AS (
    SELECT c.*, CASE c.level WHEN 'group' THEN t.at_group WHEN 'company' THEN t.at_company
                             ELSE t.at_category END AS severity
    FROM touched t JOIN conflicts_commitment c ON c.id = t.commitment_id
    WHERE c.withdrawn_at IS NULL AND c.level <> 'brand' AND c.account_id <> ALL (ours)
  ), speaking AS MATERIALIZED (
    SELECT n.id, n.account_id, n.code, n.level, n.scope, n.origin, n.disciplines, n.severity,
           n.safeguards <> '{}' AS satisfied,
           (n.ends_on IS NULL OR starts IS NULL
            OR starts <= (n.ends_on + make_interval(months => n.cooling_off_months))::date)
           AND (ends IS NULL OR ends >= n.starts_on)
           AND (n.countries = '{}' OR acting_case_touches.countries = '{}'
                OR n.countries::text[] && acting_case_touches.countries)
           AND n.id <> ALL (apart) AS applies
    FROM near n WHERE n.severity IS NOT NULL
  ), spoken AS MATERIALIZED (
    SELECT s.account_id FROM speaking s UNION SELECT unnest(silent)
  ), branded AS MATERIALIZED (
    SELECT h.account_id, r.id AS brand_id, r.categories, r.countries
    FROM clients_brand r JOIN clients_accountbrand h ON h.brand_id = r.id
    WHERE r.categories && words::varchar[] AND (h.ends_on IS NULL OR h.ends_on >= (SELECT acting_today()))
  ), named AS MATERIALIZED (
    SELECT a.id, a.code, a.parent_id, a.categories FROM clients_account a
    WHERE a.categories && words::varchar[]
      AND a.status <> 'lost' AND a.company_id <> ALL (own) AND a.id <> ALL (apart)
  ), clients AS MATERIALIZED (
    SELECT * FROM named
    UNION ALL
    SELECT a.id, a.code, a.parent_id, a.categories FROM clients_account a
    WHERE a.id IN (SELECT b.account_id FROM branded b EXCEPT SELECT n.id FROM named n)
      AND a.status <> 'lost' AND a.company_id <> ALL (own) AND a.id <> ALL (apart)
  ), below AS MATERIALIZED (
    SELECT t.account_id FROM policy_accountabove t
    WHERE t.account_id = ANY (ARRAY(SELECT DISTINCT k.parent_id FROM clients k))
      AND t.above_id IN (SELECT s.account_id FROM spoken s)
  ), handled AS MATERIALIZED (
    SELECT h.account_id,
           string_agg(NULLIF(array_to_string(h.categories, chr(31)), ''), chr(31)) AS labels,
           bool_or(h.countries = '{}' OR h.countries::text[] && acting_case_touches.countries) AS met
    FROM (
      SELECT b.account_id, b.categories, b.countries FROM branded b
      UNION ALL
      SELECT h.account_id, r.categories, r.countries
      FROM clients_accountbrand h JOIN clients_brand r ON r.id = h.brand_id
      WHERE h.account_id = ANY (ARRAY(SELECT k.id FROM clients k))
        AND (h.ends_on IS NULL OR h.ends_on >= (SELECT acting_today()))
        AND h.brand_id NOT IN (SELECT b.brand_id FROM branded b)
    ) h GROUP BY h.account_id
  )
  SELECT s.severity, to_json(ARRAY[s.level, s.origin, s.satisfied::text,
                                   array_to_string(s.disciplines, chr(31))])::text,
         count(*), string_agg(concat_ws(chr(31), a.code, s.code, a.id, s.id), chr(30))
  FROM speaking s JOIN clients_account a ON a.id = s.account_id
  WHERE s.applies AND (
    anywhere OR s.scope = 'network'
    OR (s.scope = 'team' AND a.lead_office_id = ANY (teams))
    OR (s.scope = 'office' AND a.lead_office_id = ANY (offices))
    OR (s.scope = 'agency_brand' AND a.lead_office_id = ANY (agencies)))
  GROUP BY s.severity, s.level, s.origin, s.satisfied, s.disciplines
  UNION ALL
  SELECT NULL, concat_ws(chr(31), NULLIF(array_to_string(k.categories, chr(31)), ''), b.labels),
         count(*), string_agg(concat_ws(chr(31), k.code, '', k.id, ''), chr(30))
  FROM clients k LEFT JOIN handled b ON b.account_id = k.id
  WHERE k.id NOT IN (SELECT s.account_id FROM spoken s)
    AND (k.parent_id IS NULL OR k.parent_id NOT IN (SELECT l.account_id FROM below l))
    AND (acting_case_touches.countries = '{}' OR b.account_id IS NULL OR b.met)
  GROUP BY k.categories, b.labels;
END $$;

-- Whom people served since a day, serve and are to serve: a seat reaches down the tree.
CREATE OR REPLACE FUNCTION acting_conflict_seats(people uuid[], since date)
RETURNS TABLE (person_id uuid, account_id uuid, starts_on date, ends_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.person_id, t.account_id, s.starts_on, s.ends_on
  FROM clients_seat s JOIN policy_accountabove t ON t.above_id = s.account_id
  WHERE (SELECT acting_checks_conflicts()) AND s.person_id = ANY (people)
    AND (s.ends_on IS NULL OR s.ends_on >= since)
$$;

-- Companies of one of whose names a piece stands in these words, those with most of them first. How
-- alike they are is for the caller to say.
CREATE OR REPLACE FUNCTION acting_companies_alike(words text[], most integer)
RETURNS TABLE (company_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  pieces text[];
  needs text;
BEGIN
  IF NOT acting_checks_conflicts() THEN
    RETURN;
  END IF;
  SELECT array_agg(DISTINCT p.piece), string_agg(DISTINCT search_needs(p.piece), ' | ')
  INTO pieces, needs
  FROM unnest(words) AS w(name)
  CROSS JOIN LATERAL (VALUES (search_plain(w.name)), (search_sound(w.name))) AS k(key)
  CROSS JOIN LATERAL unnest(acting_pieces(replace(k.key, ' ', ''))) AS p(piece)
  WHERE length(p.piece) > 1;
  RETURN QUERY
    SELECT e.row_id FROM search_entry e
    WHERE e.source = 'clients_company' AND e.source <> 'handoffs_handoff'
      AND (search_grams(e.plain || e.sound) || search_grams(e.about, '~')) @@ needs::tsquery
    GROUP BY e.row_id
    ORDER BY max((SELECT count(*) FROM unnest(pieces) AS p(piece)
                  WHERE strpos(e.plain, p.piece) > 0 OR strpos(e.sound, p.piece) > 0)) DESC,
             e.row_id
    LIMIT most;
END $$;

-- Names in clauses of which a piece stands in these.
CREATE OR REPLACE FUNCTION acting_named_alike(names text[], most integer)
RETURNS TABLE (commitment_id uuid, name text, folded text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  pieces text[];
BEGIN
  IF NOT acting_checks_conflicts() THEN
    RETURN;
  END IF;
  SELECT array_agg(DISTINCT p.piece) INTO pieces
  FROM unnest(names) AS w(said) CROSS JOIN LATERAL unnest(acting_pieces(w.said)) AS p(piece);
  RETURN QUERY
    SELECT f.commitment_id, f.name, f.folded FROM (
      SELECT DISTINCT ON (n.folded) n.commitment_id, n.name::text AS name, n.folded::text AS folded
      FROM conflicts_namedcompetitor n
      JOIN conflicts_commitment c ON c.id = n.commitment_id AND c.withdrawn_at IS NULL
      WHERE acting_pieces(n.folded::text) && pieces
      ORDER BY n.folded, n.commitment_id) f
    ORDER BY (SELECT count(*) FROM unnest(pieces) AS p(piece) WHERE strpos(f.folded, p.piece) > 0)
             DESC, f.folded
    LIMIT most;
END $$;
