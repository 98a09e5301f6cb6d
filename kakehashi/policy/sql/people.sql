-- What the acting person may do with people and offices, and what people may do with their own row.

-- Whether the acting person holds a role today in an office or above it.
CREATE OR REPLACE FUNCTION acting_holds_over(wanted text, office uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT acting_is_staff() AND EXISTS (
    SELECT FROM people_role r
    JOIN policy_officeabove x ON x.above_id = r.office_id AND x.office_id = office
    JOIN people_office o ON o.id = r.office_id
    WHERE r.person_id = acting_person() AND r.role = wanted
      AND daterange(r.starts_on, r.ends_on, '[]') @> (now() AT TIME ZONE o.timezone)::date)
$$;

-- The same over one of the offices where a person works or will work, or where they worked last.
-- Who never was on our staff belongs to no office: any holder of the role will do.
CREATE OR REPLACE FUNCTION acting_holds_over_person(wanted text, person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN EXISTS (SELECT FROM people_employment WHERE person_id = person)
    THEN EXISTS (
      SELECT FROM people_employment e
      WHERE e.person_id = person AND acting_holds_over(wanted, e.office_id)
        AND COALESCE(e.ends_on, 'infinity') >= LEAST((SELECT acting_today()), (
          SELECT max(COALESCE(l.ends_on, 'infinity')) FROM people_employment l
          WHERE l.person_id = person)))
    ELSE acting_has(ARRAY[wanted]) END
$$;

-- Whether the acting person is a solid-line superior of somebody on a day, at any height.
CREATE OR REPLACE FUNCTION acting_is_above(person uuid, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM policy_superior u
                 WHERE u.person_id = person AND u.superior_id = acting_person()
                   AND u.during @> day)
$$;

-- What is stored about a person's sign-in, and the mail to them: no password, no secret of a
-- second factor, no link that signs in. For themselves, administrators and the operator.
CREATE OR REPLACE FUNCTION acting_sign_in_data(person uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF acting_person() IS NOT NULL AND acting_person() <> person
     AND NOT acting_has(ARRAY['administrator']) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only an administrator sees how others sign in';
  END IF;
  RETURN jsonb_build_object(
    'login', (SELECT jsonb_build_object('username', l.username, 'email', l.email,
                'is_active', l.is_active, 'created_at', l.created_at, 'last_login', l.last_login)
              FROM people_login l WHERE l.person_id = person),
    'addresses', (SELECT COALESCE(jsonb_agg(a.email ORDER BY a.email), '[]')
                  FROM account_emailaddress a JOIN people_login l ON l.id = a.user_id
                  WHERE l.person_id = person),
    'sessions', (SELECT COALESCE(jsonb_agg(jsonb_build_object('ip', s.ip,
                   'user_agent', s.user_agent, 'created_at', s.created_at,
                   'last_seen_at', s.last_seen_at) ORDER BY s.created_at), '[]')
                 FROM usersessions_usersession s JOIN people_login l ON l.id = s.user_id
                 WHERE l.person_id = person),
    'feeds', (SELECT COALESCE(jsonb_agg(jsonb_build_object('name', f.name, 'made_at', f.made_at,
                'last_used_at', f.last_used_at, 'revoked_at', f.revoked_at)
                ORDER BY f.made_at), '[]')
              FROM api_feed f WHERE f.person_id = person),
    'second_factors', (SELECT COALESCE(jsonb_agg(jsonb_build_object('type', m.type,
                         'created_at', m.created_at, 'last_used_at', m.last_used_at)
                         ORDER BY m.created_at), '[]')
                       FROM mfa_authenticator m JOIN people_login l ON l.id = m.user_id
                       WHERE l.person_id = person),
    'mails', (SELECT COALESCE(jsonb_agg(jsonb_build_object('to', n."to", 'subject', n.subject,
                'text', regexp_replace(n.text, '(/auth/)\S+', '\1…', 'g'),
                'written_at', n.written_at, 'sent_at', n.sent_at) ORDER BY n.written_at), '[]')
              FROM notify_mail n
              WHERE n."to" IN (SELECT p.email FROM people_person p WHERE p.id = person
                               UNION SELECT l.email FROM people_login l WHERE l.person_id = person)
                AND n."to" <> ''));
END $$;

-- A person's login or address changed: sign-in follows, and the old address resets nothing.
CREATE OR REPLACE FUNCTION acting_change_sign_in(person uuid, name text, address text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF acting_person() IS NOT NULL AND NOT acting_has(ARRAY['administrator']) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only an administrator changes how others sign in';
  END IF;
  DELETE FROM account_emailaddress a USING people_login l
  WHERE l.id = a.user_id AND l.person_id = person AND lower(a.email) <> lower(address);
  UPDATE people_login SET username = COALESCE(name, username), email = address
  WHERE person_id = person;
END $$;

-- One's own row: a client's contact, too, chooses their language, phone and address.
-- Returns the new version, or NULL when somebody else saved meanwhile.
CREATE OR REPLACE FUNCTION acting_set_own(spoken text, number text, expected integer)
RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE people_person SET language = spoken, phone = number, version = version + 1
  WHERE id = acting_person() AND version = expected
  RETURNING version
$$;

CREATE OR REPLACE FUNCTION acting_set_own_language(spoken text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE people_person SET language = spoken, version = version + 1
  WHERE id = acting_person() AND language <> spoken
$$;

CREATE OR REPLACE FUNCTION acting_set_own_address(address text, expected integer)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  fresh integer;
BEGIN
  UPDATE people_person SET email = address, version = version + 1
  WHERE id = acting_person() AND version = expected
  RETURNING version INTO fresh;
  IF fresh IS NOT NULL THEN
    DELETE FROM account_emailaddress a USING people_login l
    WHERE l.id = a.user_id AND l.person_id = acting_person() AND lower(a.email) <> lower(address);
    UPDATE people_login SET email = address WHERE person_id = acting_person();
  END IF;
  RETURN fresh;
END $$;
