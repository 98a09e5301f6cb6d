-- Nobody serves two accounts that compete, nor within the barrier of a client who was promised so.
-- What decides reads every account, whoever asks; what is told is another matter (acting_, below).

-- What each word on an account means: a category that somebody placed it at, its code, its name.
CREATE OR REPLACE FUNCTION policy_meanings() RETURNS TABLE (word text, category_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH named AS (
    SELECT n.word, c.id, s.code = 'kkh' AS ours, cardinality(c.lineage) AS depth
    FROM conflicts_category c JOIN conflicts_scheme s ON s.id = c.scheme_id
    CROSS JOIN LATERAL (VALUES (c.name::text), (c.name_en::text)) AS n(word)
    WHERE n.word <> ''
  )
  SELECT DISTINCT ON (m.word) m.word, m.id FROM (
    SELECT w.word::text AS word, w.category_id AS id, 1 AS rank, 0 AS depth
    FROM conflicts_categoryword w
    UNION ALL
    SELECT s.code || ':' || c.code, c.id, 2, 0
    FROM conflicts_category c JOIN conflicts_scheme s ON s.id = c.scheme_id
    UNION ALL
    SELECT n.word, n.id, 3, n.depth FROM named n WHERE n.ours
    UNION ALL
    SELECT n.word, (array_agg(n.id))[1], 4, 0 FROM named n WHERE NOT n.ours
    GROUP BY n.word HAVING count(DISTINCT n.id) = 1
  ) m ORDER BY m.word, m.rank, m.depth, m.id
$$;

-- What somebody declared of two categories, or of the nearest above them; NULL: nothing.
CREATE OR REPLACE FUNCTION policy_declared_of(one uuid, other uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.competing FROM conflicts_categorypair p, conflicts_category a, conflicts_category b
  WHERE a.id = policy_declared_of.one AND b.id = policy_declared_of.other
    AND ((p.one_id = ANY (a.lineage) AND p.other_id = ANY (b.lineage))
         OR (p.one_id = ANY (b.lineage) AND p.other_id = ANY (a.lineage)))
  ORDER BY COALESCE(array_position(a.lineage, p.one_id), array_position(a.lineage, p.other_id))
         + COALESCE(array_position(b.lineage, p.other_id), array_position(b.lineage, p.one_id)) DESC
  LIMIT 1
$$;

-- In which markets accounts stand: their most special categories, those linked as the same, words
-- that mean none, and either side of a pair of categories declared to compete.
CREATE OR REPLACE FUNCTION policy_markets(accounts uuid[])
RETURNS TABLE (account_id uuid, market text, counter text, category_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH labels AS MATERIALIZED (
    SELECT h.account_id, l.label FROM policy_conflict_holders(accounts) h
    CROSS JOIN LATERAL unnest(h.labels) AS l(label)
  ), placed AS MATERIALIZED (
    SELECT l.account_id, l.label, m.category_id, c.lineage
    FROM labels l LEFT JOIN policy_meanings() m ON m.word = l.label
    LEFT JOIN conflicts_category c ON c.id = m.category_id
  ), leaves AS MATERIALIZED (
    SELECT DISTINCT p.account_id, p.category_id, p.lineage FROM placed p
    WHERE p.category_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM placed q WHERE q.account_id = p.account_id AND q.category_id <> p.category_id
        AND p.category_id = ANY (q.lineage))
  )
  SELECT l.account_id, l.category_id::text, l.category_id::text, l.category_id FROM leaves l
  UNION
  SELECT l.account_id, k.other_id::text, k.other_id::text, l.category_id
  FROM leaves l JOIN conflicts_categorylink k ON k.category_id = l.category_id AND k.kind = 'same'
  UNION
  SELECT l.account_id, k.category_id::text, k.category_id::text, l.category_id
  FROM leaves l JOIN conflicts_categorylink k ON k.other_id = l.category_id AND k.kind = 'same'
  UNION
  SELECT p.account_id, 'word ' || p.label, 'word ' || p.label, NULL::uuid
  FROM placed p WHERE p.category_id IS NULL
  UNION
  SELECT l.account_id, 'pair ' || d.id || s.own, 'pair ' || d.id || s.their, l.category_id
  FROM conflicts_categorypair d
  CROSS JOIN LATERAL (VALUES (d.one_id, ' 1', ' 2'), (d.other_id, ' 2', ' 1')) AS s(at, own, their)
  JOIN leaves l ON s.at = ANY (l.lineage)
  WHERE d.competing
$$;

-- Each account with its company and those above, the top of its family, its brands.
CREATE OR REPLACE FUNCTION policy_parties(accounts uuid[])
RETURNS TABLE (account_id uuid, companies uuid[], names text[], family uuid, brands uuid[],
               brand_names text[], countries text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE held AS MATERIALIZED (
    SELECT * FROM policy_conflict_holders(accounts)
  ), up AS (
    SELECT c.id AS below, c.id, c.parent_id, c.folded::text AS folded FROM clients_company c
    WHERE c.id IN (SELECT h.company_id FROM held h)
    UNION
    SELECT u.below, c.id, c.parent_id, c.folded FROM up u JOIN clients_company c ON c.id = u.parent_id
  ), families AS (
    SELECT u.below, array_agg(u.id) AS companies, array_agg(u.folded) AS names,
           (array_agg(u.id) FILTER (WHERE u.parent_id IS NULL))[1] AS family
    FROM up u GROUP BY u.below
  )
  SELECT h.account_id, f.companies, f.names, f.family, h.brands, h.brand_names, h.countries
  FROM held h JOIN families f ON f.below = h.company_id
$$;

-- Of accounts served by the same people, those that compete: declared, or in the same market and a
-- country of both. One family never competes with itself, nor who was declared not to compete.
CREATE OR REPLACE FUNCTION policy_rivals(people uuid[], accounts uuid[])
RETURNS TABLE (person_id uuid, one uuid, other uuid, ground text, one_said text, other_said text,
               declared text, one_category uuid, other_category uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH serving AS MATERIALIZED (
    SELECT DISTINCT s.person_id, s.account_id
    FROM unnest(people, accounts) AS s(person_id, account_id)
  ), wanted AS MATERIALIZED (
    SELECT ARRAY(SELECT DISTINCT s.account_id FROM serving s) AS ids
  ), parties AS MATERIALIZED (
    SELECT p.* FROM wanted w, policy_parties(w.ids) p
  ), markets AS MATERIALIZED (
    SELECT m.* FROM wanted w, policy_markets(w.ids) m
  ), sides AS (
    SELECT r.id, 1 AS side, r.kind, r.one_company_id AS company, r.one_brand_id AS brand,
           r.one_folded::text AS folded FROM conflicts_rivalry r
    UNION ALL
    SELECT r.id, 2, r.kind, r.other_company_id, r.other_brand_id, r.other_folded
    FROM conflicts_rivalry r
  ), meant AS MATERIALIZED (
    SELECT s.id, s.side, p.account_id FROM sides s
    JOIN parties p ON CASE s.kind
      WHEN 'brand' THEN s.brand = ANY (p.brands) OR s.folded = ANY (p.brand_names)
      ELSE s.company = ANY (p.companies) OR (s.folded <> '' AND s.folded = ANY (p.names)) END
    UNION
    SELECT s.id, s.side, p.account_id FROM sides s
    LEFT JOIN clients_company c ON s.company IS NULL AND c.folded = s.folded
    JOIN parties p ON p.family = policy_company_top(COALESCE(s.company, c.id))
    WHERE s.kind = 'group'
  ), told AS MATERIALIZED (
    SELECT a.account_id AS one, b.account_id AS other, r.kind, r.competing, r.ground::text AS why,
           CASE a.side WHEN 1 THEN r.one_name ELSE r.other_name END::text AS one_said,
           CASE a.side WHEN 1 THEN r.other_name ELSE r.one_name END::text AS other_said
    FROM meant a JOIN meant b ON b.id = a.id AND b.side <> a.side
    JOIN conflicts_rivalry r ON r.id = a.id
  ), found AS (
    SELECT s.person_id, t.one, t.other, 'declared' AS ground, t.one_said, t.other_said,
           t.why AS declared, NULL::uuid AS one_category, NULL::uuid AS other_category
    FROM told t JOIN serving s ON s.account_id = t.one
    JOIN serving o ON o.account_id = t.other AND o.person_id = s.person_id
    WHERE t.competing AND (t.kind = 'brand' OR NOT EXISTS (
      SELECT FROM told x WHERE x.one = t.one AND x.other = t.other AND NOT x.competing))
    UNION ALL
    SELECT s.person_id, a.account_id, b.account_id,
           CASE WHEN a.category_id IS NULL THEN 'word' WHEN a.market LIKE 'pair %' THEN 'pair'
                ELSE 'same' END,
           substr(a.market, 6), substr(b.market, 6), '', a.category_id, b.category_id
    FROM serving s JOIN markets a ON a.account_id = s.account_id
    JOIN markets b ON b.market = a.counter AND b.account_id <> a.account_id
    JOIN serving o ON o.account_id = b.account_id AND o.person_id = s.person_id
    JOIN parties p ON p.account_id = a.account_id
    JOIN parties q ON q.account_id = b.account_id
    WHERE (p.countries = '{}' OR q.countries = '{}' OR p.countries && q.countries)
      AND (a.market NOT LIKE 'pair %' OR policy_declared_of(a.category_id, b.category_id))
      AND NOT EXISTS (
        SELECT FROM told x
        WHERE x.one = a.account_id AND x.other = b.account_id AND NOT x.competing)
  )
  SELECT DISTINCT ON (f.person_id, f.one, f.other) f.* FROM found f
  JOIN parties p ON p.account_id = f.one JOIN parties q ON q.account_id = f.other
  WHERE p.family IS DISTINCT FROM q.family
  ORDER BY f.person_id, f.one, f.other, f.ground, f.one_said, f.one_category
$$;

-- Every category under which companies advertise through our accounts or their own brands.
CREATE OR REPLACE FUNCTION policy_categories_of(companies uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT COALESCE(array_agg(DISTINCT m.category_id), '{}') FROM (
    SELECT unnest(h.labels) AS label FROM policy_conflict_holders(ARRAY(
      SELECT a.id FROM clients_account a
      WHERE a.company_id = ANY (companies) AND a.status <> 'lost')) h
    UNION
    SELECT unnest(b.categories::text[]) FROM clients_brand b WHERE b.company_id = ANY (companies)
  ) l JOIN policy_meanings() m ON m.word = l.label
$$;

-- Whether a commitment keeps rivals in one of these categories away: the same, above or below, or
-- of one top category, wherever links let both stand in one scheme.
CREATE OR REPLACE FUNCTION policy_kept_out(commitment uuid, categories uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH tops AS (
    SELECT c.id, c.lineage[1] AS top FROM conflicts_category c
    WHERE c.id = ANY (categories) OR c.id IN (
      SELECT k.category_id FROM conflicts_commitmentcategory k
      WHERE k.commitment_id = policy_kept_out.commitment)
  ), placed AS (
    SELECT t.id, t.top FROM tops t
    UNION
    SELECT t.id, x.lineage[1] FROM tops t JOIN conflicts_category c ON c.id = t.id
    JOIN conflicts_categorylink l ON l.category_id = ANY (c.lineage)
    JOIN conflicts_category x ON x.id = l.other_id
    UNION
    SELECT t.id, x.lineage[1] FROM tops t JOIN conflicts_category c ON c.id = t.id
    JOIN conflicts_categorylink l ON l.other_id = ANY (c.lineage) AND l.kind = 'same'
    JOIN conflicts_category x ON x.id = l.category_id
  )
  SELECT EXISTS (
    SELECT FROM unnest(categories) AS own(id)
    JOIN conflicts_commitmentcategory k ON k.commitment_id = policy_kept_out.commitment
    WHERE COALESCE(policy_declared_of(own.id, k.category_id), EXISTS (
      SELECT FROM placed a JOIN placed b ON b.top = a.top
      WHERE a.id = own.id AND b.id = k.category_id)))
$$;

-- Whether an account is a rival by another client's commitment, whichever of our units leads it.
CREATE OR REPLACE FUNCTION policy_promised_away(commitment uuid, account uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c conflicts_commitment;
  own record;
  holder record;
BEGIN
  SELECT * INTO STRICT c FROM conflicts_commitment k WHERE k.id = policy_promised_away.commitment;
  SELECT * INTO own FROM policy_parties(ARRAY[policy_promised_away.account]);
  SELECT * INTO holder FROM policy_parties(ARRAY[c.account_id]);
  IF own.family = holder.family
     OR NOT (own.countries = '{}' OR c.countries = '{}' OR own.countries && c.countries::text[]) THEN
    RETURN false;
  END IF;
  IF EXISTS (
    SELECT FROM conflicts_namedcompetitor n
    WHERE n.commitment_id = c.id AND (
      n.brand_id = ANY (own.brands) OR n.folded = ANY (own.brand_names)
      OR (n.brand_id IS NULL AND (
        n.company_id = ANY (own.companies) OR n.folded = ANY (own.names)
        OR (c.level = 'group' AND policy_company_top(n.company_id) = own.family)))) ) THEN
    RETURN true;
  END IF;
  IF c.level = 'brand' THEN
    RETURN EXISTS (SELECT FROM policy_rivals(
      array_fill(c.id, ARRAY[2]), ARRAY[policy_promised_away.account, c.account_id]) r
      WHERE r.ground = 'declared');
  END IF;
  IF c.level IN ('company', 'group') AND EXISTS (
    SELECT FROM policy_rivals(
      array_fill(c.id, ARRAY[2]), ARRAY[policy_promised_away.account, c.account_id]) r
    WHERE r.ground = 'declared') THEN
    RETURN true;
  END IF;
  RETURN policy_kept_out(c.id, ARRAY(
    SELECT m.category_id FROM policy_conflict_holders(ARRAY[policy_promised_away.account]) h
    CROSS JOIN LATERAL unnest(h.labels) AS l(label) JOIN policy_meanings() m ON m.word = l.label)
    || CASE c.level
      WHEN 'company' THEN policy_categories_of(ARRAY(
        SELECT a.company_id FROM clients_account a WHERE a.id = policy_promised_away.account))
      WHEN 'group' THEN policy_categories_of(ARRAY(
        WITH RECURSIVE down AS (
          SELECT o.id FROM clients_company o WHERE o.id = own.family
          UNION
          SELECT o.id FROM down d JOIN clients_company o ON o.parent_id = d.id
        ) SELECT d.id FROM down d))
      ELSE '{}'::uuid[] END);
END $$;

-- What stands against seats: each of these people on each of these accounts, from a day to a day.
-- `without` are seats that are written anew. Seats in the list count among each other.
CREATE OR REPLACE FUNCTION policy_against_seats(
  people uuid[], accounts uuid[], firsts date[], lasts date[], without uuid[])
RETURNS TABLE (number bigint, person_id uuid, rule text, account_id uuid, other_id uuid,
               starts_on date, ends_on date, until date, commitment_id uuid, months integer,
               ground text, one_said text, other_said text, declared text,
               one_category uuid, other_category uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH wanted AS MATERIALIZED (
    SELECT w.number, w.person_id, t.account_id, w.starts_on,
           COALESCE(w.ends_on, 'infinity') AS ends_on
    FROM unnest(people, accounts, firsts, lasts) WITH ORDINALITY
      AS w(person_id, account_id, starts_on, ends_on, number)
    JOIN policy_accountabove t ON t.above_id = w.account_id
  ), served AS MATERIALIZED (
    SELECT 0 AS number, s.person_id, t.account_id, s.starts_on,
           COALESCE(s.ends_on, 'infinity') AS ends_on
    FROM clients_seat s JOIN policy_accountabove t ON t.above_id = s.account_id
    WHERE s.person_id = ANY (people) AND s.id <> ALL (without)
    UNION ALL
    SELECT * FROM wanted
  ), pairs AS (
    SELECT array_agg(b.person_id) AS people, array_agg(b.account_id) AS accounts FROM (
      SELECT DISTINCT s.person_id, s.account_id FROM served s
      WHERE s.person_id IN (
        SELECT x.person_id FROM served x GROUP BY x.person_id
        HAVING count(DISTINCT x.account_id) > 1)) b
  ), rivals AS MATERIALIZED (
    SELECT r.* FROM pairs p, policy_rivals(p.people, p.accounts) r WHERE p.people IS NOT NULL
  ), barriers AS MATERIALIZED (
    SELECT c.id, c.account_id, c.personnel_barrier_months AS months FROM conflicts_commitment c
    WHERE c.withdrawn_at IS NULL AND c.personnel_barrier_months > 0
  ), away AS MATERIALIZED (
    SELECT n.commitment_id, n.account_id FROM (
      SELECT DISTINCT b.id AS commitment_id, w.account_id FROM wanted w
      JOIN served s ON s.person_id = w.person_id AND s.number <> w.number
      JOIN barriers b ON b.account_id = s.account_id
      WHERE s.ends_on = 'infinity' OR w.starts_on <= (s.ends_on + make_interval(months => b.months))::date
    ) n WHERE policy_promised_away(n.commitment_id, n.account_id)
  )
  SELECT w.number, w.person_id, 'at once', w.account_id, s.account_id, s.starts_on,
         NULLIF(s.ends_on, 'infinity'), NULLIF(s.ends_on, 'infinity'), NULL::uuid, 0,
         r.ground, r.one_said, r.other_said, r.declared, r.one_category, r.other_category
  FROM wanted w JOIN rivals r ON r.person_id = w.person_id AND r.one = w.account_id
  JOIN served s ON s.person_id = w.person_id AND s.account_id = r.other AND s.number <> w.number
  WHERE w.starts_on <= s.ends_on AND s.starts_on <= w.ends_on
  UNION ALL
  SELECT w.number, w.person_id, 'barrier', w.account_id, s.account_id, s.starts_on,
         NULLIF(s.ends_on, 'infinity'),
         CASE WHEN s.ends_on <> 'infinity'
           THEN (s.ends_on + make_interval(months => b.months))::date END,
         b.id, b.months, '', '', '', '', NULL::uuid, NULL::uuid
  FROM wanted w
  JOIN served s ON s.person_id = w.person_id AND s.number <> w.number
  JOIN barriers b ON b.account_id = s.account_id
  JOIN away a ON a.commitment_id = b.id AND a.account_id = w.account_id
  WHERE s.ends_on = 'infinity' OR w.starts_on <= (s.ends_on + make_interval(months => b.months))::date
$$;

-- What the officer permits of that: a seat of this person on this account that ends in time. What
-- a client was promised needs that client's consent as well.
CREATE OR REPLACE FUNCTION policy_refused_seats(
  people uuid[], accounts uuid[], firsts date[], lasts date[], without uuid[])
RETURNS TABLE (number bigint, person_id uuid, rule text, account_id uuid, other_id uuid,
               starts_on date, ends_on date, until date, commitment_id uuid, months integer,
               ground text, one_said text, other_said text, declared text,
               one_category uuid, other_category uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.* FROM policy_against_seats(people, accounts, firsts, lasts, without) a
  WHERE NOT EXISTS (
    SELECT FROM conflicts_seatpermit p JOIN policy_accountabove t ON t.above_id = p.account_id
    WHERE p.person_id = a.person_id AND t.account_id = accounts[a.number]
      AND p.withdrawn_at IS NULL AND lasts[a.number] <= p.ends_on
      AND (a.rule = 'at once' OR p.consent <> ''))
$$;

-- For whoever gives out seats: which of these are refused, and nothing of why. Only of accounts
-- they see, or are to take over.
CREATE OR REPLACE FUNCTION acting_refused_seats(
  people uuid[], accounts uuid[], firsts date[], lasts date[], without uuid[])
RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT r.number
  FROM policy_refused_seats(people, accounts, firsts, lasts, without) r
  WHERE acting_person() IS NULL OR (acting_is_staff() AND (
    acting_sees_account(accounts[r.number], 'rows')
    OR EXISTS (SELECT FROM clients_handover h
               WHERE h.account_id = accounts[r.number] AND h.id IN (SELECT acting_handovers()))))
$$;

-- Until when an officer permits a seat that is refused without a last day, or with a later one.
CREATE OR REPLACE FUNCTION acting_seat_permitted(person uuid, account uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT max(p.ends_on)
  FROM conflicts_seatpermit p JOIN policy_accountabove t ON t.above_id = p.account_id
  WHERE p.person_id = acting_seat_permitted.person
    AND t.account_id = acting_seat_permitted.account AND p.withdrawn_at IS NULL
    AND (acting_person() IS NULL OR acting_sees_account(acting_seat_permitted.account, 'rows'))
$$;

-- For officers: what stands against seats, with its grounds.
CREATE OR REPLACE FUNCTION acting_against_seats(
  people uuid[], accounts uuid[], firsts date[], lasts date[], without uuid[])
RETURNS TABLE (number bigint, person_id uuid, rule text, account_id uuid, other_id uuid,
               starts_on date, ends_on date, until date, commitment_id uuid, months integer,
               ground text, one_said text, other_said text, declared text,
               one_category uuid, other_category uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.* FROM policy_against_seats(people, accounts, firsts, lasts, without) a
  WHERE acting_checks_conflicts()
$$;

-- Of these people, whom nothing said openly would let serve an account: by a wall or as a rival's.
CREATE OR REPLACE FUNCTION acting_kept_from(people uuid[], account uuid, first date)
RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.person_id FROM (
    SELECT d.person_id FROM policy_denied d
    WHERE d.account_id = acting_kept_from.account AND d.person_id = ANY (people)
    UNION
    SELECT r.person_id FROM policy_refused_seats(
      people, array_fill(acting_kept_from.account, ARRAY[cardinality(people)]),
      array_fill(first, ARRAY[cardinality(people)]),
      array_fill(NULL::date, ARRAY[cardinality(people)]), '{}') r
  ) k
  WHERE acting_is_staff() AND acting_sees_account(acting_kept_from.account, 'rows')
$$;
