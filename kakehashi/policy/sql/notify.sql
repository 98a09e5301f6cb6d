-- What notices and mail need beyond row security: telling others, and mail nobody may read.

-- Somebody is told something by whoever acts, in their own name. Unseen, the same is told anew: it
-- moves to the top, and is mailed again unless the mail that tells of it has not gone out yet.
CREATE OR REPLACE FUNCTION acting_tell(fresh uuid, told uuid, what text, subject text, thing uuid,
                                       account uuid, teller uuid, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF teller IS NOT NULL AND acting_person() IS NOT NULL AND teller <> acting_person() THEN
    RAISE insufficient_privilege USING MESSAGE = 'nobody tells anything in the name of others';
  END IF;
  INSERT INTO notify_notification AS n (id, person_id, kind, subject_kind, subject_id, account_id,
                                        by_id, made_at, mail_due_at)
  VALUES (fresh, told, what, subject, thing, account, teller, moment, moment)
  ON CONFLICT (person_id, kind, subject_kind, subject_id) WHERE seen_at IS NULL DO UPDATE
    SET account_id = EXCLUDED.account_id, by_id = EXCLUDED.by_id, made_at = EXCLUDED.made_at,
        mailed_at = NULL,
        mail_id = CASE WHEN n.mailed_at IS NULL AND notify_waits(n.mail_id) THEN n.mail_id END,
        mail_due_at = CASE WHEN n.mailed_at IS NOT NULL OR NOT notify_waits(n.mail_id)
                           THEN LEAST(n.mail_due_at, EXCLUDED.mail_due_at) END;
END $$;

-- Whether a mail is still to be sent by itself. Volatile, so that it knows what was sent while
-- its caller waited for the row of the notice.
CREATE OR REPLACE FUNCTION notify_waits(mail uuid) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM notify_mail m
                 WHERE m.id = mail AND m.sent_at IS NULL AND m.held_at IS NULL
                   AND m.stuck_at IS NULL AND m.dropped_at IS NULL)
$$;

-- Whether the acting person looks after mail, and may know of this one: to one of ours or to a
-- client's person they know, and of an account they see, if it tells of accounts.
CREATE OR REPLACE FUNCTION notify_may_look_after(mail notify_mail) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT acting_person() IS NULL OR (
    acting_has(ARRAY['administrator'])
    AND NOT EXISTS (
      SELECT FROM people_person p
      WHERE (p.id = mail.person_id OR (mail.person_id IS NULL AND p.email = mail."to"))
        AND p.side <> 'ours' AND NOT acting_knows(p.id))
    AND (NOT EXISTS (SELECT FROM notify_notification n WHERE n.mail_id = mail.id)
      OR EXISTS (
        SELECT FROM notify_notification n
        WHERE n.mail_id = mail.id
          AND (n.account_id IS NULL OR acting_sees_account(n.account_id, 'rows')
               OR acting_sees_account(n.account_id, 'name')))))
$$;

-- Mail that did not go out at once, the newest first: to whom and why, never what it says.
CREATE OR REPLACE FUNCTION acting_undelivered(most integer)
RETURNS TABLE (id uuid, person_id uuid, address text, written_at timestamptz, tries smallint,
               try_at timestamptz, problem text, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id, m.person_id, m."to"::text, m.written_at, m.tries, m.try_at, m.problem,
         CASE WHEN m.stuck_at IS NOT NULL THEN 'stuck'
              WHEN m.held_at IS NOT NULL THEN 'held' ELSE 'waiting' END
  FROM notify_mail m
  WHERE m.sent_at IS NULL AND m.dropped_at IS NULL AND m.problem <> ''
    AND notify_may_look_after(m)
  ORDER BY m.id DESC LIMIT most
$$;

-- An administrator has a mail tried again that the server refused; says whether there was one.
CREATE OR REPLACE FUNCTION acting_try_mail(mail uuid, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE notify_mail m SET stuck_at = NULL, tries = 0, try_at = moment
  WHERE m.id = mail AND m.stuck_at IS NOT NULL AND notify_may_look_after(m);
  RETURN FOUND;
END $$;

-- An address is tried again: by an administrator who knows its person, or by its person.
CREATE OR REPLACE FUNCTION acting_lift_bounce(bounce uuid, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE notify_bounce b SET lifted_at = moment, lifted_by_id = acting_person()
  WHERE b.id = bounce AND b.lifted_at IS NULL AND (
    acting_person() IS NULL OR b.person_id = acting_person() OR (
      acting_has(ARRAY['administrator'])
      AND (b.person_id IS NULL OR acting_knows(b.person_id) OR EXISTS (
        SELECT FROM people_person p WHERE p.id = b.person_id AND p.side = 'ours'))));
  RETURN FOUND;
END $$;

-- A person is to be forgotten: what they were told, how they wanted it, and the mail to them.
CREATE OR REPLACE FUNCTION acting_forget_notices(person uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF acting_person() IS NOT NULL AND NOT acting_has(ARRAY['administrator']) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only an administrator anonymises people';
  END IF;
  DELETE FROM notify_notification n WHERE n.person_id = person;
  DELETE FROM notify_preference p WHERE p.person_id = person;
  DELETE FROM notify_bounce b WHERE b.person_id = person;
  DELETE FROM notify_mail m WHERE m.person_id = person;
END $$;
