-- What a department may write of its jobs: who sees nothing but the job hands the work on and says
-- what is done, and changes nothing else.

CREATE OR REPLACE FUNCTION policy_guard_job() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  moved text[] := '{production,version,by_date}';  -- by_date is computed only after this
BEGIN
  IF TG_OP = 'UPDATE' AND acting_person() IS NOT NULL
     AND to_jsonb(OLD) - moved IS DISTINCT FROM to_jsonb(NEW) - moved
     AND NOT acting_sees_account(OLD.account_id, 'rows') THEN
    RAISE insufficient_privilege USING MESSAGE = 'a department moves its work and nothing else';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION policy_guard_task() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  done text[] := '{begun_at,done_at,done_by_id,version}';
BEGIN
  IF TG_OP = 'UPDATE' AND acting_person() IS NOT NULL
     AND to_jsonb(OLD) - done IS DISTINCT FROM to_jsonb(NEW) - done
     AND NOT acting_sees_account(OLD.account_id, 'rows') THEN
    RAISE insufficient_privilege USING MESSAGE = 'a department says what is done and nothing else';
  END IF;
  RETURN NEW;
END $$;
