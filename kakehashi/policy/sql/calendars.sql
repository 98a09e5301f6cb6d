-- What the calendars of some people are made of.

-- For each of the people whom the caller knows: the zone, country and week of where they work, the
-- closures there, weeks of their own and days of absence. Ours work in the post they began first,
-- a client's person where their company is, as far as the caller sees that they are its contact.
-- A client's contact may ask about who serves them, but is not told who is absent when.
DROP FUNCTION IF EXISTS acting_calendars(uuid[]);
CREATE OR REPLACE FUNCTION acting_calendars(people uuid[])
RETURNS TABLE (person_id uuid, side text, office_id uuid, zone text, country text, region text, week text[],
               closures jsonb, patterns jsonb, absences jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH known AS (
    SELECT p.id, p.side FROM people_person p
    WHERE p.id = ANY (people)
      AND (acting_person() IS NULL OR p.id = acting_person()
           OR (p.side = 'ours' AND (SELECT acting_is_staff())) OR acting_knows(p.id))
  ), placed AS (
    SELECT k.id, k.side, post.office_id, '' AS country
    FROM known k LEFT JOIN LATERAL (
      SELECT e.office_id FROM people_employment e JOIN people_office o ON o.id = e.office_id,
        LATERAL (SELECT (now() AT TIME ZONE o.timezone)::date AS today) d
      WHERE e.person_id = k.id
      ORDER BY daterange(e.starts_on, e.ends_on, '[]') @> d.today DESC,
               e.starts_on > d.today DESC,
               CASE WHEN e.ends_on < d.today THEN e.ends_on END DESC,
               e.starts_on, e.id
      LIMIT 1) post ON true
    WHERE k.side = 'ours'
    UNION ALL
    SELECT k.id, k.side, dealt.lead_office_id, COALESCE(dealt.country, '')
    FROM known k LEFT JOIN LATERAL (
      SELECT a.lead_office_id, f.country
      FROM clients_contact c
      JOIN clients_account a ON a.id = c.account_id
      JOIN clients_company f ON f.id = a.company_id
      WHERE c.person_id = k.id
        AND (acting_person() IS NULL OR acting_sees_account(c.account_id, 'rows')
             OR (c.shared_at IS NOT NULL AND acting_sees_account(c.account_id, 'shared')))
      ORDER BY c.left_on IS NULL DESC, f.country <> '' DESC, c.id
      LIMIT 1) dealt ON true
    WHERE k.side <> 'ours'
  ), offices AS (
    SELECT x.office_id,
           (array_agg(o.timezone ORDER BY x.depth))[1] AS zone,
           (array_agg(o.country ORDER BY x.depth) FILTER (WHERE o.country <> ''))[1] AS country,
           (array_agg(h.region ORDER BY x.depth) FILTER (WHERE h.region <> ''))[1] AS region,
           (array_agg(to_jsonb(h.week) ORDER BY x.depth)
             FILTER (WHERE h.week IS NOT NULL))[1] AS week,
           array_agg(x.above_id) AS above
    FROM policy_officeabove x
    JOIN people_office o ON o.id = x.above_id
    LEFT JOIN people_officehours h ON h.office_id = x.above_id
    WHERE x.office_id IN (SELECT office_id FROM placed)
    GROUP BY x.office_id
  )
  SELECT p.id, p.side, p.office_id, o.zone, COALESCE(NULLIF(p.country, ''), o.country, ''),
         COALESCE(o.region, ''),
         ARRAY(SELECT jsonb_array_elements_text(o.week)),
         (SELECT COALESCE(jsonb_agg(jsonb_build_array(d.starts_on, d.ends_on, d.yearly)
                                    ORDER BY d.starts_on, d.id), '[]')
          FROM people_dayoff d WHERE d.office_id = ANY (o.above) AND p.side = 'ours'),
         (SELECT COALESCE(jsonb_agg(jsonb_build_array(w.starts_on, w.ends_on, w.week)
                                    ORDER BY w.starts_on), '[]')
          FROM people_workingpattern w WHERE w.person_id = p.id),
         (SELECT COALESCE(jsonb_agg(jsonb_build_array(a.starts_on, a.ends_on)
                                    ORDER BY a.starts_on), '[]')
          FROM people_absence a
          WHERE a.person_id = p.id
            AND (acting_person() IS NULL OR (SELECT acting_is_staff())))
  FROM placed p LEFT JOIN offices o ON o.office_id = p.office_id
$$;
