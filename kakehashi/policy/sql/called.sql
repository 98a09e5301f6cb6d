-- Narrowing a list by what its rows are called. PostgreSQL does not let an index of words lead
-- around the wall, so a list of very many rows would read each of them; this reads the index of names
-- and asks the same wall of what it leads to. It finds at least those that hold what was typed: the
-- list itself reads them under its own policies and says which do.
GRANT CREATE ON SCHEMA public TO $FINDER;
SET LOCAL ROLE $FINDER;

-- Rows of a table that the acting person sees and whose own names, or whose account's, may hold what
-- was typed. NULL if there are more than `most`, or if it is too short to be looked up: then most rows
-- are called so, and a list finds its page among the first it reads.
CREATE OR REPLACE FUNCTION acting_called(typed text, wanted_source text, past_too boolean, most integer)
RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, ext, pg_temp
SET plan_cache_mode = force_generic_plan AS $fn$
DECLARE
  word text;
  inside text[] := '{}';
  beside text[] := '{}';
  wanted tsquery;
  found uuid[];
BEGIN
  FOREACH word IN ARRAY regexp_split_to_array(search_plain(typed), '\s+') LOOP
    IF length(word) > 2 OR (length(word) = 2 AND octet_length(word) > 2) THEN
      inside := inside || search_needs(word);
      beside := beside || search_needs(word, false, '~');
    END IF;
  END LOOP;
  IF inside = '{}' THEN
    RETURN NULL;
  END IF;
  wanted := array_to_string(inside, ' & ')::tsquery;
  IF wanted_source <> 'clients_account' THEN  -- whose own names those are
    wanted := wanted || array_to_string(beside, ' & ')::tsquery;
  END IF;
  found := ARRAY(
    SELECT e.row_id FROM search_entry e
    WHERE e.source <> 'handoffs_handoff' AND e.source = wanted_source
      AND (past_too OR NOT e.past)
      AND (search_grams(e.plain || e.sound) || search_grams(e.about, '~')) @@ wanted
      AND $SEEN
    LIMIT most + 1);
  RETURN CASE WHEN cardinality(found) <= most THEN found END;
END $fn$;
REVOKE ALL ON FUNCTION acting_called(text, text, boolean, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acting_called(text, text, boolean, integer) TO $APP, $WORKER;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM $FINDER;
