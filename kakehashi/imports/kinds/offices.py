"""Offices: the agency's tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.imports import columns as c
from kakehashi.imports import references, trees, writing
from kakehashi.imports.columns import Column
from kakehashi.imports.kinds.kind import Kind
from kakehashi.imports.staging import TABLE
from kakehashi.imports.writing import Field, texts
from kakehashi.people.models import Office

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

OFFICE = "people_office"
FIELDS = [
    Field("code", "s.code", decides=False),
    Field("name", "s.name"),
    *texts("name_en", "country"),
    Field("parent_id", "s.parent_id", "parent", blank="NULL"),
    Field(
        "kind",
        "s.kind",
        "kind",
        fresh="CASE WHEN s.parent_id IS NULL THEN 'agency' ELSE 'department' END",
    ),
    Field("timezone", "s.timezone", "timezone", fresh="'Asia/Tokyo'"),
]


class Offices(Kind):
    name = "offices"
    english = "Offices"
    japanese = "組織"
    locks = ("policy_sight",)
    columns = (
        Column(
            "code",
            "Office code",
            "組織コード",
            c.text(40),
            required=True,
            also=("コード", "部署コード", "拠点コード"),
        ),
        Column(
            "name", "Name", "組織名", c.text(200), required=True, also=("名称", "部署名", "拠点名")
        ),
        Column("name_en", "Name in English", "英語名", c.text(200), also=("組織名(英語)",)),
        Column("parent", "Part of", "上位組織", c.text(200), also=("上位組織コード",)),
        Column("kind", "Kind of office", "組織区分", c.choice(Office.Kind), also=("種別",)),
        Column("country", "Country", "国", c.country),
        Column("timezone", "Time zone", "タイムゾーン", c.time_zone),
    )
    extra = references.staged("parent")

    def settle(self, stage: Stage) -> None:
        stage.reject_repeated("code")
        stage.execute(f"UPDATE {TABLE} s SET id = t.id FROM {OFFICE} t WHERE t.code = s.code")
        stage.identify()
        if stage.has("parent"):
            references.office_above(stage, "parent")
        stage.until_settled(
            lambda: trees.reject_rings(stage, "parent", OFFICE),
            lambda: trees.reject_orphans(stage, "parent"),
        )
        writing.mark_changed(stage, OFFICE, FIELDS)

    def write(self, stage: Stage) -> None:
        writing.update(stage, OFFICE, FIELDS)
        writing.insert(stage, OFFICE, FIELDS)

    def export_query(self) -> str:
        return f"""
        SELECT t.code, t.name, t.name_en, p.code, t.kind, t.country, t.timezone
        FROM {OFFICE} t LEFT JOIN {OFFICE} p ON p.id = t.parent_id
        ORDER BY t.code"""
