-- Nobody serves two accounts that compete, nor within the barrier of a client who was promised so.
-- What decides reads every account, whoever asks; what is told is another matter (acting_, below).

-- Whom somebody serves, read from the index alone: the one that keeps seats from overlapping begins
-- with the account, and PostgreSQL takes it for people all the same, page by page.
CREATE INDEX IF NOT EXISTS conflicts_seats_of_people ON clients_seat (person_id)
  INCLUDE (id, account_id, role, starts_on, ends_on);

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
    AND p.one_id <> p.other_id
    AND ((p.one_id = ANY (a.lineage) AND p.other_id = ANY (b.lineage))
         OR (p.one_id = ANY (b.lineage) AND p.other_id = ANY (a.lineage)))
  ORDER BY COALESCE(array_position(a.lineage, p.one_id), array_position(a.lineage, p.other_id))
         + COALESCE(array_position(b.lineage, p.other_id), array_position(b.lineage, p.one_id)) DESC
  LIMIT 1
$$;

-- What accounts advertise, by their own word and through the brands they handle.
CREATE OR REPLACE FUNCTION policy_labels(accounts uuid[]) RETURNS TABLE (account_id uuid, label text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, l.label FROM clients_account a CROSS JOIN LATERAL unnest(a.categories::text[]) AS l(label)
  WHERE a.id = ANY (accounts)
  UNION
  SELECT h.account_id, l.label FROM clients_accountbrand h JOIN clients_brand r ON r.id = h.brand_id
  CROSS JOIN LATERAL unnest(r.categories::text[]) AS l(label)
  WHERE h.account_id = ANY (accounts) AND (h.ends_on IS NULL OR h.ends_on >= (SELECT acting_today()))
$$;

-- Where accounts advertise; none: everywhere, as whoever handles a brand without countries.
CREATE OR REPLACE FUNCTION policy_countries(accounts uuid[])
RETURNS TABLE (account_id uuid, countries text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, CASE WHEN b.somewhere THEN b.countries ELSE '{}' END
  FROM unnest(accounts) AS a(id) CROSS JOIN LATERAL (
    SELECT bool_and(r.countries <> '{}') AS somewhere, array_agg(DISTINCT w.country) AS countries
    FROM clients_accountbrand h JOIN clients_brand r ON r.id = h.brand_id
    LEFT JOIN LATERAL unnest(r.countries::text[]) AS w(country) ON true
    WHERE h.account_id = a.id AND (h.ends_on IS NULL OR h.ends_on >= (SELECT acting_today()))) b
$$;

-- In which markets accounts stand: their most special categories, those linked as the same, words
-- that mean none, and either side of a pair of categories declared to compete.
CREATE OR REPLACE FUNCTION policy_markets(accounts uuid[])
RETURNS TABLE (account_id uuid, market text, counter text, category_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH placed AS MATERIALIZED (
    SELECT l.account_id, l.label, m.category_id, c.lineage
    FROM policy_labels(accounts) l LEFT JOIN policy_meanings() m ON m.word = l.label
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

DROP FUNCTION IF EXISTS policy_parties(uuid[]);
DROP FUNCTION IF EXISTS policy_kept_out(uuid, uuid[]);
DROP FUNCTION IF EXISTS policy_promised_away(uuid, uuid);
DROP FUNCTION IF EXISTS policy_rivals(uuid[], uuid[]);

-- What somebody declared of pairs of accounts, told from the first: that they compete or do not. A
-- company is meant by its id or name and through every parent; `by_family` only through a sister.
CREATE OR REPLACE FUNCTION policy_declared(ones uuid[], others uuid[])
RETURNS TABLE (one uuid, other uuid, kind text, competing boolean, by_family boolean,
               one_said text, other_said text, why text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE pairs AS MATERIALIZED (
    SELECT DISTINCT p.one, p.other FROM unnest(ones, others) AS p(one, other)
  ), both_sides AS MATERIALIZED (
    SELECT a.id, a.company_id FROM clients_account a
    WHERE a.id IN (SELECT p.one FROM pairs p UNION SELECT p.other FROM pairs p)
  ), up AS (
    SELECT c.id, c.parent_id FROM clients_company c WHERE c.id IN (
      SELECT s.company_id FROM both_sides s JOIN pairs p ON p.one = s.id)
    UNION
    SELECT c.id, c.parent_id FROM up u JOIN clients_company c ON c.id = u.parent_id
  ), family AS (
    SELECT u.id FROM up u WHERE u.parent_id IS NULL
    UNION
    SELECT c.id FROM family f JOIN clients_company c ON c.parent_id = f.id
  ), names AS MATERIALIZED (
    SELECT c.folded FROM family f JOIN clients_company c ON c.id = f.id
  ), brands AS MATERIALIZED (
    SELECT h.account_id, r.id, r.folded
    FROM clients_accountbrand h JOIN clients_brand r ON r.id = h.brand_id
    WHERE h.account_id IN (SELECT s.id FROM both_sides s)
      AND (h.ends_on IS NULL OR h.ends_on >= (SELECT acting_today()))
  ), near AS MATERIALIZED (
    SELECT r.* FROM conflicts_rivalry r
    WHERE r.one_company_id IN (SELECT f.id FROM family f)
       OR r.other_company_id IN (SELECT f.id FROM family f)
       OR r.one_folded IN (SELECT n.folded FROM names n)
       OR r.other_folded IN (SELECT n.folded FROM names n)
       OR (r.kind = 'brand' AND (
         r.one_brand_id IN (SELECT b.id FROM brands b)
         OR r.other_brand_id IN (SELECT b.id FROM brands b)
         OR r.one_folded IN (SELECT b.folded FROM brands b)
         OR r.other_folded IN (SELECT b.folded FROM brands b)))
  ), sides AS MATERIALIZED (
    SELECT n.id, 1 AS side, n.kind, n.one_company_id AS company, n.one_brand_id AS brand,
           n.one_folded::text AS folded, n.one_name::text AS said FROM near n
    UNION ALL
    SELECT n.id, 2, n.kind, n.other_company_id, n.other_brand_id, n.other_folded, n.other_name
    FROM near n
  ), roots AS MATERIALIZED (
    SELECT s.id, s.side, s.company AS at, true AS certain FROM sides s
    WHERE s.kind <> 'brand' AND s.company IS NOT NULL
    UNION
    SELECT s.id, s.side, c.id, s.company IS NULL FROM sides s
    JOIN clients_company c ON c.folded = s.folded
    WHERE s.kind <> 'brand' AND s.folded <> '' AND c.id IS DISTINCT FROM s.company
  ), direct AS (
    SELECT r.id, r.side, r.at FROM roots r
    UNION
    SELECT d.id, d.side, c.id FROM direct d JOIN clients_company c ON c.parent_id = d.at
  ), wide AS (
    SELECT r.id, r.side, policy_company_top(r.at) AS at FROM roots r WHERE r.certain
    UNION
    SELECT w.id, w.side, c.id FROM wide w JOIN clients_company c ON c.parent_id = w.at
  ), meant AS MATERIALIZED (
    SELECT m.id, m.side, m.account_id, bool_or(m.direct) AS direct FROM (
      SELECT d.id, d.side, s.id AS account_id, true AS direct
      FROM direct d JOIN both_sides s ON s.company_id = d.at
      UNION ALL
      SELECT w.id, w.side, s.id, false FROM wide w JOIN both_sides s ON s.company_id = w.at
      UNION ALL
      SELECT x.id, x.side, b.account_id, true FROM sides x
      JOIN brands b ON b.id = x.brand OR b.folded = x.folded WHERE x.kind = 'brand'
    ) m GROUP BY m.id, m.side, m.account_id
  )
  SELECT p.one, p.other, n.kind::text, n.competing,
         NOT (a.direct AND b.direct) AND n.kind <> 'group',
         CASE a.side WHEN 1 THEN n.one_name ELSE n.other_name END::text,
         CASE a.side WHEN 1 THEN n.other_name ELSE n.one_name END::text, n.ground::text
  FROM pairs p JOIN meant a ON a.account_id = p.one
  JOIN meant b ON b.account_id = p.other AND b.id = a.id AND b.side <> a.side
  JOIN near n ON n.id = a.id
$$;

-- Of pairs of accounts those that compete: declared, or in the same market and a country of both.
-- One family never competes with itself, nor who was declared not to compete, nor two that only
-- share a category which is marked as too broad to compare (it is paired with itself).
CREATE OR REPLACE FUNCTION policy_rivals(ones uuid[], others uuid[])
RETURNS TABLE (one uuid, other uuid, ground text, one_said text, other_said text, declared text,
               one_category uuid, other_category uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH pairs AS MATERIALIZED (
    SELECT DISTINCT p.one, p.other FROM unnest(ones, others) AS p(one, other)
    WHERE p.one <> p.other
  ), told AS MATERIALIZED (
    SELECT * FROM policy_declared(ones, others) t WHERE NOT t.by_family
  ), markets AS MATERIALIZED (
    SELECT m.* FROM policy_markets(ARRAY(
      SELECT p.one FROM pairs p UNION SELECT p.other FROM pairs p)) m
  ), found AS MATERIALIZED (
    SELECT DISTINCT ON (f.one, f.other) f.* FROM (
      SELECT t.one, t.other, 'declared' AS ground, t.one_said, t.other_said, t.why AS declared,
             NULL::uuid AS one_category, NULL::uuid AS other_category
      FROM told t WHERE t.competing AND (t.kind = 'brand' OR NOT EXISTS (
        SELECT FROM told x WHERE x.one = t.one AND x.other = t.other AND NOT x.competing))
      UNION ALL
      SELECT p.one, p.other,
             CASE WHEN a.category_id IS NULL THEN 'word' WHEN a.market LIKE 'pair %' THEN 'pair'
                  ELSE 'same' END,
             substr(a.market, 6), substr(b.market, 6), '', a.category_id, b.category_id
      FROM markets a JOIN pairs p ON p.one = a.account_id
      JOIN markets b ON b.account_id = p.other AND b.market = a.counter
      WHERE NOT EXISTS (
          SELECT FROM told x WHERE x.one = p.one AND x.other = p.other AND NOT x.competing)
        AND (a.market LIKE 'pair %' OR NOT EXISTS (
          SELECT FROM conflicts_categorypair d
          WHERE d.one_id = d.other_id AND d.one_id IN (a.category_id, b.category_id)))
        AND (a.category_id IS NULL OR COALESCE(policy_declared_of(a.category_id, b.category_id),
                                               a.market NOT LIKE 'pair %'))
    ) f ORDER BY f.one, f.other, f.ground, f.one_said, f.one_category
  ), places AS MATERIALIZED (
    SELECT k.* FROM policy_countries(ARRAY(
      SELECT f.one FROM found f WHERE f.ground <> 'declared'
      UNION SELECT f.other FROM found f WHERE f.ground <> 'declared')) k
  ), families AS MATERIALIZED (
    SELECT a.id AS account_id, t.top_id FROM policy_company_tops(ARRAY(
      SELECT c.company_id FROM clients_account c
      WHERE c.id IN (SELECT f.one FROM found f UNION SELECT f.other FROM found f))) t
    JOIN clients_account a ON a.company_id = t.company_id
    WHERE a.id IN (SELECT f.one FROM found f UNION SELECT f.other FROM found f)
  )
  SELECT f.* FROM found f
  JOIN families a ON a.account_id = f.one JOIN families b ON b.account_id = f.other
  LEFT JOIN places p ON p.account_id = f.one LEFT JOIN places q ON q.account_id = f.other
  WHERE (f.ground = 'declared' OR p.countries = '{}' OR q.countries = '{}'
         OR p.countries && q.countries)
    AND a.top_id <> b.top_id
$$;

-- Every category under which companies advertise through our accounts or their own brands.
CREATE OR REPLACE FUNCTION policy_categories_of(companies uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT COALESCE(array_agg(DISTINCT m.category_id), '{}') FROM (
    SELECT h.label FROM policy_labels(ARRAY(
      SELECT a.id FROM clients_account a
      WHERE a.company_id = ANY (companies) AND a.status <> 'lost')) h
    UNION
    SELECT unnest(b.categories::text[]) FROM clients_brand b WHERE b.company_id = ANY (companies)
  ) l JOIN policy_meanings() m ON m.word = l.label
$$;

-- Of commitments and accounts, pair by pair, which account is a rival by that other client's
-- commitment, whichever of our units leads it.
CREATE OR REPLACE FUNCTION policy_promised_away(commitments uuid[], accounts uuid[])
RETURNS TABLE (commitment_id uuid, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE own AS MATERIALIZED (
    SELECT a.id, a.company_id, policy_company_top(a.company_id) AS family, k.countries
    FROM policy_countries(ARRAY(SELECT DISTINCT unnest(accounts))) k
    JOIN clients_account a ON a.id = k.account_id
  ), families AS MATERIALIZED (
    SELECT t.* FROM policy_company_tops(ARRAY(
      SELECT h.company_id FROM conflicts_commitment c JOIN clients_account h ON h.id = c.account_id
      WHERE c.id = ANY (commitments))) t
  ), asked AS MATERIALIZED (
    SELECT DISTINCT c.id AS commitment_id, c.account_id AS holder, c.level::text AS level,
           o.id AS account_id, o.company_id, o.family
    FROM unnest(commitments, accounts) AS x(commitment_id, account_id)
    JOIN conflicts_commitment c ON c.id = x.commitment_id
    JOIN clients_account h ON h.id = c.account_id
    JOIN families f ON f.company_id = h.company_id
    JOIN own o ON o.id = x.account_id
    WHERE o.family <> f.top_id
      AND (o.countries = '{}' OR c.countries = '{}' OR o.countries && c.countries::text[])
  ), above AS (
    SELECT o.id AS account_id, c.id, c.parent_id, c.folded FROM own o
    JOIN clients_company c ON c.id = o.company_id
    UNION
    SELECT u.account_id, c.id, c.parent_id, c.folded
    FROM above u JOIN clients_company c ON c.id = u.parent_id
  ), brands AS MATERIALIZED (
    SELECT h.account_id, r.id, r.folded
    FROM clients_accountbrand h JOIN clients_brand r ON r.id = h.brand_id
    WHERE h.account_id IN (SELECT o.id FROM own o)
      AND (h.ends_on IS NULL OR h.ends_on >= (SELECT acting_today()))
  ), named AS (
    SELECT q.commitment_id, q.account_id FROM asked q
    JOIN conflicts_namedcompetitor n ON n.commitment_id = q.commitment_id
    WHERE EXISTS (SELECT FROM brands b WHERE b.account_id = q.account_id
                  AND (b.id = n.brand_id OR b.folded = n.folded))
       OR (n.brand_id IS NULL AND (
         EXISTS (SELECT FROM above u WHERE u.account_id = q.account_id
                 AND (u.id = n.company_id OR u.folded = n.folded))
         OR (q.level = 'group' AND policy_company_top(n.company_id) = q.family)))
  ), told AS MATERIALIZED (
    SELECT q.commitment_id, q.account_id, q.level, d.kind, d.competing, d.by_family
    FROM asked q JOIN policy_declared(
      ARRAY(SELECT z.account_id FROM asked z ORDER BY z.account_id, z.holder),
      ARRAY(SELECT z.holder FROM asked z ORDER BY z.account_id, z.holder)) d
      ON d.one = q.account_id AND d.other = q.holder
    WHERE q.level <> 'category'
  ), declared AS (
    SELECT t.commitment_id, t.account_id FROM told t
    WHERE t.competing
      AND CASE t.level WHEN 'brand' THEN t.kind = 'brand' WHEN 'company' THEN NOT t.by_family
                       ELSE true END
      AND (t.kind = 'brand' OR NOT EXISTS (
        SELECT FROM told x WHERE (x.commitment_id, x.account_id) = (t.commitment_id, t.account_id)
          AND NOT x.competing AND NOT x.by_family))
  ), members AS (
    SELECT DISTINCT q.family, q.family AS id FROM asked q WHERE q.level = 'group'
    UNION
    SELECT m.family, c.id FROM members m JOIN clients_company c ON c.parent_id = m.id
  ), advertised AS MATERIALIZED (
    SELECT l.account_id, 'category' AS level, m.category_id
    FROM policy_labels(ARRAY(SELECT o.id FROM own o)) l
    JOIN policy_meanings() m ON m.word = l.label
    UNION
    SELECT q.account_id, q.level, unnest(policy_categories_of(ARRAY[q.company_id]))
    FROM (SELECT DISTINCT z.account_id, z.level, z.company_id FROM asked z
          WHERE z.level = 'company') q
    UNION
    SELECT q.account_id, q.level, unnest(policy_categories_of(ARRAY(
      SELECT m.id FROM members m WHERE m.family = q.family)))
    FROM (SELECT DISTINCT z.account_id, z.level, z.family FROM asked z WHERE z.level = 'group') q
  ), meetings AS MATERIALIZED (
    SELECT DISTINCT q.commitment_id, q.account_id, v.category_id AS own, k.category_id AS kept
    FROM asked q JOIN advertised v ON v.account_id = q.account_id AND v.level IN ('category', q.level)
    JOIN conflicts_commitmentcategory k ON k.commitment_id = q.commitment_id
    WHERE q.level <> 'brand'
  ), tops AS MATERIALIZED (
    SELECT c.id, c.lineage, c.lineage[1] AS top FROM conflicts_category c
    WHERE c.id IN (SELECT m.own FROM meetings m UNION SELECT m.kept FROM meetings m)
  ), placed AS MATERIALIZED (
    SELECT t.id, t.top FROM tops t
    UNION
    SELECT t.id, x.lineage[1] FROM tops t
    JOIN conflicts_categorylink l ON l.category_id = ANY (t.lineage)
    JOIN conflicts_category x ON x.id = l.other_id
    UNION
    SELECT t.id, x.lineage[1] FROM tops t
    JOIN conflicts_categorylink l ON l.other_id = ANY (t.lineage) AND l.kind = 'same'
    JOIN conflicts_category x ON x.id = l.category_id
  ), close AS MATERIALIZED (
    SELECT m.own, m.kept FROM (SELECT DISTINCT n.own, n.kept FROM meetings n) m
    WHERE COALESCE(policy_declared_of(m.own, m.kept), EXISTS (
      SELECT FROM placed a JOIN placed b ON b.top = a.top WHERE a.id = m.own AND b.id = m.kept))
  )
  SELECT n.commitment_id, n.account_id FROM named n
  UNION
  SELECT d.commitment_id, d.account_id FROM declared d
  UNION
  SELECT m.commitment_id, m.account_id FROM meetings m JOIN close c USING (own, kept)
$$;

-- What stands against seats: each of these people on each of these accounts, from a day to a day.
-- `without` are seats that are written anew. Seats in the list count among each other. Planned for
-- what is asked: of one seat and of sixty at once it is another way, ten times as long if mistaken.
CREATE OR REPLACE FUNCTION policy_against_seats(
  people uuid[], accounts uuid[], firsts date[], lasts date[], without uuid[])
RETURNS TABLE (number bigint, person_id uuid, rule text, account_id uuid, other_id uuid,
               starts_on date, ends_on date, until date, commitment_id uuid, months integer,
               ground text, one_said text, other_said text, declared text,
               one_category uuid, other_category uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
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
    SELECT DISTINCT w.account_id AS one, s.account_id AS other
    FROM wanted w JOIN served s ON s.person_id = w.person_id AND s.number <> w.number
    WHERE w.starts_on <= s.ends_on AND s.starts_on <= w.ends_on
  ), rivals AS MATERIALIZED (
    SELECT r.* FROM (SELECT array_agg(one) AS ones, array_agg(other) AS others FROM pairs) p,
      policy_rivals(p.ones, p.others) r
  ), barred AS MATERIALIZED (
    SELECT w.number, w.person_id, w.account_id, s.account_id AS other_id, s.starts_on, s.ends_on,
           CASE WHEN s.ends_on <> 'infinity' THEN
             (s.ends_on + make_interval(months => c.personnel_barrier_months))::date END AS until,
           c.id AS commitment_id, c.personnel_barrier_months AS months
    FROM wanted w JOIN served s ON s.person_id = w.person_id AND s.number <> w.number
    JOIN conflicts_commitment c ON c.account_id = s.account_id
    WHERE c.withdrawn_at IS NULL AND c.personnel_barrier_months > 0
      AND (s.ends_on = 'infinity'
           OR w.starts_on <= (s.ends_on + make_interval(months => c.personnel_barrier_months))::date)
  ), away AS MATERIALIZED (
    SELECT a.* FROM (
      SELECT array_agg(n.commitment_id) AS commitments, array_agg(n.account_id) AS accounts
      FROM (SELECT DISTINCT b.commitment_id, b.account_id FROM barred b) n) p,
      policy_promised_away(p.commitments, p.accounts) a
  )
  SELECT w.number, w.person_id, 'at once', w.account_id, s.account_id, s.starts_on,
         NULLIF(s.ends_on, 'infinity'), NULLIF(s.ends_on, 'infinity'), NULL::uuid, 0,
         r.ground, r.one_said, r.other_said, r.declared, r.one_category, r.other_category
  FROM wanted w JOIN rivals r ON r.one = w.account_id
  JOIN served s ON s.person_id = w.person_id AND s.account_id = r.other AND s.number <> w.number
  WHERE w.starts_on <= s.ends_on AND s.starts_on <= w.ends_on
  UNION ALL
  SELECT b.number, b.person_id, 'barrier', b.account_id, b.other_id, b.starts_on,
         NULLIF(b.ends_on, 'infinity'), b.until, b.commitment_id, b.months, '', '', '', '',
         NULL::uuid, NULL::uuid
  FROM barred b JOIN away a ON a.commitment_id = b.commitment_id AND a.account_id = b.account_id
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
  WHERE (SELECT acting_checks_conflicts())
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

-- For officers: of these people, whom a wall keeps from an account.
CREATE OR REPLACE FUNCTION acting_walled_off(people uuid[], account uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.person_id FROM policy_denied d
  WHERE d.account_id = acting_walled_off.account AND d.person_id = ANY (people)
    AND acting_checks_conflicts()
$$;
