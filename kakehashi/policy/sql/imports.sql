-- What loading files needs beyond row security: ids, and what is taken though it is not seen.

-- A UUID of version 7, as base/ids.py makes them: time first, so that ids made later sort later.
-- (PostgreSQL 18 has uuidv7(); 17 does not.)
CREATE OR REPLACE FUNCTION acting_fresh_id() RETURNS uuid
LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(
           overlay(uuid_send(gen_random_uuid()) PLACING substring(
             int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
           52, 1), 53, 1), 'hex')::uuid
$$;

-- Codes of accounts that exist behind a wall: they cannot be given again, and that is all one learns.
CREATE OR REPLACE FUNCTION acting_taken_accounts(codes text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.code::text FROM clients_account a
  WHERE a.code = ANY (codes) AND acting_person() IS NOT NULL
    AND acting_has(ARRAY['administrator']) AND NOT acting_sees_account(a.id, 'rows')
$$;

-- Names to sign in with that somebody else has already, whatever the case of their letters. Two
-- joins and no OR between them: of thousands of names, each is looked up by its hash.
CREATE OR REPLACE FUNCTION acting_taken_logins(handles text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.h FROM unnest(handles) AS w(h)
  JOIN people_login l ON lower(l.username) = lower(w.h) JOIN people_person p ON p.id = l.person_id
  WHERE (acting_person() IS NULL OR acting_has(ARRAY['administrator']))
    AND (p.side <> 'ours' OR p.handle IS DISTINCT FROM w.h)
  UNION
  SELECT w.h FROM unnest(handles) AS w(h)
  JOIN people_person p ON lower(p.handle) = lower(w.h)
  WHERE (acting_person() IS NULL OR acting_has(ARRAY['administrator']))
    AND (p.side <> 'ours' OR p.handle <> w.h)
$$;

-- Sign-in follows employment: our people who work with us today or later may sign in, others not.
-- A login made here has no password; its person sets one by mail.
CREATE OR REPLACE FUNCTION acting_follow_employment(people uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone uuid;
BEGIN
  IF acting_person() IS NOT NULL AND NOT acting_has(ARRAY['administrator']) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only an administrator invites staff';
  END IF;
  DELETE FROM account_emailaddress a USING people_login l, people_person p
  WHERE l.id = a.user_id AND p.id = l.person_id AND p.id = ANY (people)
    AND lower(a.email) <> lower(p.email);
  INSERT INTO people_login AS l (username, email, person_id, password, is_active, created_at)
  SELECT p.handle, p.email, p.id, '!' || replace(gen_random_uuid()::text, '-', ''), true, now()
  FROM people_person p
  WHERE p.id = ANY (people) AND p.side = 'ours' AND p.handle IS NOT NULL AND EXISTS (
    SELECT FROM people_employment e
    WHERE e.person_id = p.id AND (e.ends_on IS NULL OR e.ends_on >= (SELECT acting_today())))
  ON CONFLICT (person_id) DO UPDATE
    SET username = EXCLUDED.username, email = EXCLUDED.email, is_active = true
    WHERE (l.username, l.email, l.is_active)
       IS DISTINCT FROM (EXCLUDED.username, EXCLUDED.email, true);
  FOR gone IN
    SELECT l.person_id FROM people_login l
    WHERE l.person_id = ANY (people) AND l.is_active AND NOT EXISTS (
      SELECT FROM people_employment e
      WHERE e.person_id = l.person_id AND (e.ends_on IS NULL OR e.ends_on >= (SELECT acting_today())))
  LOOP
    PERFORM acting_close_login(gone, false);
  END LOOP;
END $$;

-- Whether somebody can be invited anew, or signs in already. Asked by who may invite them.
CREATE OR REPLACE FUNCTION acting_has_login(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM people_login l WHERE l.person_id = person AND l.is_active)
     AND (acting_person() IS NULL OR acting_has(ARRAY['administrator']))
$$;
