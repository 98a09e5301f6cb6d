"""People of ours: who they are, where they work, what for, and to whom they report.

A row says how things stand from today on. What it changes of a post, a role or a line ends the day
before and begins anew; a post's own first day, given again, corrects it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.imports import columns as c
from kakehashi.imports import days, references, sorting, trees, writing
from kakehashi.imports.columns import Column
from kakehashi.imports.kinds import people_lines, people_posts, people_roles
from kakehashi.imports.kinds.kind import Derived, Kind, ends_after_it_starts
from kakehashi.imports.staging import TABLE
from kakehashi.imports.writing import Field, derived, texts
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

PERSON = "people_person"
FIELDS = [
    Field("handle", "s.login", decides=False),
    Field("name", "s.name"),
    *texts("name_kana", "name_en", "email"),
    Field("language", "s.language", "language", fresh="'ja'"),
    *derived("sort_key"),
    Field("side", fresh="'ours'"),
    Field("phone", fresh="''"),
]
_role_code = c.choice(RoleCode)


def role_and_office(value: str) -> str:
    """`role` or `role@OFFICE`: what somebody does, and where if not in their own office."""
    role, at, office = value.partition("@")
    if at and not office.strip():
        raise Unreadable(_("After @ stands the code of an office."))
    code = _role_code(role)
    return f"{code}@{c.text(40)(office)}" if at else code


class People(Kind):
    name = "people"
    english = "People"
    japanese = "社員"
    locks = ("policy_sight",)
    columns = (
        Column(
            "login",
            "Login",
            "ログイン名",
            c.login,
            required=True,
            also=("ログインID", "ユーザー名"),
        ),
        Column("name", "Name", "氏名", c.text(200), required=True, also=("名前",)),
        Column(
            "name_kana",
            "Reading",
            "フリガナ",
            c.text(200),
            also=("氏名カナ", "ふりがな", "カナ", "読み"),
        ),
        Column("name_en", "Name in English", "英語名", c.text(200), also=("氏名(英字)",)),
        Column("email", "E-mail", "メールアドレス", c.email, also=("メール",)),
        Column(
            "office", "Office", "所属組織", c.text(40), required=True, also=("所属", "組織コード")
        ),
        Column(
            "roles", "Roles", "役割", c.listed(role_and_office), type="text[]", also=("ロール",)
        ),
        Column("rank", "Rank", "ランク", c.rank, type="integer", also=("等級",)),
        Column("title", "Title", "役職", c.text(120), also=("肩書",)),
        Column("reports_to", "Reports to", "上司", c.login, also=("上長",)),
        Column("dotted_to", "Dotted line to", "兼務上司", c.listed(c.login), type="text[]"),
        Column("language", "Language", "言語", c.language),
        Column("starts_on", "From", "開始日", c.day, type="date", also=("着任日", "入社日")),
        Column("ends_on", "Until", "終了日", c.day, type="date", also=("離任日", "退社日")),
    )
    derived = (Derived("sort_key", sorting.within(200), ("name",), ("name_kana",)),)
    row_checks = (ends_after_it_starts,)
    extra = (("office_id", "uuid"), ("reports_to_id", "uuid"), *people_posts.EXTRA)

    def settle(self, stage: Stage) -> None:
        stage.reject_repeated("login", "lower(s.login)")
        self._match(stage)
        references.office(stage, "office")
        people_posts.settle(stage)
        if stage.has("roles"):
            people_roles.settle(stage)
        if stage.has("reports_to"):
            references.colleague(stage, "reports_to")
        if stage.has("dotted_to"):
            people_lines.settle_dotted(stage)
        stage.until_settled(
            lambda: trees.reject_orphans(stage, "reports_to"),
            lambda: people_lines.reject_orphans(stage),
            lambda: people_lines.reject_rings(stage),
            lambda: people_posts.reject_twice_at_once(stage),
            lambda: people_roles.reject_without_administrator(stage),
        )
        sorting.keep_readings(stage, PERSON, 200)
        writing.mark_changed(stage, PERSON, FIELDS)
        people_posts.mark_changed(stage)
        if stage.has("roles"):
            people_roles.plan(stage)
        people_lines.plan(stage)

    def _match(self, stage: Stage) -> None:
        stage.execute(
            f"UPDATE {TABLE} s SET id = t.id FROM {PERSON} t "
            "WHERE t.handle = s.login AND t.side = 'ours'"
        )
        stage.reject(
            "login",
            _("Somebody else signs in by this name."),
            f"SELECT line, login FROM {TABLE} WHERE login IN "
            f"(SELECT acting_taken_logins(ARRAY(SELECT login FROM {TABLE})))",
        )
        stage.identify()

    def write(self, stage: Stage) -> None:
        writing.update(stage, PERSON, FIELDS)
        writing.insert(stage, PERSON, FIELDS)
        people_posts.write(stage)
        if stage.has("roles"):
            people_roles.write(stage)
        people_lines.write(stage)
        stage.execute(
            f"SELECT acting_follow_employment(ARRAY(SELECT id FROM {TABLE} "
            "WHERE state IN ('new', 'changed') AND NOT rejected))"
        )

    def export_query(self) -> str:
        return f"""
        SELECT p.handle, p.name, p.name_kana, p.name_en, p.email, o.code,
               ARRAY(SELECT r.role || CASE WHEN r.office_id = e.office_id THEN ''
                                           ELSE '@' || x.code END
                     FROM people_role r JOIN people_office x ON x.id = r.office_id
                     WHERE r.person_id = p.id AND {days.not_over("r")}
                     GROUP BY r.role, r.office_id, x.code ORDER BY r.role, x.code),
               e.rank, e.title,
               (SELECT b.handle FROM people_reportingline l JOIN {PERSON} b ON b.id = l.superior_id
                WHERE l.person_id = p.id AND l.kind = 'solid'
                  AND {days.not_over("l")} ORDER BY l.starts_on LIMIT 1),
               ARRAY(SELECT DISTINCT b.handle FROM people_reportingline l
                     JOIN {PERSON} b ON b.id = l.superior_id
                     WHERE l.person_id = p.id AND l.kind = 'dotted' AND b.handle IS NOT NULL
                       AND {days.not_over("l")} ORDER BY b.handle),
               p.language, e.starts_on, e.ends_on
        FROM {PERSON} p
        JOIN LATERAL (SELECT e.* FROM people_employment e WHERE e.person_id = p.id
                      ORDER BY {people_posts.foremost()} LIMIT 1) e ON true
        JOIN people_office o ON o.id = e.office_id
        WHERE p.side = 'ours' AND p.handle IS NOT NULL
        ORDER BY p.handle"""
