-- The ball: who stands in for whom, who would see what they are asked, and what never changes.

-- Whoever is away today and has the acting person as deputy, also through deputies who are away.
CREATE OR REPLACE FUNCTION acting_stands_in_for() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE away AS (
    SELECT a.person_id, a.deputy_id FROM people_absence a
    WHERE a.deputy_id IS NOT NULL AND EXISTS (
      SELECT FROM people_employment e JOIN people_office o ON o.id = e.office_id
      WHERE e.person_id = a.person_id
        AND daterange(e.starts_on, e.ends_on, '[]') @> (now() AT TIME ZONE o.timezone)::date
        AND daterange(a.starts_on, a.ends_on, '[]') @> (now() AT TIME ZONE o.timezone)::date)
  ), stands AS (
    SELECT person_id FROM away WHERE deputy_id = acting_person()
    UNION
    SELECT away.person_id FROM stands JOIN away ON away.deputy_id = stands.person_id
  )
  SELECT person_id FROM stands WHERE person_id <> acting_person() AND acting_is_staff()
$$;

-- People below the acting person in solid line today, at any depth.
CREATE OR REPLACE FUNCTION acting_leads() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT person_id FROM policy_superior
  WHERE superior_id = acting_person() AND during @> now()::date AND acting_is_staff()
$$;

-- Whether somebody would see a ball on an account that the caller sees: staff who see the account
-- or work on a job of it, and the client's contacts there, who may be asked by mail or phone.
CREATE OR REPLACE FUNCTION acting_may_ask(person uuid, account uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (acting_person() IS NULL OR acting_sees_account(account, 'rows')
          OR acting_sees_account(account, 'name'))
    AND NOT EXISTS (SELECT FROM policy_denied d
                    WHERE d.person_id = person AND d.account_id = account AND d.since <= now())
    AND (EXISTS (SELECT FROM policy_overview v
                 WHERE v.person_id = person AND v.level = 'rows' AND v.during @> now())
         OR EXISTS (SELECT FROM policy_sight s
                    WHERE s.person_id = person AND s.account_id = account
                      AND s.level IN ('rows', 'name') AND s.during @> now())
         OR EXISTS (SELECT FROM clients_contact c
                    JOIN people_person p ON p.id = c.person_id AND p.side <> 'ours'
                    WHERE c.person_id = person AND c.account_id = account
                      AND c.left_on IS NULL))
$$;

-- Balls by which the acting person is to confirm that they receive a seat.
CREATE OR REPLACE FUNCTION acting_handover_balls() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT h.id FROM handoffs_handoff h
  WHERE h.subject_kind = 'handover' AND h.subject_id IN (SELECT acting_handovers())
    AND h.asked_of_id = acting_person()
$$;

-- Open balls whose holder cannot answer them: they do not see the account any more, have left, or
-- keep the desk no longer. For the task that passes them on, which acts as nobody.
CREATE OR REPLACE FUNCTION policy_stranded() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT h.id FROM handoffs_handoff h
  WHERE h.answered_at IS NULL AND (
    (h.account_id IS NOT NULL AND NOT acting_may_ask(h.asked_of_id, h.account_id)
     AND h.subject_kind <> 'handover')
    OR (h.side = 'ours' AND NOT EXISTS (
      SELECT FROM people_employment e JOIN people_office o ON o.id = e.office_id
      WHERE e.person_id = h.asked_of_id
        AND daterange(e.starts_on, e.ends_on, '[]') @> (now() AT TIME ZONE o.timezone)::date))
    OR (h.desk_id IS NOT NULL AND EXISTS (
      SELECT FROM handoffs_keeper k
      JOIN handoffs_desk d ON d.id = k.desk_id
      JOIN people_office o ON o.id = d.office_id
      WHERE k.desk_id = h.desk_id AND k.person_id <> h.asked_of_id
        AND daterange(k.starts_on, k.ends_on, '[]') @> (now() AT TIME ZONE o.timezone)::date)))
$$;

-- A ball is answered once, and nothing else of it ever changes. What follows one that was passed on
-- or asked back is about the same thing and waits for those who waited or asked back.
CREATE OR REPLACE FUNCTION policy_guard_handoff() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  answer text[] := '{answered_at,answered_by_id,recorded_by_id,channel,evidence,outcome,answer}';
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.moved_from_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM handoffs_handoff o
      WHERE o.id = NEW.moved_from_id AND o.answered_at IS NOT NULL
        AND (o.subject_kind, o.subject_id, o.private) = (NEW.subject_kind, NEW.subject_id, NEW.private)
        AND o.account_id IS NOT DISTINCT FROM NEW.account_id
        AND ((o.outcome = 'moved' AND NEW.asked_by_id = o.asked_by_id)
             OR (o.outcome = 'returned' AND NEW.asked_by_id = o.answered_by_id))) THEN
      RAISE restrict_violation USING MESSAGE = 'a ball follows one that was passed on';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.answered_at IS NOT NULL THEN
    RAISE restrict_violation USING MESSAGE = 'a ball is answered once';
  END IF;
  IF to_jsonb(OLD) - answer IS DISTINCT FROM to_jsonb(NEW) - answer THEN
    RAISE restrict_violation USING MESSAGE = 'only the answer of a ball is written later';
  END IF;
  RETURN NEW;
END $$;
