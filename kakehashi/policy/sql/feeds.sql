-- The acting person's own calendar feeds: credentials, so each way to them is a door of its own.

CREATE OR REPLACE FUNCTION acting_own_feeds()
RETURNS TABLE (id uuid, name text, made_at timestamptz, last_used_at timestamptz,
               revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.id, f.name, f.made_at, f.last_used_at, f.revoked_at FROM api_feed f
  WHERE f.person_id = acting_person() ORDER BY f.made_at DESC, f.id DESC
$$;

-- A token cut down to some accounts makes none that is not.
CREATE OR REPLACE FUNCTION acting_make_feed(feed uuid, name text, hash text, at timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT acting_is_staff() OR NOT acting_unscoped() THEN
    RAISE insufficient_privilege USING MESSAGE = 'only our own staff makes feeds';
  END IF;
  INSERT INTO api_feed (id, person_id, name, token_hash, made_at)
  VALUES (feed, acting_person(), acting_make_feed.name, hash, at);
END $$;

-- Whether there was such a feed of the acting person, still live.
CREATE OR REPLACE FUNCTION acting_revoke_feed(feed uuid, at timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH revoked AS (
    UPDATE api_feed SET revoked_at = at
    WHERE id = feed AND person_id = acting_person() AND revoked_at IS NULL
    RETURNING id)
  SELECT EXISTS (SELECT FROM revoked)
$$;
