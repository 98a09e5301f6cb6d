"""Commitments: what clients were promised, with the categories and competitors they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import now
from django.utils.translation import gettext as _

from kakehashi.base import numbers
from kakehashi.base.errors import Unreadable
from kakehashi.base.text import nfkc
from kakehashi.conflicts.queries.categories import load_vocabulary
from kakehashi.conflicts.terms import Level, Scope
from kakehashi.imports import columns as c
from kakehashi.imports import references, writing
from kakehashi.imports.columns import Column
from kakehashi.imports.kinds.companies import keys_of_names
from kakehashi.imports.kinds.kind import Derived, Kind, ends_after_it_starts
from kakehashi.imports.staging import TABLE
from kakehashi.imports.writing import Field

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

COMMITMENT = "conflicts_commitment"
CATEGORIES, COMPETITORS = "conflicts_commitmentcategory", "conflicts_namedcompetitor"
MOST_MONTHS = 1200
NONE = frozenset({"no", "none", "false", "0", "なし", "無", "無し", "いいえ", "-"})


def fields() -> list[Field]:
    return [
        Field("code", "s.code", decides=False),
        Field("account_id", "s.account_id"),
        Field("origin", fresh="'clause'"),
        Field("level", "s.level"),
        Field("scope", "s.scope", "scope", blank="'network'", fresh="'network'"),
        Field("starts_on", "s.starts_on"),
        Field("ends_on", "s.ends_on", "ends_on", blank="NULL"),
        Field("cooling_off_months", "s.cooling_off_months", "cooling_off_months", "0", "0"),
        Field(
            "personnel_barrier_months",
            "s.personnel_barrier_months",
            "personnel_barrier_months",
            "0",
            "0",
        ),
        *(
            Field(name, f"s.{name}::varchar[]", name, blank="'{}'", fresh="'{}'")
            for name in ("countries", "disciplines", "safeguards")
        ),
        Field("clause_text", fresh="''"),
        Field("clause_file", fresh="''"),
        Field("fee_currency", fresh="''"),
        Field("withdrawal", fresh="''"),
        Field("noted_by_id", fresh="acting_person()"),
        Field("noted_at", fresh=f"TIMESTAMPTZ '{now().isoformat()}'"),
    ]


def months(value: str) -> str:
    number = numbers.parse_integer(value)
    if not 0 <= number <= MOST_MONTHS:
        raise Unreadable(_("Write a number of months from 0 to 1200."))
    return str(number)


def safeguards(value: str) -> str:
    """What satisfies the clause; a plain no is none."""
    return "" if nfkc(value).casefold() in NONE else c.listed(c.text(300))(value)


class Commitments(Kind):
    name = "commitments"
    english = "Commitments"
    japanese = "排他約束"
    ability = "imports.load_conflicts"
    columns = (
        Column("code", "Code of the commitment", "排他約束コード", c.text(40), required=True,
               also=("コード",)),
        Column("account", "Account", "アカウント", c.text(40), required=True,
               also=("アカウントコード", "得意先コード")),
        Column("level", "Level", "対象の範囲", c.choice(Level), required=True),
        Column("categories", "Categories", "カテゴリー", c.listed(c.text(80)), type="text[]"),
        Column("competitors", "Competitors", "競合", c.listed(c.text(300)), type="text[]",
               also=("名指しの競合",)),
        Column("countries", "Countries", "国", c.listed(c.country), type="text[]"),
        Column("disciplines", "Disciplines", "業務領域", c.listed(c.text(60)), type="text[]"),
        Column("scope", "Binds", "拘束される範囲", c.choice(Scope)),
        Column("starts_on", "From", "開始日", c.day, type="date", required=True),
        Column("ends_on", "Until", "終了日", c.day, type="date"),
        Column("cooling_off_months", "Cooling-off in months", "終了後の冷却期間(か月)", months,
               type="integer", also=("冷却期間",)),
        Column("personnel_barrier_months", "Personnel barrier in months", "担当者の制限期間(か月)",
               months, type="integer", also=("担当者制限",)),
        Column("safeguards", "Safeguards that satisfy it", "足りるとされる防護措置", safeguards,
               type="text[]", also=("防護措置",)),
    )  # fmt: skip
    derived = (Derived("competitors_folded", keys_of_names, ("competitors",), type="text[]"),)
    row_checks = (ends_after_it_starts,)
    extra = (("account_id", "uuid"), ("final_ends_on", "date"))

    def settle(self, stage: Stage) -> None:
        references.account(stage, "account")
        stage.reject_repeated("code")
        stage.execute(f"UPDATE {TABLE} s SET id = t.id FROM {COMMITMENT} t WHERE t.code = s.code")
        stage.identify()
        ends = "s.ends_on" if stage.has("ends_on") else "t.ends_on"
        stage.reject(
            "starts_on",
            _("The last day comes before the first."),
            f"SELECT s.line, s.starts_on FROM {TABLE} s LEFT JOIN {COMMITMENT} t ON t.id = s.id "
            f"WHERE {ends} < s.starts_on AND NOT s.rejected",
        )
        self._place_categories(stage)
        stage.reject(
            "level",
            _("Say which categories or competitors it keeps out."),
            f"SELECT line, level FROM {TABLE} WHERE level IN ('brand', 'category') "
            "AND categories IS NULL AND competitors IS NULL AND NOT rejected",
        )
        writing.mark_changed(stage, COMMITMENT, fields())
        self._mark_other_lists(stage)

    def _place_categories(self, stage: Stage) -> None:
        """Which category each word means; a word that means none rejects its row."""
        meanings = load_vocabulary().meanings
        stage.execute("DROP TABLE IF EXISTS import_meaning")
        stage.execute(
            "CREATE TEMPORARY TABLE import_meaning ON COMMIT DROP AS "
            "SELECT word, category_id FROM unnest(%s::text[], %s::uuid[]) AS w(word, category_id)",
            [[*meanings], [*meanings.values()]],
        )
        stage.make(
            "import_category",
            f"SELECT DISTINCT s.line, s.id, w.label, m.category_id FROM {TABLE} s "
            "CROSS JOIN LATERAL unnest(s.categories) AS w(label) "
            "LEFT JOIN import_meaning m ON m.word = w.label",
        )
        stage.reject(
            "categories",
            _("No category is called so. Write its scheme and code, such as iab:1137."),
            "SELECT line, min(label) FROM import_category WHERE category_id IS NULL GROUP BY line",
        )

    def _mark_other_lists(self, stage: Stage) -> None:
        """Rows whose categories or competitors are others than those that stand."""
        if stage.has("categories"):
            self._mark(
                stage,
                "SELECT i.category_id FROM import_category i WHERE i.line = s.line",
                f"SELECT t.category_id FROM {CATEGORIES} t WHERE t.commitment_id = s.id",
            )
        if stage.has("competitors"):
            self._mark(
                stage,
                "SELECT w.name::varchar FROM unnest(s.competitors) AS w(name)",
                f"SELECT t.name FROM {COMPETITORS} t WHERE t.commitment_id = s.id",
            )

    def _mark(self, stage: Stage, given: str, standing: str) -> None:
        stage.execute(
            f"UPDATE {TABLE} s SET state = 'changed' WHERE s.state = 'same' AND NOT s.rejected "
            f"AND (EXISTS ({given} EXCEPT {standing}) OR EXISTS ({standing} EXCEPT {given}))"
        )

    def write(self, stage: Stage) -> None:
        writing.update(stage, COMMITMENT, fields())
        writing.insert(stage, COMMITMENT, fields())
        touched = f"SELECT id FROM {TABLE} WHERE state <> 'same' AND NOT rejected"
        if stage.has("categories"):
            stage.execute(
                f"DELETE FROM {CATEGORIES} t WHERE t.commitment_id IN ({touched}) AND NOT EXISTS "
                "(SELECT FROM import_category i WHERE i.id = t.commitment_id "
                "AND i.category_id = t.category_id)"
            )
            stage.execute(
                f"INSERT INTO {CATEGORIES} (id, commitment_id, category_id) "
                "SELECT acting_fresh_id(), i.id, i.category_id FROM "
                f"(SELECT DISTINCT id, category_id FROM import_category WHERE id IN ({touched})) i "
                f"ON CONFLICT (commitment_id, category_id) DO NOTHING"
            )
        if stage.has("competitors"):
            self._write_competitors(stage, touched)

    def _write_competitors(self, stage: Stage, touched: str) -> None:
        stage.execute(
            f"DELETE FROM {COMPETITORS} t USING {TABLE} s WHERE s.id = t.commitment_id "
            f"AND t.commitment_id IN ({touched}) "
            "AND t.name <> ALL (coalesce(s.competitors, '{}'))"
        )
        stage.execute(
            f"""
            INSERT INTO {COMPETITORS} (id, commitment_id, name, folded, company_id, brand_id)
            SELECT acting_fresh_id(), s.id, w.name, w.folded,
                   CASE WHEN s.level = 'brand' AND b.hits = 1 THEN NULL
                        WHEN c.hits = 1 THEN c.id END,
                   CASE WHEN b.hits = 1 AND (s.level = 'brand' OR c.hits <> 1) THEN b.id END
            FROM {TABLE} s
            CROSS JOIN LATERAL unnest(s.competitors, s.competitors_folded) AS w(name, folded)
            CROSS JOIN LATERAL ({meant_company("w.name", "w.folded")}) c
            CROSS JOIN LATERAL (
              SELECT min(b.id::text)::uuid AS id, count(*) AS hits FROM clients_brand b
              WHERE b.folded = w.folded) b
            WHERE s.id IN ({touched})
            ON CONFLICT (commitment_id, name) DO NOTHING"""
        )

    def export_query(self) -> str:
        return f"""
        SELECT t.code, a.code, t.level,
               ARRAY(SELECT h.code || ':' || k.code FROM {CATEGORIES} g
                     JOIN conflicts_category k ON k.id = g.category_id
                     JOIN conflicts_scheme h ON h.id = k.scheme_id
                     WHERE g.commitment_id = t.id ORDER BY 1),
               ARRAY(SELECT n.name::text FROM {COMPETITORS} n WHERE n.commitment_id = t.id
                     ORDER BY 1),
               t.countries::text[], t.disciplines::text[], t.scope, t.starts_on, t.ends_on,
               t.cooling_off_months, t.personnel_barrier_months, t.safeguards::text[]
        FROM {COMMITMENT} t JOIN clients_account a ON a.id = t.account_id
        WHERE t.withdrawn_at IS NULL AND t.origin = 'clause' ORDER BY t.code"""


def meant_company(name: str, folded: str) -> str:
    """The company that a name means, and how many it could mean."""
    return f"""
      SELECT min(c.id::text)::uuid AS id, count(*) AS hits FROM (
        SELECT id FROM clients_company
        WHERE code = {name} OR corporate_number = {name} OR lei = upper({name})
        UNION SELECT id FROM clients_company WHERE folded = {folded}
        UNION SELECT company_id FROM clients_companyname WHERE folded = {folded}) c"""
