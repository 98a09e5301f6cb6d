-- Each source of the wall, kept in the transaction that changes it. `made` and `gone` are the
-- statement's transition tables (triggers are stated by visibility.py).

CREATE OR REPLACE FUNCTION policy_on_people_office() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  touched uuid[];
BEGIN
  PERFORM policy_lock();
  PERFORM policy_refresh_offices();
  IF TG_OP = 'UPDATE' THEN
    SELECT COALESCE(array_agg(m.id), '{}') INTO touched FROM made m JOIN gone g USING (id)
    WHERE (m.parent_id, m.timezone) IS DISTINCT FROM (g.parent_id, g.timezone);
    IF touched <> '{}' THEN
      PERFORM policy_refresh(NULL, ARRAY(
        SELECT a.id FROM clients_account a
        JOIN policy_officeabove x ON x.office_id = a.lead_office_id
        WHERE x.above_id = ANY (touched)));
      PERFORM policy_refresh(ARRAY(SELECT DISTINCT person_id FROM people_role), NULL);
    END IF;
  ELSIF EXISTS (SELECT FROM people_role) THEN
    PERFORM policy_refresh(ARRAY(
      SELECT DISTINCT person_id FROM people_role WHERE role = ANY ($LINE || $FUNCTIONS)), NULL);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION policy_on_people_role() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  people uuid[] := '{}';
BEGIN
  IF TG_OP <> 'DELETE' THEN
    people := people || ARRAY(SELECT person_id FROM made WHERE role = ANY ($LINE || $FUNCTIONS));
  END IF;
  IF TG_OP <> 'INSERT' THEN
    people := people || ARRAY(SELECT person_id FROM gone WHERE role = ANY ($LINE || $FUNCTIONS));
  END IF;
  IF people <> '{}' THEN
    PERFORM policy_refresh(people, NULL);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION policy_on_people_employment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  people uuid[] := '{}';
BEGIN
  IF TG_OP <> 'DELETE' THEN
    people := people || ARRAY(SELECT person_id FROM made);
  END IF;
  IF TG_OP <> 'INSERT' THEN
    people := people || ARRAY(SELECT person_id FROM gone);
  END IF;
  PERFORM policy_refresh(people, NULL);
  PERFORM policy_refresh(policy_above(people), policy_seated_below(people));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION policy_on_people_reportingline() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  touched record;
BEGIN
  PERFORM policy_lock();
  SELECT * INTO touched FROM policy_refresh_superiors();
  IF touched.superiors <> '{}' THEN
    PERFORM policy_refresh(touched.superiors, policy_seated_below(touched.people));
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION policy_on_clients_account() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  touched uuid[];
BEGIN
  PERFORM policy_lock();
  IF TG_OP = 'DELETE' THEN
    touched := ARRAY(SELECT id FROM gone);
    DELETE FROM policy_accountabove WHERE account_id = ANY (touched) OR above_id = ANY (touched);
    DELETE FROM policy_sight WHERE account_id = ANY (touched);
    DELETE FROM policy_denied WHERE account_id = ANY (touched);
    RETURN NULL;
  ELSIF TG_OP = 'INSERT' THEN
    touched := ARRAY(SELECT id FROM made);
  ELSE
    touched := policy_below(ARRAY(
      SELECT m.id FROM made m JOIN gone g USING (id)
      WHERE (m.parent_id, m.lead_office_id) IS DISTINCT FROM (g.parent_id, g.lead_office_id)));
  END IF;
  IF touched <> '{}' THEN
    PERFORM policy_refresh_accounts(touched);
    PERFORM policy_refresh(NULL, touched);
  END IF;
  RETURN NULL;
END $$;

-- Seats, contacts, assignments and denials: rows with a person and an account.
CREATE OR REPLACE FUNCTION policy_on_pair() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  people uuid[] := '{}';
  accounts uuid[] := '{}';
BEGIN
  PERFORM policy_lock();
  IF TG_OP <> 'DELETE' THEN
    people := people || ARRAY(SELECT DISTINCT person_id FROM made);
    accounts := accounts || ARRAY(SELECT DISTINCT account_id FROM made);
  END IF;
  IF TG_OP <> 'INSERT' THEN
    people := people || ARRAY(SELECT DISTINCT person_id FROM gone);
    accounts := accounts || ARRAY(SELECT DISTINCT account_id FROM gone);
  END IF;
  IF TG_ARGV[0] = 'with superiors' THEN
    people := people || policy_above(people);
  END IF;
  IF people <> '{}' THEN
    PERFORM policy_refresh(people, policy_below(accounts));
  END IF;
  RETURN NULL;
END $$;

-- History: every change of a recorded table, also those made outside the program. Its arguments: the
-- columns of the key, of the account and of the record a row is part of, and what is never kept.
CREATE OR REPLACE FUNCTION policy_track() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  key text := TG_ARGV[0];
  account text := TG_ARGV[1];
  part text := TG_ARGV[2];
  unkept text[] := string_to_array('version' || COALESCE(',' || NULLIF(TG_ARGV[3], ''), ''), ',');
  who uuid := acting_person();
  acting text := COALESCE(NULLIF(current_setting('agency.acting', true), ''), session_user::text);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO policy_change (at, by_id, acting, source, row, account_id, record, op, after)
    SELECT now(), who, acting, TG_TABLE_NAME, m.j ->> key, (m.j ->> account)::uuid, m.j ->> part,
           'I', CASE WHEN TG_ARGV[3] = '' THEN m.j ELSE m.j - unkept END
    FROM (SELECT to_jsonb(made) AS j FROM made) m;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO policy_change (at, by_id, acting, source, row, account_id, record, op, before)
    SELECT now(), who, acting, TG_TABLE_NAME, g.j ->> key, (g.j ->> account)::uuid, g.j ->> part,
           'D', CASE WHEN TG_ARGV[3] = '' THEN g.j ELSE g.j - unkept END
    FROM (SELECT to_jsonb(gone) AS j FROM gone) g;
  ELSE
    INSERT INTO policy_change (at, by_id, acting, source, row, account_id, record, op, before, after)
    SELECT now(), who, acting, TG_TABLE_NAME, m.j ->> key, (m.j ->> account)::uuid, m.j ->> part,
           'U', d.before, d.after
    FROM (SELECT to_jsonb(made) AS j FROM made) m
    JOIN (SELECT to_jsonb(gone) AS j FROM gone) g ON g.j ->> key = m.j ->> key
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, g.j -> e.key) AS before,
             jsonb_object_agg(e.key, e.value) AS after
      FROM jsonb_each(m.j) e
      WHERE e.value IS DISTINCT FROM g.j -> e.key AND e.key <> ALL (unkept)
    ) d
    WHERE d.after IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;

-- Of some rows only the named columns are written later: what was agreed on stays as it was.
CREATE OR REPLACE FUNCTION policy_guard_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  later text[] := string_to_array(TG_ARGV[0], ',');
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - later IS DISTINCT FROM to_jsonb(NEW) - later THEN
    RAISE restrict_violation USING MESSAGE = 'only ' || TG_ARGV[0] || ' is written later';
  END IF;
  RETURN NEW;
END $$;
