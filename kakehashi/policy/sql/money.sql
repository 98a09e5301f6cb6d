-- What accounts brought in twelve months, added up beforehand: lists are sorted by it. `last` names
-- a year by its last month. Only the years in money_yearkept are kept, each of them whole.

CREATE OR REPLACE FUNCTION policy_sum_years() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO money_yearsum AS k (account_id, currency, last, net_revenue)
    SELECT m.account_id, m.currency, y.last, sum(m.net_revenue)
    FROM made m JOIN money_yearkept y ON m.month BETWEEN y.last - interval '11 months' AND y.last
    GROUP BY m.account_id, m.currency, y.last HAVING sum(m.net_revenue) <> 0
    ORDER BY m.account_id, m.currency, y.last
    ON CONFLICT (account_id, currency, last)
      DO UPDATE SET net_revenue = k.net_revenue + EXCLUDED.net_revenue;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO money_yearsum AS k (account_id, currency, last, net_revenue)
    SELECT g.account_id, g.currency, y.last, -sum(g.net_revenue)
    FROM gone g JOIN money_yearkept y ON g.month BETWEEN y.last - interval '11 months' AND y.last
    GROUP BY g.account_id, g.currency, y.last HAVING sum(g.net_revenue) <> 0
    ORDER BY g.account_id, g.currency, y.last
    ON CONFLICT (account_id, currency, last)
      DO UPDATE SET net_revenue = k.net_revenue + EXCLUDED.net_revenue;
  ELSE
    INSERT INTO money_yearsum AS k (account_id, currency, last, net_revenue)
    SELECT c.account_id, c.currency, y.last, sum(c.net)
    FROM (
      SELECT account_id, currency, month, net_revenue AS net FROM made
      UNION ALL
      SELECT account_id, currency, month, -net_revenue FROM gone
    ) c JOIN money_yearkept y ON c.month BETWEEN y.last - interval '11 months' AND y.last
    GROUP BY c.account_id, c.currency, y.last HAVING sum(c.net) <> 0
    ORDER BY c.account_id, c.currency, y.last
    ON CONFLICT (account_id, currency, last)
      DO UPDATE SET net_revenue = k.net_revenue + EXCLUDED.net_revenue;
  END IF;
  RETURN NULL;
END $$;

-- Keeps these years and no others; `anew` counts also those that are kept already. While sums are
-- counted nobody changes revenue: the lock is held until the transaction ends.
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
  LOCK TABLE money_revenue IN SHARE MODE;
  DELETE FROM money_yearsum WHERE last <> ALL (wanted);
  DELETE FROM money_yearkept WHERE last <> ALL (wanted);
  missing := CASE WHEN anew THEN wanted ELSE ARRAY(
    SELECT w FROM unnest(wanted) w WHERE NOT EXISTS (SELECT FROM money_yearkept WHERE last = w)) END;
  WITH fresh AS MATERIALIZED (
    SELECT r.account_id, r.currency, w.last, sum(r.net_revenue) AS net_revenue
    FROM unnest(missing) AS w(last)
    JOIN money_revenue r ON r.month BETWEEN w.last - interval '11 months' AND w.last
    GROUP BY r.account_id, r.currency, w.last
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
