"""Seats: who serves an account, as what, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.clients.rules import not_available
from kakehashi.conflicts import because
from kakehashi.conflicts.queries import seating
from kakehashi.imports import columns as c
from kakehashi.imports import days, references, writing
from kakehashi.imports.columns import Column
from kakehashi.imports.kinds.kind import Kind, ends_after_it_starts
from kakehashi.imports.staging import TABLE
from kakehashi.imports.writing import Field
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

SEAT = "clients_seat"
KEY = ("account_id", "person_id", "role", "starts_on")
FIELDS = [
    *(Field(name, f"s.{name}", decides=False) for name in KEY),
    Field("ends_on", "s.ends_on", "ends_on", blank="NULL"),
    Field("share", "s.share", "share", blank="NULL"),
    Field("lead", "s.lead", "lead", fresh="false"),
]


def _what_can_be_done() -> str:
    return _(
        "Permit the seat under “Who could staff this?” until a day, say that the two do not"
        " compete, or mark the category as too broad to compare."
    )


class Seats(Kind):
    name = "seats"
    english = "Seats"
    japanese = "担当"
    locks = ("policy_sight",)
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
            "person",
            "Person",
            "担当者",
            c.login,
            required=True,
            also=("ログイン名", "担当者ログイン名"),
        ),
        Column("role", "Role", "役割", c.choice(RoleCode), required=True, also=("ロール",)),
        Column("starts_on", "From", "開始日", c.day, type="date", required=True),
        Column("ends_on", "Until", "終了日", c.day, type="date"),
        Column(
            "share",
            "Share of working time",
            "稼働割合",
            c.share,
            type="numeric(4,3)",
            also=("工数割合",),
        ),
        Column("lead", "Lead", "主担当", c.yes_no, type="boolean"),
    )
    row_checks = (ends_after_it_starts,)
    extra = (
        ("account_id", "uuid"),
        ("person_id", "uuid"),
        ("final_ends_on", "date"),
        ("final_lead", "boolean"),
    )

    def settle(self, stage: Stage) -> None:
        references.account(stage, "account")
        references.person(stage, "person")
        stage.reject_repeated(
            "person", "s.account_id", "s.person_id", "s.role", "s.starts_on",
            among="s.account_id IS NOT NULL AND s.person_id IS NOT NULL",
        )  # fmt: skip
        same = " AND ".join(f"t.{name} = s.{name}" for name in KEY)
        stage.execute(f"UPDATE {TABLE} s SET id = t.id FROM {SEAT} t WHERE {same}")
        stage.identify()
        self._say_how_they_will_stand(stage)
        stage.reject(
            "starts_on",
            _("The last day comes before the first."),
            f"SELECT line, starts_on FROM {TABLE} WHERE final_ends_on < starts_on AND NOT rejected",
        )
        stage.execute(f"CREATE INDEX ON {TABLE} (id)")
        stage.execute(f"CREATE INDEX ON {TABLE} (account_id)")
        stage.execute(f"ANALYZE {TABLE}")
        stage.until_settled(
            lambda: self._reject_twice_at_once(stage),
            lambda: self._reject_second_leads(stage),
        )
        writing.mark_changed(stage, SEAT, FIELDS)
        self._reject_rivals(stage)

    def _say_how_they_will_stand(self, stage: Stage) -> None:
        """Last day and lead of each row once it is written."""
        ends = "s.ends_on" if stage.has("ends_on") else "t.ends_on"
        stage.execute(
            f"""
            UPDATE {TABLE} s SET final_ends_on = {ends},
                   final_lead = coalesce(s.lead, t.lead, false)
            FROM {TABLE} k LEFT JOIN {SEAT} t ON t.id = k.id WHERE k.line = s.line"""
        )

    def _reject_twice_at_once(self, stage: Stage) -> int:
        return self._reject_overlaps(
            stage,
            "person",
            _("This person already has this seat at that time."),
            "o.person_id = s.person_id",
        )

    def _reject_second_leads(self, stage: Stage) -> int:
        return self._reject_overlaps(
            stage,
            "lead",
            _("Somebody else leads this account in this role at that time."),
            "o.lead AND s.final_lead",
        )

    def _reject_rivals(self, stage: Stage) -> None:
        """Who serves a rival gets no seat, nor a longer one; the rows of a file count together."""
        refused = stage.fetch(
            f"""
            WITH asked AS MATERIALIZED (
              SELECT s.line, s.person, s.person_id, s.account_id, s.starts_on, s.final_ends_on,
                     s.id, row_number() OVER (ORDER BY s.line) AS number
              FROM {TABLE} s WHERE NOT s.rejected AND s.state <> 'same'
            ), columns AS (
              SELECT array_agg(a.person_id ORDER BY a.number) AS people,
                     array_agg(a.account_id ORDER BY a.number) AS accounts,
                     array_agg(a.starts_on ORDER BY a.number) AS firsts,
                     array_agg(a.final_ends_on ORDER BY a.number) AS lasts,
                     array_agg(a.id) AS without
              FROM asked a
            )
            SELECT a.line, a.person FROM columns c
            CROSS JOIN LATERAL acting_refused_seats(
              c.people, c.accounts, c.firsts, c.lasts, c.without) AS r(number)
            JOIN asked a ON a.number = r.number
            LEFT JOIN {SEAT} t ON t.id = a.id
            WHERE c.people IS NOT NULL
              AND (t.id IS NULL OR coalesce(a.final_ends_on, 'infinity') > t.ends_on)
            ORDER BY a.line"""
        )
        reasons = {line: not_available() for line, _person in refused}
        if refused and seating.tells_grounds():
            reasons |= self._grounds(stage, list(reasons))
        stage.reject_each("person", refused, reasons)

    def _grounds(self, stage: Stage, lines: list[int]) -> dict[int, str]:
        """For officers and the operator: which other client it is, why, and what can be done."""
        rows = stage.fetch(
            f"""
            SELECT s.line, s.person_id, s.account_id, s.starts_on, s.final_ends_on, s.id
            FROM {TABLE} s WHERE NOT s.rejected AND s.state <> 'same' AND s.person_id IN (
              SELECT k.person_id FROM {TABLE} k WHERE k.line = ANY (%s))
            ORDER BY s.line""",
            [lines],
        )
        seats = [seating.Wanted(*row[1:5]) for row in rows]
        found = seating.grounds(seats, [row[5] for row in rows])
        return {
            rows[at][0]: " ".join([*because.told(standing.because), _what_can_be_done()])
            for at, standing in found.items()
            if rows[at][0] in lines
        }

    def _reject_overlaps(self, stage: Stage, column: str, reason: str, alike: str) -> int:
        """Of two rows of the file that exclude each other, the later one is rejected."""
        return stage.reject(
            column,
            reason,
            f"""
            WITH others AS (
              SELECT n.line, n.id, n.account_id, n.person_id, n.role, n.starts_on,
                     n.final_ends_on AS ends_on, n.final_lead AS lead
              FROM {TABLE} n WHERE NOT n.rejected
              UNION ALL
              SELECT -1, t.id, t.account_id, t.person_id, t.role, t.starts_on, t.ends_on, t.lead
              FROM {SEAT} t
              WHERE t.account_id IN (SELECT k.account_id FROM {TABLE} k WHERE NOT k.rejected)
                AND NOT EXISTS (SELECT FROM {TABLE} n WHERE n.id = t.id AND NOT n.rejected)
            )
            SELECT DISTINCT s.line, s.{column}::text FROM {TABLE} s JOIN others o
              ON o.account_id = s.account_id AND o.role = s.role
              AND o.line < s.line AND o.id <> s.id
            WHERE NOT s.rejected AND {alike}
              AND {days.meet("s.starts_on", "s.final_ends_on", "o")}""",
        )

    def write(self, stage: Stage) -> None:
        """First what becomes free, then what is taken: no moment has two leads."""
        stage.execute(
            f"""
            UPDATE {SEAT} t SET lead = t.lead AND s.final_lead,
                   ends_on = least(t.ends_on, s.final_ends_on), version = t.version + 1
            FROM {TABLE} s WHERE t.id = s.id AND s.state = 'changed' AND NOT s.rejected
              AND ((t.lead AND NOT s.final_lead)
                   OR s.final_ends_on < coalesce(t.ends_on, 'infinity'))"""
        )
        writing.update(stage, SEAT, FIELDS)
        writing.insert(stage, SEAT, FIELDS)

    def export_query(self) -> str:
        return f"""
        SELECT a.code, p.handle, t.role, t.starts_on, t.ends_on, t.share, t.lead
        FROM {SEAT} t JOIN clients_account a ON a.id = t.account_id
        JOIN people_person p ON p.id = t.person_id
        WHERE p.handle IS NOT NULL
        ORDER BY a.code, p.handle, t.role, t.starts_on"""
