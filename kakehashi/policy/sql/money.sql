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

-- SQL that adds lines that changed to the months which a table keeps; `lines` is SQL of rows with a
-- sign. In order, so that no two wait for each other.
CREATE OR REPLACE FUNCTION policy_to_months(kept text, lines text, one text, other text)
RETURNS text LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT format($sum$
    INSERT INTO %1$s AS k (account_id, currency, month, %3$s, %4$s)
    SELECT account_id, currency, month, sum(sign * %3$s), sum(sign * %4$s)
    FROM %2$s c GROUP BY account_id, currency, month ORDER BY account_id, currency, month
    ON CONFLICT (account_id, currency, month) DO UPDATE
      SET %3$s = k.%3$s + EXCLUDED.%3$s, %4$s = k.%4$s + EXCLUDED.%4$s $sum$,
    kept, lines, one, other)
$$;

-- Lines of revenue to months; a line that changes or goes takes along what it cost.
CREATE OR REPLACE FUNCTION policy_sum_months() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed text := policy_changed(TG_OP);
BEGIN
  EXECUTE policy_to_months('money_monthsum', changed, 'billings', 'net_revenue');
  IF TG_OP <> 'INSERT' THEN
    EXECUTE policy_to_months('money_monthcost', format($lines$(
      SELECT l.account_id, l.currency, l.month, l.sign, l.net_revenue, r.cost
      FROM %s l JOIN money_revenuecost r ON r.revenue_id = l.id)$lines$, changed),
      'cost', 'net_revenue');
  END IF;
  RETURN NULL;
END $$;

-- Costs of lines to months. The months are held first: who changes a line meanwhile has waited for
-- them, or waits, so that neither misses what the other does.
CREATE OR REPLACE FUNCTION policy_sum_costs() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  lines text := format($lines$(
    SELECT r.account_id, r.currency, r.month, l.sign, r.net_revenue, l.cost
    FROM %s l JOIN money_revenue r ON r.id = l.revenue_id)$lines$, policy_changed(TG_OP));
BEGIN
  EXECUTE format($hold$
    SELECT count(*) FROM (
      SELECT FROM money_monthsum WHERE (account_id, currency, month) IN (
        SELECT account_id, currency, month FROM %s c)
      ORDER BY account_id, currency, month FOR UPDATE) held $hold$, lines);
  EXECUTE policy_to_months('money_monthcost', lines, 'cost', 'net_revenue');
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

-- Counts every row of a table anew: `fresh` is SQL of what it should hold of each account, currency
-- and `unit` of time. Returns how many were missing or differed; what came to nothing does not count.
CREATE OR REPLACE FUNCTION policy_count_anew(kept text, unit text, fresh text, VARIADIC columns text[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed integer;
BEGIN
  EXECUTE format($count$
    WITH fresh AS MATERIALIZED (%3$s), gone AS (
      DELETE FROM %1$s k WHERE NOT EXISTS (
        SELECT FROM fresh f
        WHERE (f.account_id, f.currency, f.%2$s) = (k.account_id, k.currency, k.%2$s))
      RETURNING 0 <> ANY (ARRAY[%5$s]) AS counts
    ), made AS (
      INSERT INTO %1$s AS k (account_id, currency, %2$s, %4$s)
      SELECT account_id, currency, %2$s, %4$s FROM fresh
      ON CONFLICT (account_id, currency, %2$s) DO UPDATE SET %6$s
      WHERE (%5$s) <> (%7$s)
      RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone WHERE counts) + (SELECT count(*) FROM made) $count$,
    kept, unit, fresh, array_to_string(columns, ', '), policy_each(columns, 'k.%1$s'),
    policy_each(columns, '%1$s = EXCLUDED.%1$s'), policy_each(columns, 'EXCLUDED.%1$s')
  ) INTO changed;
  RETURN changed;
END $$;

-- The same words for each of some columns: %1$s is the column.
CREATE OR REPLACE FUNCTION policy_each(columns text[], words text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT string_agg(format(words, c), ', ') FROM unnest(columns) c
$$;

-- Counts every calendar year of a table from its months.
CREATE OR REPLACE FUNCTION policy_count_calendar(kept text, months text, VARIADIC columns text[])
RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT policy_count_anew(
    kept, 'year',
    policy_by_calendar(format('(SELECT *, 1 AS sign FROM %s)', months), VARIADIC columns),
    VARIADIC string_to_array(policy_each_month('%1$s_%2$s', VARIADIC columns), ', '))
$$;

-- Counts every month from its lines, and every calendar year from its months; returns how many were
-- missing or differed. Years follow their months by the trigger, as after any other change.
CREATE OR REPLACE FUNCTION policy_count_months() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed integer;
BEGIN
  LOCK TABLE money_revenue, money_revenuecost IN SHARE MODE;
  changed := policy_count_anew('money_monthsum', 'month', $fresh$
    SELECT account_id, currency, month, sum(billings) AS billings, sum(net_revenue) AS net_revenue
    FROM money_revenue GROUP BY account_id, currency, month $fresh$, 'billings', 'net_revenue');
  changed := changed + policy_count_anew('money_monthcost', 'month', $fresh$
    SELECT r.account_id, r.currency, r.month, sum(c.cost) AS cost, sum(r.net_revenue) AS net_revenue
    FROM money_revenuecost c JOIN money_revenue r ON r.id = c.revenue_id
    GROUP BY r.account_id, r.currency, r.month $fresh$, 'cost', 'net_revenue');
  RETURN changed
    + policy_count_calendar('money_calendarsum', 'money_monthsum', 'billings', 'net_revenue')
    + policy_count_calendar('money_calendarcost', 'money_monthcost', 'cost', 'net_revenue');
END $$;
