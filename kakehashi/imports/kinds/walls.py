"""Walls: who is denied which account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import now
from django.utils.translation import gettext as _

from kakehashi.imports import columns as c
from kakehashi.imports import days, references, writing
from kakehashi.imports.columns import NOTHING, Column
from kakehashi.imports.kinds.kind import Kind, Objections, Positions, RowCheck
from kakehashi.imports.staging import TABLE
from kakehashi.imports.writing import Field

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

WALL, DENIAL = "conflicts_wall", "conflicts_denial"


def reviewed_after_it_starts(position: Positions) -> RowCheck | None:
    if not {"starts_on", "review_on"} <= position.keys():
        return None
    first, review = position["starts_on"], position["review_on"]

    def check(values: list[str]) -> Objections:
        if NOTHING not in (values[first], values[review]) and values[review] < values[first]:
            yield "review_on", _("The review comes before the first day.")

    return check


def fields() -> list[Field]:
    """A row without a first day holds at once: from today on, where the account is led."""
    today = (
        f"(SELECT {days.today_in('o.timezone')} FROM clients_account a "
        "JOIN people_office o ON o.id = a.lead_office_id WHERE a.id = s.account_id)"
    )
    return [
        Field("wall_id", "s.wall_id", decides=False),
        Field("account_id", "s.account_id", decides=False),
        Field("person_id", "s.person_id", decides=False),
        Field("starts_on", "s.starts_on", "starts_on", fresh=today),
        Field("review_on", "s.review_on", "review_on", blank="NULL"),
        Field("reason", "s.reason", "reason", blank="''", fresh="''"),
        Field("made_by_id", fresh="acting_person()"),
        Field("made_at", fresh=f"TIMESTAMPTZ '{now().isoformat()}'"),
        Field("lift_reason", fresh="''"),
    ]


class Walls(Kind):
    name = "walls"
    english = "Walls"
    japanese = "情報障壁"
    ability = "imports.load_walls"
    locks = ("policy_sight",)
    columns = (
        Column("name", "Wall", "情報障壁", c.text(200), required=True, also=("情報障壁名", "名称")),
        Column(
            "account",
            "Account",
            "アカウント",
            c.text(40),
            required=True,
            also=("アカウントコード", "得意先コード"),
        ),
        Column("person", "Person", "対象者", c.login, required=True, also=("ログイン名",)),
        Column("starts_on", "From", "開始日", c.day, type="date"),
        Column("review_on", "Review on", "見直し日", c.day, type="date"),
        Column("reason", "Reason", "理由", c.prose),
    )
    row_checks = (reviewed_after_it_starts,)
    extra = (("account_id", "uuid"), ("person_id", "uuid"), ("wall_id", "uuid"))

    def settle(self, stage: Stage) -> None:
        references.account(stage, "account")
        references.person(stage, "person")
        stage.reject_repeated(
            "person", "s.name", "s.account_id", "s.person_id",
            among="s.account_id IS NOT NULL AND s.person_id IS NOT NULL",
        )  # fmt: skip
        stage.execute(f"UPDATE {TABLE} s SET wall_id = t.id FROM {WALL} t WHERE t.name = s.name")
        stage.execute(
            f"UPDATE {TABLE} s SET id = t.id FROM {DENIAL} t WHERE t.wall_id = s.wall_id "
            "AND t.account_id = s.account_id AND t.person_id = s.person_id AND t.lifted_at IS NULL"
        )
        stage.identify()
        writing.mark_changed(stage, DENIAL, fields())

    def write(self, stage: Stage) -> None:
        stage.make(
            "import_wall",
            f"SELECT name, acting_fresh_id() AS id FROM {TABLE} "
            "WHERE wall_id IS NULL AND NOT rejected GROUP BY name",
        )
        stage.execute(
            f"INSERT INTO {WALL} (id, version, name) "
            "SELECT id, 1, name FROM import_wall ORDER BY name"
        )
        stage.execute(
            f"UPDATE {TABLE} s SET wall_id = w.id FROM import_wall w "
            "WHERE w.name = s.name AND s.wall_id IS NULL"
        )
        writing.update(stage, DENIAL, fields())
        writing.insert(stage, DENIAL, fields())

    def export_query(self) -> str:
        return f"""
        SELECT w.name, a.code, p.handle, t.starts_on, t.review_on, t.reason
        FROM {DENIAL} t JOIN {WALL} w ON w.id = t.wall_id
        JOIN clients_account a ON a.id = t.account_id JOIN people_person p ON p.id = t.person_id
        WHERE t.lifted_at IS NULL AND p.handle IS NOT NULL
        ORDER BY w.name, a.code, p.handle"""
