"""Revenue: what a service line of an account brought in a month, and what it cost.

The one kind that comes by the million: the staging table is read, never rewritten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from kakehashi.base.money import minor_units
from kakehashi.imports import columns as c
from kakehashi.imports.columns import Column
from kakehashi.imports.kinds.kind import Kind, Objections, Positions, RowCheck
from kakehashi.imports.staging import TABLE

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

REVENUE, COST = "money_revenue", "money_revenuecost"
PLACED, ACCOUNTS = "import_placed", "import_account"
AMOUNTS = ("billings", "net_revenue")
KEY = ("account_id", "month", "service_line", "currency")
AMOUNT = "numeric(18,4)"


def whole_minor_units(position: Positions) -> RowCheck | None:
    """An amount has no more decimal places than its currency: ¥1.50 is a mistake."""
    currency = position["currency"]
    amounts = [(name, position[name]) for name in (*AMOUNTS, "cost") if name in position]

    def check(values: list[str]) -> Objections:
        for name, at in amounts:
            value = values[at]
            if "." in value:
                digits = minor_units(values[currency])
                if len(value) - value.index(".") - 1 > digits:
                    yield (
                        name,
                        _("%(currency)s has %(digits)s decimal places.")
                        % {
                            "currency": values[currency],
                            "digits": digits,
                        },
                    )

    return check


class Revenue(Kind):
    name = "revenue"
    english = "Revenue"
    japanese = "売上"
    ability = "imports.load_revenue"
    counted = PLACED
    columns = (
        Column(
            "account",
            "Account",
            "アカウント",
            c.text(40),
            required=True,
            also=("アカウントコード", "得意先コード"),
        ),
        Column(
            "month",
            "Month",
            "月",
            c.month,
            type="date",
            required=True,
            also=("計上月", "年月", "売上月"),
        ),
        Column(
            "service_line",
            "Service line",
            "サービス区分",
            c.text(80),
            required=True,
            also=("サービス", "業務区分"),
        ),
        Column("billings", "Billings", "取扱高", c.money, type=AMOUNT, also=("扱い高",)),
        Column(
            "net_revenue",
            "Net revenue",
            "純収入",
            c.money,
            type=AMOUNT,
            also=("売上総利益", "粗利", "収益"),
        ),
        Column("cost", "Cost", "原価", c.money, type=AMOUNT),
        Column("currency", "Currency", "通貨", c.currency, required=True),
    )
    one_of = (*AMOUNTS, "cost")
    row_checks = (whole_minor_units,)

    def settle(self, stage: Stage) -> None:
        self._find_accounts(stage)
        self._reject_repeated(stage)
        if stage.has("cost"):
            self._reject_hidden_cost(stage)
        stage.make(PLACED, self._placed(stage))

    def _find_accounts(self, stage: Stage) -> None:
        stage.make(
            ACCOUNTS,
            f"SELECT d.account, t.id FROM (SELECT DISTINCT account FROM {TABLE}) d "
            "LEFT JOIN clients_account t ON t.code = d.account",
        )
        stage.reject(
            "account",
            _("No account has this code."),
            f"SELECT s.line, s.account FROM {TABLE} s JOIN {ACCOUNTS} a USING (account) "
            "WHERE a.id IS NULL",
        )

    def _reject_repeated(self, stage: Stage) -> None:
        key = "account, month, service_line, currency"
        stage.reject(
            "month",
            _("Row %(row)s of this file has the same key."),
            f"""
            SELECT s.line, s.month, k.first FROM {TABLE} s JOIN (
              SELECT {key}, min(line) AS first FROM {TABLE} GROUP BY {key} HAVING count(*) > 1
            ) k USING ({key}) WHERE s.line > k.first""",
        )

    def _reject_hidden_cost(self, stage: Stage) -> None:
        """Who does not see what an account costs does not write it either."""
        stage.reject(
            "cost",
            _("You do not see the cost of this account, so you cannot load it."),
            f"SELECT s.line, s.cost FROM {TABLE} s JOIN {ACCOUNTS} a USING (account) "
            "WHERE s.cost IS NOT NULL AND a.id IN (SELECT id FROM " + ACCOUNTS + " WHERE "
            "acting_person() IS NOT NULL AND id IS NOT NULL AND NOT "
            "(acting_may_see_cost() AND acting_sees_account(id, 'cost')))",
        )

    def _placed(self, stage: Stage) -> str:
        """Each row beside the one it is about, if that stands."""
        amounts = {name: f"coalesce(s.{name}, r.{name}, 0)" for name in AMOUNTS}
        differs = " OR ".join(f"s.{n} <> r.{n}" for n in AMOUNTS if stage.has(n)) or "false"
        cost, costs = "NULL::numeric", ""
        if stage.has("cost"):
            cost, costs = "k.cost", f"LEFT JOIN {COST} k ON k.revenue_id = r.id"
            differs += " OR (s.cost IS NOT NULL AND s.cost IS DISTINCT FROM k.cost)"
        return f"""
        SELECT s.line, a.id AS account_id, s.month, s.service_line, s.currency,
               {amounts["billings"]} AS billings, {amounts["net_revenue"]} AS net_revenue,
               s.cost, {cost} AS old_cost, r.id AS revenue_id, false AS rejected,
               CASE WHEN r.id IS NULL THEN 'new'
                    WHEN {differs} THEN 'changed' ELSE 'same' END AS state
        FROM {TABLE} s JOIN {ACCOUNTS} a USING (account)
        LEFT JOIN {REVENUE} r ON r.account_id = a.id AND r.month = s.month
          AND r.service_line = s.service_line AND r.currency = s.currency
        {costs}
        WHERE NOT s.rejected"""

    def write(self, stage: Stage) -> None:
        stage.execute(
            f"""
            UPDATE {REVENUE} t SET billings = p.billings, net_revenue = p.net_revenue
            FROM {PLACED} p WHERE t.id = p.revenue_id AND p.state = 'changed'
              AND (t.billings, t.net_revenue) IS DISTINCT FROM (p.billings, p.net_revenue)"""
        )
        stage.execute(
            f"""
            INSERT INTO {REVENUE} ({", ".join(KEY)}, billings, net_revenue)
            SELECT {", ".join(KEY)}, billings, net_revenue FROM {PLACED}
            WHERE revenue_id IS NULL ORDER BY {", ".join(KEY)}"""
        )
        if stage.has("cost"):
            self._write_cost(stage)

    def _write_cost(self, stage: Stage) -> None:
        stage.execute(
            f"UPDATE {COST} t SET cost = p.cost FROM {PLACED} p "
            "WHERE t.revenue_id = p.revenue_id AND p.cost <> p.old_cost"
        )
        same = " AND ".join(f"r.{name} = p.{name}" for name in KEY)
        stage.execute(
            f"INSERT INTO {COST} (revenue_id, account_id, cost) "
            f"SELECT r.id, p.account_id, p.cost FROM {PLACED} p JOIN {REVENUE} r ON {same} "
            "WHERE p.cost IS NOT NULL AND p.old_cost IS NULL ORDER BY r.id"
        )

    def hidden_columns(self) -> set[str]:
        """Cost, to whoever sees the cost of no account."""
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT acting_person() IS NULL OR (acting_may_see_cost() AND (
                  acting_sees_all('cost') OR EXISTS (
                    SELECT FROM policy_sight WHERE person_id = acting_person()
                    AND level = 'cost' AND during @> now())))"""
            )
            return set() if cursor.fetchone()[0] else {"cost"}

    def export_query(self) -> str:
        return f"""
        SELECT a.code, to_char(r.month, 'YYYY-MM'), r.service_line, r.billings, r.net_revenue,
               k.cost, r.currency
        FROM {REVENUE} r JOIN clients_account a ON a.id = r.account_id
        LEFT JOIN {COST} k ON k.revenue_id = r.id
        ORDER BY a.code, r.month, r.service_line, r.currency"""
