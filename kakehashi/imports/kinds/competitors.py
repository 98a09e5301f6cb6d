"""Declared competitors: two companies, on file or by name, and on which ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import now
from django.utils.translation import gettext as _

from kakehashi.imports import columns as c
from kakehashi.imports import writing
from kakehashi.imports.columns import Column
from kakehashi.imports.kinds.commitments import meant_company
from kakehashi.imports.kinds.companies import key_of_name
from kakehashi.imports.kinds.kind import Derived, Kind
from kakehashi.imports.staging import TABLE
from kakehashi.imports.writing import Field

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

RIVALRY = "conflicts_rivalry"
SIDES = ("company_a", "company_b")
PARTS = (("id", "uuid"), ("name", "text"), ("folded", "text"), ("hits", "bigint"))
PAIR = (
    "least(s.company_a_folded, s.company_b_folded)",
    "greatest(s.company_a_folded, s.company_b_folded)",
)


def fields() -> list[Field]:
    return [
        Field("kind", fresh="'company'"),
        *(
            Field(f"{side}_{part}", f"s.{column}_{part}", decides=False)
            for side, column in zip(("one", "other"), SIDES, strict=True)
            for part in ("name", "folded")
        ),
        *(
            Field(f"{side}_company_id", f"s.{column}_id", decides=False)
            for side, column in zip(("one", "other"), SIDES, strict=True)
        ),
        Field("ground", "s.ground", "ground", blank="''", fresh="''"),
        Field("competing", fresh="true"),
        Field("strength", fresh="'direct'"),
        Field("declared_by_id", fresh="acting_person()"),
        Field("declared_at", fresh=f"TIMESTAMPTZ '{now().isoformat()}'"),
    ]


class Competitors(Kind):
    name = "competitors"
    english = "Competitors"
    japanese = "競合関係"
    ability = "imports.load_conflicts"
    columns = (
        Column(
            "company_a", "One company", "会社A", c.text(300), required=True, also=("Company A",)
        ),
        Column(
            "company_b", "Other company", "会社B", c.text(300), required=True, also=("Company B",)
        ),
        Column("ground", "Ground", "根拠", c.prose, also=("理由",)),
    )
    derived = tuple(Derived(f"{side}_key", key_of_name, (side,)) for side in SIDES)
    extra = tuple((f"{side}_{part}", type_) for side in SIDES for part, type_ in PARTS)

    def settle(self, stage: Stage) -> None:
        for side in SIDES:
            self._find(stage, side)
        stage.reject(
            "company_b",
            _("A company does not compete with itself."),
            f"SELECT line, company_b FROM {TABLE} WHERE company_a_folded = company_b_folded",
        )
        stage.reject_repeated("company_b", *PAIR, among="NOT s.rejected")
        stage.execute(
            f"UPDATE {TABLE} s SET id = t.id FROM {RIVALRY} t WHERE t.kind = 'company' AND "
            "((t.one_folded = s.company_a_folded AND t.other_folded = s.company_b_folded) OR "
            "(t.one_folded = s.company_b_folded AND t.other_folded = s.company_a_folded))"
        )
        stage.reject(
            "company_b",
            _("These two are declared not to compete. Change that first."),
            f"SELECT s.line, s.company_b FROM {TABLE} s JOIN {RIVALRY} t ON t.id = s.id "
            "WHERE NOT t.competing AND NOT s.rejected",
        )
        stage.identify()
        writing.mark_changed(stage, RIVALRY, fields())

    def _find(self, stage: Stage, side: str) -> None:
        """The company a cell means. Rivals are often not on file, and keep their name."""
        stage.execute(
            f"""
            UPDATE {TABLE} s SET {side}_hits = f.hits,
                   {side}_id = CASE WHEN f.hits = 1 THEN f.id END,
                   {side}_name = coalesce(CASE WHEN f.hits = 1 THEN k.name END, s.{side}),
                   {side}_folded = coalesce(CASE WHEN f.hits = 1 THEN k.folded END, s.{side}_key)
            FROM {TABLE} r
            CROSS JOIN LATERAL ({meant_company(f"r.{side}", f"r.{side}_key")}) f
            LEFT JOIN clients_company k ON k.id = f.id
            WHERE r.line = s.line"""
        )
        stage.reject(
            side,
            _("Several companies have this name. Write the code or the corporate number."),
            f"SELECT line, {side} FROM {TABLE} WHERE {side}_hits > 1",
        )

    def write(self, stage: Stage) -> None:
        stage.execute(
            f"UPDATE {RIVALRY} t SET ground = coalesce(s.ground, ''), version = t.version + 1 "
            f"FROM {TABLE} s WHERE t.id = s.id AND s.state = 'changed' AND NOT s.rejected"
        )
        writing.insert(stage, RIVALRY, fields())

    def export_query(self) -> str:
        def side(name: str) -> str:
            return f"coalesce({name}.code, {name}.corporate_number, t.{name}_name)"

        return f"""
        SELECT {side("one")}, {side("other")}, t.ground
        FROM {RIVALRY} t LEFT JOIN clients_company one ON one.id = t.one_company_id
        LEFT JOIN clients_company other ON other.id = t.other_company_id
        WHERE t.kind = 'company' AND t.competing ORDER BY 1, 2"""
