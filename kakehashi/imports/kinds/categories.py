"""Categories of what is advertised, one scheme at a time: ours, the IAB's, anybody's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.conflicts.queries.categories import OWN
from kakehashi.conflicts.taxonomy import Entry, placed
from kakehashi.imports import columns as c
from kakehashi.imports import writing
from kakehashi.imports.columns import Column
from kakehashi.imports.kinds.kind import Kind
from kakehashi.imports.staging import TABLE
from kakehashi.imports.writing import Field

if TYPE_CHECKING:
    from kakehashi.conflicts.taxonomy import Taxonomy
    from kakehashi.imports.staging import Stage

SCHEME, CATEGORY = "conflicts_scheme", "conflicts_category"
TIERS = ("tier_1", "tier_2", "tier_3")
KNOWN = {
    "iab": ("IAB Tech Lab Ad Product Taxonomy 2.0", "IAB Tech Lab, CC BY 3.0"),
    OWN: ("架け橋の分類", "Kakehashi"),
}
CODE_OF_SCHEME = re.compile(r"[a-z][a-z0-9_-]{0,19}")
FIELDS = [
    Field("scheme_id", "s.scheme_id", decides=False),
    Field("code", "s.code", decides=False),
    Field("name", "s.final_name"),
    Field("name_en", "s.name_en", "name_en", blank="''", fresh="''"),
    Field("parent_id", "s.parent_id", blank="NULL"),
    Field("lineage", "s.lineage"),
    Field("place", "s.line", decides=False),
]


def scheme_code(value: str) -> str:
    """The code of a scheme: what stands before the colon in `iab:1137`."""
    code = c.text(20)(value)
    if not CODE_OF_SCHEME.fullmatch(code):
        raise Unreadable(_("A scheme's code is written in small letters, such as iab."))
    return code


class Categories(Kind):
    name = "categories"
    english = "Categories"
    japanese = "カテゴリー"
    ability = "imports.load_conflicts"
    columns = (
        Column("scheme", "Scheme", "カテゴリー体系", scheme_code, required=True),
        Column(
            "code",
            "Code",
            "カテゴリーコード",
            c.text(40),
            required=True,
            also=("Unique ID", "コード"),
        ),
        Column("parent", "Parent", "上位カテゴリー", c.text(40), also=("Parent ID",)),
        Column("name", "Name", "カテゴリー名", c.text(200), required=True, also=("名称",)),
        Column("name_en", "Name in English", "英語名", c.text(200)),
        Column("tier_1", "Tier 1", "第1階層", c.text(200)),
        Column("tier_2", "Tier 2", "第2階層", c.text(200)),
        Column("tier_3", "Tier 3", "第3階層", c.text(200)),
    )
    extra = (
        ("scheme_id", "uuid"),
        ("final_name", "text"),
        ("parent_id", "uuid"),
        ("lineage", "uuid[]"),
    )

    def settle(self, stage: Stage) -> None:
        stage.reject_repeated("code", "s.scheme", "s.code")
        stage.execute(
            f"UPDATE {TABLE} s SET scheme_id = t.id FROM {SCHEME} t WHERE t.code = s.scheme"
        )
        stage.execute(
            f"UPDATE {TABLE} s SET id = t.id FROM {CATEGORY} t "
            "WHERE t.scheme_id = s.scheme_id AND t.code = s.code"
        )
        stage.identify()
        for (scheme,) in stage.fetch(f"SELECT DISTINCT scheme FROM {TABLE} ORDER BY scheme"):
            self._place(stage, scheme)
        writing.mark_changed(stage, CATEGORY, FIELDS)

    def _place(self, stage: Stage, scheme: str) -> None:
        """The tree of one scheme, repaired where the file contradicts itself."""
        tiers = ", ".join(f"coalesce({name}, '')" for name in TIERS)
        rows = stage.fetch(
            f"SELECT line, code, coalesce(parent, ''), name, id, {tiers} FROM {TABLE} "
            "WHERE scheme = %s AND NOT rejected ORDER BY line",
            [scheme],
        )
        found = placed(
            Entry(line, code, parent, name, tuple(tier for tier in path if tier))
            for line, code, parent, name, _pk, *path in rows
        )
        for repair in found.repairs:
            stage.repair(repair.line, repair.column, repair.value, repair.became, repair.reason)
        for fault in found.faults:
            stage.reject(
                fault.column,
                fault.reason,
                "SELECT %s::integer, %s::text",
                [fault.line, fault.value],
            )
        self._keep_places(stage, scheme, found, {row[1]: row[4] for row in rows})

    def _keep_places(
        self, stage: Stage, scheme: str, found: Taxonomy, ids: dict[str, object]
    ) -> None:
        codes = [code for code in found.parents if found.way_to(code)]
        ways = [[ids[step] for step in found.way_to(code)] for code in codes]
        written = ["{" + ",".join(map(str, way)) + "}" for way in ways]
        stage.execute(
            f"UPDATE {TABLE} s SET final_name = w.name, lineage = w.way::uuid[], "
            "parent_id = CASE WHEN cardinality(w.way::uuid[]) > 1 "
            "THEN (w.way::uuid[])[cardinality(w.way::uuid[]) - 1] END "
            "FROM unnest(%s::text[], %s::text[], %s::text[]) AS w(code, name, way) "
            "WHERE s.scheme = %s AND s.code = w.code",
            [codes, [found.names[code] for code in codes], written, scheme],
        )

    def write(self, stage: Stage) -> None:
        stage.execute(
            f"INSERT INTO {SCHEME} (id, version, code, name, name_en, source) "
            "SELECT acting_fresh_id(), 1, w.scheme, coalesce(k.name, w.scheme), '', "
            "coalesce(k.source, '') FROM (SELECT DISTINCT scheme "
            f"FROM {TABLE} WHERE scheme_id IS NULL AND NOT rejected) w "
            "LEFT JOIN unnest(%s::text[], %s::text[], %s::text[]) AS k(code, name, source) "
            "ON k.code = w.scheme",
            [[*KNOWN], *map(list, zip(*KNOWN.values(), strict=True))],
        )
        stage.execute(
            f"UPDATE {TABLE} s SET scheme_id = t.id FROM {SCHEME} t WHERE t.code = s.scheme"
        )
        writing.update(stage, CATEGORY, FIELDS)
        writing.insert(
            stage,
            CATEGORY,
            FIELDS,
            rows=f"{TABLE} s WHERE s.state = 'new' AND NOT s.rejected "
            "ORDER BY cardinality(s.lineage), s.line",
        )

    def export_query(self) -> str:
        return f"""
        SELECT h.code, t.code, p.code, t.name, t.name_en, NULL, NULL, NULL
        FROM {CATEGORY} t JOIN {SCHEME} h ON h.id = t.scheme_id
        LEFT JOIN {CATEGORY} p ON p.id = t.parent_id
        ORDER BY h.code, t.place, t.code"""
