-- The few writes that row security would forbid although they are right, each with its own check.

-- An account nobody sits on yet: the row, its first seat, its first status and so its sight, at once.
DROP FUNCTION IF EXISTS acting_open_account(jsonb, jsonb);
CREATE OR REPLACE FUNCTION acting_open_account(account jsonb, seat jsonb, begun jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT acting_is_staff() OR NOT acting_unscoped() THEN
    RAISE insufficient_privilege USING MESSAGE = 'only our own staff opens accounts';
  END IF;
  IF account ->> 'parent_id' IS NOT NULL
     AND NOT acting_sees_account((account ->> 'parent_id')::uuid, 'rows') THEN
    RAISE insufficient_privilege USING MESSAGE = 'the account above is not seen';
  END IF;
  IF account ->> 'id' IS DISTINCT FROM seat ->> 'account_id'
     OR account ->> 'id' IS DISTINCT FROM begun ->> 'account_id' THEN
    RAISE insufficient_privilege USING MESSAGE = 'the first seat and status are those of the account';
  END IF;
  INSERT INTO clients_account SELECT * FROM jsonb_populate_record(NULL::clients_account, account);
  INSERT INTO clients_statuschange
  SELECT * FROM jsonb_populate_record(NULL::clients_statuschange, begun);
  INSERT INTO clients_seat SELECT * FROM jsonb_populate_record(NULL::clients_seat, seat);
END $$;

-- Whether no wall stands between a person and an account the caller sees or is to take over.
-- A denial that begins later stands already: nobody is seated for the days before it.
CREATE OR REPLACE FUNCTION acting_may_seat(person uuid, account uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (acting_sees_account(account, 'rows')
          OR EXISTS (SELECT FROM clients_handover h
                     WHERE h.account_id = account AND h.id IN (SELECT acting_handovers())))
     AND NOT EXISTS (SELECT FROM policy_denied d
                     WHERE d.person_id = person AND d.account_id = account)
$$;

-- Whether an account the caller sees is another or below it. Asked under the wall's lock, so that
-- no other move makes a ring of the two before this one is written.
CREATE OR REPLACE FUNCTION acting_is_below(account uuid, above uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM policy_lock();
  RETURN acting_sees_account(account, 'rows')
    AND EXISTS (SELECT FROM policy_accountabove t
                WHERE t.account_id = account AND t.above_id = above);
END $$;

-- A handover both sides have confirmed: the seat moves on its day.
CREATE OR REPLACE FUNCTION acting_move_seat(handover uuid, fresh uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  h clients_handover;
  s clients_seat;
BEGIN
  SELECT * INTO STRICT h FROM clients_handover
  WHERE id = handover AND moved_at IS NULL AND withdrawn_at IS NULL FOR UPDATE;
  IF acting_person() NOT IN (h.giver_id, h.receiver_id) OR (
    SELECT count(*) FROM clients_handoverconfirmation c
    WHERE c.handover_id = h.id AND c.by_id IN (h.giver_id, h.receiver_id)) < 2 THEN
    RAISE insufficient_privilege USING MESSAGE = 'both sides confirm before a seat moves';
  END IF;
  SELECT * INTO STRICT s FROM clients_seat WHERE id = h.seat_id FOR UPDATE;
  UPDATE clients_seat SET ends_on = h.on - 1, version = version + 1 WHERE id = s.id;
  INSERT INTO clients_seat (id, account_id, person_id, role, lead, share, starts_on, ends_on, version)
  VALUES (fresh, s.account_id, h.receiver_id, s.role, s.lead, s.share, h.on, s.ends_on, 1);
  UPDATE clients_handover SET moved_at = now(), version = version + 1 WHERE id = h.id;
END $$;

-- The last day of a seat that is handed over, for both sides of the handover.
CREATE OR REPLACE FUNCTION acting_last_day_of(handover uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.ends_on FROM clients_handover h JOIN clients_seat s ON s.id = h.seat_id
  WHERE h.id = acting_last_day_of.handover AND (
    h.id IN (SELECT acting_handovers()) OR acting_sees_account(h.account_id, 'rows'))
$$;

-- Sign-in for one of our people or a contact: a row without a usable password. Says whether it is
-- new. Who serves an account lets a contact in, but never moves a sign-in that stands to another
-- name or address: the same person may be a contact of accounts that the caller does not see.
DROP FUNCTION IF EXISTS acting_invite(uuid, text, text);
CREATE OR REPLACE FUNCTION acting_invite(person uuid, username text, address text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  trusted boolean := acting_person() IS NULL OR acting_has(ARRAY['administrator']);
  fresh boolean;
BEGIN
  IF NOT trusted AND NOT EXISTS (
    SELECT FROM clients_contact c JOIN people_person p ON p.id = c.person_id
    WHERE c.person_id = acting_invite.person AND c.portal AND p.side = 'client'
      AND acting_sees_account(c.account_id, 'rows')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only an administrator invites staff';
  END IF;
  INSERT INTO people_login AS l (username, email, person_id, password, is_active, created_at)
  VALUES (acting_invite.username, acting_invite.address, acting_invite.person,
          '!' || replace(gen_random_uuid()::text, '-', ''), true, now())
  ON CONFLICT (person_id) DO UPDATE
    SET username = CASE WHEN trusted THEN EXCLUDED.username ELSE l.username END,
        email = CASE WHEN trusted THEN EXCLUDED.email ELSE l.email END,
        is_active = true
  RETURNING l.xmax = 0 INTO fresh;
  RETURN fresh;
END $$;

-- Somebody left, or is to be forgotten: no more sign-in, and no session survives.
CREATE OR REPLACE FUNCTION acting_close_login(person uuid, forget boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  login bigint;
BEGIN
  IF acting_person() IS NOT NULL AND NOT acting_has(ARRAY['administrator']) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only an administrator closes sign-in';
  END IF;
  SELECT id INTO login FROM people_login WHERE person_id = person;
  DELETE FROM django_session WHERE session_key IN (
    SELECT session_key FROM usersessions_usersession WHERE user_id = login);
  DELETE FROM usersessions_usersession WHERE user_id = login;
  UPDATE people_login SET is_active = false WHERE id = login;
  UPDATE api_feed f SET revoked_at = now()
  WHERE f.person_id = person AND f.revoked_at IS NULL;
  IF forget THEN
    DELETE FROM account_emailaddress WHERE user_id = login;
    DELETE FROM mfa_authenticator WHERE user_id = login;
    DELETE FROM api_feed f WHERE f.person_id = person;
    UPDATE people_login SET username = 'anonymised-' || login, email = '', password = '!'
    WHERE id = login;
  END IF;
END $$;

-- A person is to be forgotten: their data leaves the history and the outbox as well.
CREATE OR REPLACE FUNCTION acting_forget_history(person uuid, addresses text[], rows text[])
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  touched bigint;
BEGIN
  IF acting_person() IS NOT NULL AND NOT acting_has(ARRAY['administrator']) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only an administrator anonymises people';
  END IF;
  UPDATE policy_change
  SET before = before - '{name,name_kana,name_en,sort_key,email,phone,handle,preferences,department,title,sheet}'::text[],
      after = after - '{name,name_kana,name_en,sort_key,email,phone,handle,preferences,department,title,sheet}'::text[]
  WHERE (source = 'people_person' AND row = person::text)
     OR (source IN ('clients_contact', 'clients_handover', 'people_employment')
         AND row = ANY (rows));
  GET DIAGNOSTICS touched = ROW_COUNT;
  DELETE FROM notify_mail WHERE "to" = ANY (addresses);
  RETURN touched;
END $$;

-- Why everybody sees or does not see one account the caller sees; a denial is plain to officers
-- only. Rows without a rule are people who see nothing.
CREATE OR REPLACE FUNCTION acting_grounds(account uuid)
RETURNS TABLE (person_id uuid, rule text, level text, role text, source text, at_id uuid,
               via uuid, since date, holds boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  zone text;
BEGIN
  IF acting_person() IS NOT NULL AND NOT acting_sees_account(account, 'rows') THEN
    RETURN;
  END IF;
  SELECT o.timezone INTO zone FROM clients_account a JOIN people_office o ON o.id = a.lead_office_id
  WHERE a.id = account;
  RETURN QUERY
    SELECT g.person_id, g.rule, g.level, g.role, g.source, g.at_id, g.via, lower(g.days),
           true
    FROM policy_grants(NULL, ARRAY[account], true) g
    WHERE g.days @> (now() AT TIME ZONE zone)::date
    UNION ALL
    SELECT d.person_id, 'wall', NULL, NULL, 'conflicts_denial', NULL, NULL,
           (d.since AT TIME ZONE zone)::date, d.since <= now()
    FROM policy_denied d
    WHERE d.account_id = account AND d.since <= now();
END $$;
