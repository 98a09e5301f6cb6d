-- Requests: who takes up what a client asks, and what of a request may ever change.

-- Who would take up what comes in on an account, the first choice first: those seated there who run
-- the work, the lead and the AE before others; then those seated above; then the line of its office,
-- then an administrator. All of them work for us today and see the account. A client's contact is
-- told of nobody but the people seated on their own account.
CREATE OR REPLACE FUNCTION acting_takers(account uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH known AS (
    SELECT CASE WHEN s.account_id = account THEN 0 ELSE 1 END AS turn, s.lead,
           array_position(ARRAY['account_executive', 'account_supervisor', 'account_manager',
             'key_account_manager', 'national_account_manager', 'global_account_manager',
             'account_director', 'group_account_director', 'agency_director'], s.role::text) AS place,
           s.person_id, daterange(s.starts_on, s.ends_on, '[]') AS days
    FROM clients_seat s JOIN policy_accountabove t ON t.above_id = s.account_id
    WHERE t.account_id = account
    UNION ALL
    SELECT CASE WHEN r.role = 'administrator' THEN 3 ELSE 2 END, false,
           array_position(ARRAY['account_director', 'group_account_director', 'agency_director',
             'administrator'], r.role::text), r.person_id, daterange(r.starts_on, r.ends_on, '[]')
    FROM people_role r
    JOIN policy_officeabove x ON x.above_id = r.office_id
    JOIN clients_account a ON a.lead_office_id = x.office_id
    WHERE a.id = account
  )
  SELECT k.person_id
  FROM known k
  JOIN clients_account a ON a.id = account
  JOIN people_office o ON o.id = a.lead_office_id
  WHERE k.place IS NOT NULL AND k.days @> (now() AT TIME ZONE o.timezone)::date
    AND (acting_person() IS NULL OR acting_is_staff() OR k.turn = 0)
    AND acting_may_ask(k.person_id, account)
    AND EXISTS (SELECT FROM people_employment e JOIN people_office w ON w.id = e.office_id
                WHERE e.person_id = k.person_id
                  AND daterange(e.starts_on, e.ends_on, '[]')
                      @> (now() AT TIME ZONE w.timezone)::date)
  GROUP BY k.person_id
  ORDER BY min(k.turn), bool_or(k.lead AND k.turn = 0) DESC, min(k.place), k.person_id
$$;

-- The words of a request never change; its state moves as kakehashi/requests/states.py says, and a
-- client's contact makes only the moves that are theirs.
CREATE OR REPLACE FUNCTION policy_guard_request() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  moves CONSTANT jsonb := '{
    "waiting": ["asked", "accepted", "done", "declined", "withdrawn"],
    "asked": ["asked", "waiting", "accepted", "done", "declined", "withdrawn"],
    "accepted": ["begun", "done", "declined"]}';
  theirs CONSTANT text[] := '{asked>waiting,waiting>withdrawn,asked>withdrawn}';
  changing CONSTANT text[] := '{state,kept_by_id,settled_at}';
BEGIN
  IF TG_OP = 'INSERT' THEN
    RETURN NEW;
  END IF;
  IF to_jsonb(OLD) - changing IS DISTINCT FROM to_jsonb(NEW) - changing THEN
    RAISE restrict_violation USING MESSAGE = 'the words of a request never change';
  END IF;
  IF OLD.state <> NEW.state AND NOT COALESCE((moves -> OLD.state::text) ? NEW.state::text, false) THEN
    RAISE restrict_violation USING MESSAGE = format('a request goes from %s to %s nowhere', OLD.state, NEW.state);
  END IF;
  IF acting_person() IS NOT NULL AND NOT acting_is_staff()
     AND (OLD.kept_by_id <> NEW.kept_by_id OR OLD.state || '>' || NEW.state <> ALL (theirs)) THEN
    RAISE restrict_violation USING MESSAGE = 'this is not the client''s to do';
  END IF;
  RETURN NEW;
END $$;
