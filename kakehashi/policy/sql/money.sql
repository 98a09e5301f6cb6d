-- What accounts brought, added up beforehand: lines to months, months to years. Every sum changes in
-- the transaction that changes a line, by the difference; all are counted anew by policy_count_months.

-- The rows of a statement's trigger with what each counts for: those that came 1, those that went -1.
CREATE OR REPLACE FUNCTION policy_changed(operation text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT CASE operation
    WHEN 'INSERT' THEN '(SELECT *, 1 AS sign FROM made)'
    WHEN 'DELETE' THEN '(SELECT *, -1 AS sign FROM gone)'
    ELSE '(SELECT *, 1 AS sign FROM made UNION ALL SELECT *, -1 FROM gone)' END
$$;

-- The same words for each month of some columns: %1$s is the column, %2$s the month.
CREATE OR REPLACE FUNCTION policy_each_month(words text, VARIADIC columns text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT string_agg(format(words, c, m), ', ' ORDER BY c, m)
  FROM unnest(columns) c, generate_series(1, 12) m
$$;

-- SQL that adds up months of an account to a row for each calendar year, with a column for each of
-- its months; `months` is SQL of rows with a sign. In order, so that one row is made after the other.
CREATE OR REPLACE FUNCTION policy_by_calendar(months text, VARIADIC columns text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT format($sum$
    SELECT account_id, currency, year, %s FROM (
      SELECT *, extract(year FROM month)::smallint AS year, extract(month FROM month)::int AS at
      FROM %s m ORDER BY account_id, currency, year) m
    GROUP BY account_id, currency, year $sum$,
    policy_each_month('coalesce(sum(sign * %1$s) FILTER (WHERE at = %2$s), 0) AS %1$s_%2$s',
                      VARIADIC columns), months)
$$;

-- SQL that adds months that changed to the calendar years which a table keeps.
CREATE OR REPLACE FUNCTION policy_to_calendar(kept text, changed text, VARIADIC columns text[])
RETURNS text LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT format($sum$
    INSERT INTO %1$s AS k (account_id, currency, year, %2$s)
    SELECT account_id, currency, year, %2$s FROM (%3$s) c ORDER BY account_id, currency, year
    ON CONFLICT (account_id, currency, year) DO UPDATE SET %4$s $sum$,
    kept, policy_each_month('%1$s_%2$s', VARIADIC columns),
    policy_by_calendar(changed, VARIADIC columns),
    policy_each_month('%1$s_%2$s = k.%1$s_%2$s + EXCLUDED.%1$s_%2$s', VARIADIC columns))
$$;

-- Lines of revenue to months; a line that changes or goes takes along what it cost.
CREATE OR REPLACE FUNCTION policy_sum_months() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed text := policy_changed(TG_OP);
BEGIN
  EXECUTE format($sum$
    INSERT INTO money_monthsum AS k (account_id, currency, month, billings, net_revenue)
    SELECT account_id, currency, month, sum(sign * billings), sum(sign * net_revenue)
    FROM %s c GROUP BY account_id, currency, month ORDER BY account_id, currency, month
    ON CONFLICT (account_id, currency, month) DO UPDATE
      SET billings = k.billings + EXCLUDED.billings,
          net_revenue = k.net_revenue + EXCLUDED.net_revenue $sum$, changed);
  IF TG_OP <> 'INSERT' THEN
    EXECUTE format($sum$
      INSERT INTO money_monthcost AS k (account_id, currency, month, cost, net_revenue)
      SELECT c.account_id, c.currency, c.month, sum(sign * cost), sum(sign * net_revenue)
      FROM %s c JOIN money_revenuecost r ON r.revenue_id = c.id
      GROUP BY c.account_id, c.currency, c.month ORDER BY c.account_id, c.currency, c.month
      ON CONFLICT (account_id, currency, month) DO UPDATE
        SET cost = k.cost + EXCLUDED.cost,
            net_revenue = k.net_revenue + EXCLUDED.net_revenue $sum$, changed);
  END IF;
  RETURN NULL;
END $$;

-- Costs of lines to months. The months are held first: who changes a line meanwhile has waited for
-- them, or waits, so that neither misses what the other does.
CREATE OR REPLACE FUNCTION policy_sum_costs() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed text := policy_changed(TG_OP);
BEGIN
  EXECUTE format($hold$
    SELECT count(*) FROM (
      SELECT FROM money_monthsum WHERE (account_id, currency, month) IN (
        SELECT r.account_id, r.currency, r.month
        FROM %s c JOIN money_revenue r ON r.id = c.revenue_id)
      ORDER BY account_id, currency, month FOR UPDATE) held $hold$, changed);
  EXECUTE format($sum$
    INSERT INTO money_monthcost AS k (account_id, currency, month, cost, net_revenue)
    SELECT r.account_id, r.currency, r.month, sum(sign * cost), sum(sign * net_revenue)
    FROM %s c JOIN money_revenue r ON r.id = c.revenue_id
    GROUP BY r.account_id, r.currency, r.month ORDER BY r.account_id, r.currency, r.month
    ON CONFLICT (account_id, currency, month) DO UPDATE
      SET cost = k.cost + EXCLUDED.cost,
          net_revenue = k.net_revenue + EXCLUDED.net_revenue $sum$, changed);
  RETURN NULL;
END $$;

-- Months to calendar years, of which portfolios are added up; and to the years that are kept, by which
-- lists are sorted: `last` names such a year by its last month. (Of an INSERT that changes what is
-- there already, the trigger of the other operation is called with no rows.)
CREATE OR REPLACE FUNCTION policy_sum_years() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed text := policy_changed(TG_OP);
BEGIN
  IF TG_OP <> 'DELETE' THEN
    IF NOT EXISTS (SELECT FROM made) THEN
      RETURN NULL;
    END IF;
  END IF;
  EXECUTE policy_to_calendar('money_calendarsum', changed, 'billings', 'net_revenue');
  EXECUTE format($sum$
    INSERT INTO money_yearsum AS k (account_id, currency, last, net_revenue)
    SELECT account_id, currency, last, sum(sign * net_revenue)
    FROM %s c JOIN money_yearkept ON month BETWEEN last - interval '11 months' AND last
    GROUP BY account_id, currency, last HAVING sum(sign * net_revenue) <> 0
    ORDER BY account_id, currency, last
    ON CONFLICT (account_id, currency, last) DO UPDATE
      SET net_revenue = k.net_revenue + EXCLUDED.net_revenue $sum$, changed);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION policy_sum_cost_years() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    IF NOT EXISTS (SELECT FROM made) THEN
      RETURN NULL;
    END IF;
  END IF;
  EXECUTE policy_to_calendar('money_calendarcost', policy_changed(TG_OP), 'cost', 'net_revenue');
  RETURN NULL;
END $$;

-- Keeps these years and no others, each of them whole; `anew` counts also those that are kept
-- already. While sums are counted nobody changes revenue: the lock is held until the transaction ends.
CREATE OR REPLACE FUNCTION policy_keep_years(wanted date[], anew boolean) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  missing date[];
  changed integer;
BEGIN
  IF NOT anew AND wanted <@ ARRAY(SELECT last FROM money_yearkept)
     AND NOT EXISTS (SELECT FROM money_yearkept WHERE last <> ALL (wanted)) THEN
    RETURN 0;
  END IF;
  LOCK TABLE money_revenue, money_monthsum IN SHARE MODE;
  DELETE FROM money_yearsum WHERE last <> ALL (wanted);
  DELETE FROM money_yearkept WHERE last <> ALL (wanted);
  missing := CASE WHEN anew THEN wanted ELSE ARRAY(
    SELECT w FROM unnest(wanted) w WHERE NOT EXISTS (SELECT FROM money_yearkept WHERE last = w)) END;
  WITH fresh AS MATERIALIZED (
    SELECT m.account_id, m.currency, w.last, sum(m.net_revenue) AS net_revenue
    FROM unnest(missing) AS w(last)
    JOIN money_monthsum m ON m.month BETWEEN w.last - interval '11 months' AND w.last
    GROUP BY m.account_id, m.currency, w.last
  ), gone AS (
    DELETE FROM money_yearsum k
    WHERE k.last = ANY (missing) AND k.net_revenue <> 0 AND NOT EXISTS (
      SELECT FROM fresh f
      WHERE (f.account_id, f.currency, f.last) = (k.account_id, k.currency, k.last))
    RETURNING 1
  ), made AS (
    INSERT INTO money_yearsum AS k (account_id, currency, last, net_revenue)
    SELECT account_id, currency, last, net_revenue FROM fresh
    ON CONFLICT (account_id, currency, last) DO UPDATE SET net_revenue = EXCLUDED.net_revenue
    WHERE k.net_revenue <> EXCLUDED.net_revenue
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM made) INTO changed;
  INSERT INTO money_yearkept (last) SELECT unnest(missing) ON CONFLICT DO NOTHING;
  RETURN changed;
END $$;

-- Counts every calendar year of a table from its months; returns how many were missing or differed.
CREATE OR REPLACE FUNCTION policy_count_calendar(kept text, months text, VARIADIC columns text[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed integer;
BEGIN
  EXECUTE format($count$
    WITH fresh AS MATERIALIZED (%2$s), gone AS (
      DELETE FROM %1$s k WHERE NOT EXISTS (
        SELECT FROM fresh f
        WHERE (f.account_id, f.currency, f.year) = (k.account_id, k.currency, k.year))
      RETURNING 0 <> ANY (ARRAY[%4$s]) AS counts
    ), made AS (
      INSERT INTO %1$s AS k (account_id, currency, year, %3$s)
      SELECT account_id, currency, year, %3$s FROM fresh
      ON CONFLICT (account_id, currency, year) DO UPDATE SET %5$s
      WHERE (%4$s) <> (%6$s)
      RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone WHERE counts) + (SELECT count(*) FROM made) $count$,
    kept, policy_by_calendar(format('(SELECT *, 1 AS sign FROM %s)', months), VARIADIC columns),
    policy_each_month('%1$s_%2$s', VARIADIC columns),
    policy_each_month('k.%1$s_%2$s', VARIADIC columns),
    policy_each_month('%1$s_%2$s = EXCLUDED.%1$s_%2$s', VARIADIC columns),
    policy_each_month('EXCLUDED.%1$s_%2$s', VARIADIC columns)) INTO changed;
  RETURN changed;
END $$;

-- Counts every month from its lines, and every calendar year from its months; returns how many were
-- missing or differed. Years follow their months by the trigger, as after any other change.
CREATE OR REPLACE FUNCTION policy_count_months() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed integer := 0;
  more integer;
BEGIN
  LOCK TABLE money_revenue, money_revenuecost IN SHARE MODE;
  WITH fresh AS MATERIALIZED (
    SELECT account_id, currency, month, sum(billings) AS billings, sum(net_revenue) AS net_revenue
    FROM money_revenue GROUP BY account_id, currency, month
  ), gone AS (
    DELETE FROM money_monthsum k WHERE NOT EXISTS (
      SELECT FROM fresh f
      WHERE (f.account_id, f.currency, f.month) = (k.account_id, k.currency, k.month))
    RETURNING k.billings <> 0 OR k.net_revenue <> 0 AS counts
  ), made AS (
    INSERT INTO money_monthsum AS k (account_id, currency, month, billings, net_revenue)
    SELECT account_id, currency, month, billings, net_revenue FROM fresh
    ON CONFLICT (account_id, currency, month) DO UPDATE
      SET billings = EXCLUDED.billings, net_revenue = EXCLUDED.net_revenue
    WHERE (k.billings, k.net_revenue) <> (EXCLUDED.billings, EXCLUDED.net_revenue)
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM gone WHERE counts) + (SELECT count(*) FROM made) INTO changed;
  WITH fresh AS MATERIALIZED (
    SELECT r.account_id, r.currency, r.month, sum(c.cost) AS cost, sum(r.net_revenue) AS net_revenue
    FROM money_revenuecost c JOIN money_revenue r ON r.id = c.revenue_id
    GROUP BY r.account_id, r.currency, r.month
  ), gone AS (
    DELETE FROM money_monthcost k WHERE NOT EXISTS (
      SELECT FROM fresh f
      WHERE (f.account_id, f.currency, f.month) = (k.account_id, k.currency, k.month))
    RETURNING k.cost <> 0 OR k.net_revenue <> 0 AS counts
  ), made AS (
    INSERT INTO money_monthcost AS k (account_id, currency, month, cost, net_revenue)
    SELECT account_id, currency, month, cost, net_revenue FROM fresh
    ON CONFLICT (account_id, currency, month) DO UPDATE
      SET cost = EXCLUDED.cost, net_revenue = EXCLUDED.net_revenue
    WHERE (k.cost, k.net_revenue) <> (EXCLUDED.cost, EXCLUDED.net_revenue)
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM gone WHERE counts) + (SELECT count(*) FROM made) INTO more;
  RETURN changed + more
    + policy_count_calendar('money_calendarsum', 'money_monthsum', 'billings', 'net_revenue')
    + policy_count_calendar('money_calendarcost', 'money_monthcost', 'cost', 'net_revenue');
END $$;
