"""Companies as public registers know them, found by code, corporate number, LEI or name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.base.text import folded_name
from kakehashi.imports import columns as c
from kakehashi.imports import references, sorting, trees, writing
from kakehashi.imports.columns import Column
from kakehashi.imports.kinds.kind import Derived, Kind
from kakehashi.imports.staging import TABLE
from kakehashi.imports.writing import Field, derived, texts

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

COMPANY, NAMES = "clients_company", "clients_companyname"
IDENTIFIERS = ("code", "corporate_number", "lei")
FIELDS = [
    *(Field(name, f"s.{name}", name) for name in IDENTIFIERS),
    Field("name", "s.name"),
    *texts("name_kana", "name_en", "country", "address", "industry", "fiscal_year_end"),
    *derived("folded", "sort_key"),
    Field("parent_id", "s.parent_id", "parent", blank="NULL"),
    Field("registration_number", fresh="''"),
]
NO_IDENTIFIER = " AND ".join(f"{{row}}.{name} IS NULL" for name in IDENTIFIERS)


def key_of_name(name: str) -> str:
    return folded_name(name)[:300]


def keys_of_names(written: str) -> str:
    return c.array([key_of_name(name) for name in c.items_of(written)])


class Companies(Kind):
    name = "companies"
    english = "Companies"
    japanese = "会社"
    locks = ("clients_company_tree",)
    columns = (
        Column("code", "Company code", "会社コード", c.text(40), also=("コード", "企業コード")),
        Column("corporate_number", "Corporate number", "法人番号", c.corporate_number),
        Column(
            "name",
            "Name",
            "会社名",
            c.text(300),
            required=True,
            also=("名称", "企業名", "商号", "社名"),
        ),
        Column(
            "name_kana",
            "Reading",
            "フリガナ",
            c.text(300),
            also=("会社名カナ", "カナ", "ふりがな", "読み"),
        ),
        Column(
            "name_en", "Name in English", "英語名", c.text(300), also=("英文社名", "会社名(英語)")
        ),
        Column("aliases", "Aliases", "別名", c.listed(c.text(300)), type="text[]", also=("通称",)),
        Column("parent", "Parent company", "親会社", c.text(300)),
        Column("lei", "LEI", "取引主体識別子", c.lei),
        Column("country", "Country", "国", c.country),
        Column("address", "Address", "所在地", c.text(500), also=("住所",)),
        Column("industry", "Industry", "業種", c.text(120)),
        Column("fiscal_year_end", "Fiscal year end", "決算日", c.year_end, also=("決算期", "決算")),
    )
    derived = (
        Derived("folded", key_of_name, ("name",)),
        Derived("sort_key", sorting.within(300), ("name",), ("name_kana",)),
        Derived("aliases_folded", keys_of_names, ("aliases",), type="text[]"),
        Derived("parent_folded", key_of_name, ("parent",)),
    )
    extra = references.staged("parent")

    def settle(self, stage: Stage) -> None:
        stage.index("id", "folded", *IDENTIFIERS)
        for name in IDENTIFIERS:
            stage.reject_repeated(name)
        stage.reject_repeated("name", "s.folded", among=NO_IDENTIFIER.format(row="s"))
        self._match_identifiers(stage)
        self._match_names(stage)
        stage.reject(
            "name",
            _("Row %(row)s of this file is the same company."),
            "SELECT line, name, first FROM (SELECT s.line, s.name, "
            f"min(s.line) OVER (PARTITION BY s.id) AS first FROM {TABLE} s "
            "WHERE s.id IS NOT NULL AND NOT s.rejected) k WHERE first < line",
        )
        stage.identify()
        if stage.has("parent"):
            stage.execute(f"ANALYZE {TABLE}")
            references.company(stage, "parent", of_this_file=True)
        stage.until_settled(
            lambda: trees.reject_rings(stage, "parent", COMPANY),
            lambda: trees.reject_orphans(stage, "parent"),
        )
        sorting.keep_readings(stage, COMPANY, 300)
        self._mark_changed(stage)

    def _match_identifiers(self, stage: Stage) -> None:
        """By code, else corporate number, else LEI; none where they name different companies."""
        hits = " UNION ALL ".join(
            f"SELECT s.line, t.id, {place} AS place, t.code, t.corporate_number, t.lei "
            f"FROM {TABLE} s JOIN {COMPANY} t ON t.{name} = s.{name}"
            for place, name in enumerate(IDENTIFIERS)
        )
        stage.make("import_hit", hits)
        stage.reject(
            "name",
            _("Its code, corporate number and LEI belong to different companies."),
            f"SELECT line, (SELECT name FROM {TABLE} s WHERE s.line = h.line) FROM import_hit h "
            "GROUP BY line HAVING count(DISTINCT id) > 1",
        )
        for place, name in enumerate(IDENTIFIERS[:2]):
            stage.reject(
                name,
                _("Another number of this row belongs to a company that has a different one here."),
                f"SELECT s.line, s.{name} FROM {TABLE} s JOIN import_hit h USING (line) "
                f"WHERE h.{name} <> s.{name} AND NOT EXISTS (SELECT FROM import_hit b "
                f"WHERE b.line = s.line AND b.place <= {place})",
            )
        stage.execute(f"UPDATE {TABLE} s SET id = h.id FROM import_hit h WHERE h.line = s.line")

    def _match_names(self, stage: Stage) -> None:
        """By name: a row without identifiers, or a company that stands without any.

        Where the file has identifiers at all, a row without one means the company without one.
        """
        bare, known = NO_IDENTIFIER.format(row="s"), NO_IDENTIFIER.format(row="t")
        prefer = f"({known})" if any(stage.has(name) for name in IDENTIFIERS) else "true"
        stage.make(
            "import_hit",
            f"""
            SELECT line, id FROM (
              SELECT s.line, t.id, rank() OVER (PARTITION BY s.line ORDER BY {prefer} DESC) AS place
              FROM {TABLE} s JOIN {COMPANY} t ON t.folded = s.folded
              WHERE s.id IS NULL AND NOT s.rejected AND (({bare}) OR ({known}))
            ) k WHERE place = 1""",
        )
        stage.reject(
            "name",
            _("Several companies have this name. Write the code or the corporate number."),
            f"SELECT s.line, s.name FROM {TABLE} s JOIN import_hit h USING (line) "
            "GROUP BY s.line, s.name HAVING count(*) > 1",
        )
        stage.execute(
            f"UPDATE {TABLE} s SET id = h.id FROM import_hit h "
            "WHERE h.line = s.line AND NOT s.rejected"
        )

    def _mark_changed(self, stage: Stage) -> None:
        writing.mark_changed(stage, COMPANY, FIELDS)
        if stage.has("aliases"):
            stage.execute(
                f"""
                UPDATE {TABLE} s SET state = 'changed' WHERE s.state = 'same' AND NOT s.rejected
                AND ARRAY(SELECT unnest(coalesce(s.aliases, '{{}}')) ORDER BY 1)
                 <> ARRAY(SELECT n.name::text FROM {NAMES} n WHERE n.company_id = s.id
                          AND n.kind = 'alias' ORDER BY 1)"""
            )

    def write(self, stage: Stage) -> None:
        self._keep_former_names(stage)
        writing.update(stage, COMPANY, FIELDS)
        writing.insert(stage, COMPANY, FIELDS)
        if stage.has("aliases"):
            self._write_aliases(stage)

    def _keep_former_names(self, stage: Stage) -> None:
        """A name that changes, in more than its spelling, is kept as a former one."""
        stage.execute(
            f"""
            INSERT INTO {NAMES} (id, company_id, kind, name, folded, until)
            SELECT acting_fresh_id(), t.id, 'former', t.name, t.folded, %s
            FROM {TABLE} s JOIN {COMPANY} t ON t.id = s.id
            WHERE s.state = 'changed' AND NOT s.rejected AND t.folded <> s.folded
            ON CONFLICT DO NOTHING""",
            [localdate()],
        )

    def _write_aliases(self, stage: Stage) -> None:
        stage.execute(
            f"""
            DELETE FROM {NAMES} n USING {TABLE} s WHERE n.company_id = s.id AND n.kind = 'alias'
            AND s.state = 'changed' AND NOT s.rejected
            AND n.name <> ALL (coalesce(s.aliases, '{{}}'))"""
        )
        stage.execute(
            f"""
            INSERT INTO {NAMES} (id, company_id, kind, name, folded)
            SELECT acting_fresh_id(), s.id, 'alias', a.name, a.folded
            FROM {TABLE} s CROSS JOIN LATERAL unnest(s.aliases, s.aliases_folded) AS a(name, folded)
            WHERE s.state IN ('new', 'changed') AND NOT s.rejected
            ON CONFLICT DO NOTHING"""
        )

    def export_query(self) -> str:
        return f"""
        SELECT t.code, t.corporate_number, t.name, t.name_kana, t.name_en,
               ARRAY(SELECT n.name::text FROM {NAMES} n
                     WHERE n.company_id = t.id AND n.kind = 'alias' ORDER BY n.name),
               coalesce(p.code, p.corporate_number, p.lei, p.name),
               t.lei, t.country, t.address, t.industry, t.fiscal_year_end
        FROM {COMPANY} t LEFT JOIN {COMPANY} p ON p.id = t.parent_id
        ORDER BY t.sort_key, t.id"""
