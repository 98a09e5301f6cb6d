"""Accounts: the relationships we serve, as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from kakehashi.clients import states
from kakehashi.clients.models import Account
from kakehashi.conflicts.models import Receipt
from kakehashi.conflicts.queries.checks import needs_clearance
from kakehashi.conflicts.rules import without_clearance
from kakehashi.imports import columns as c
from kakehashi.imports import days, references, sorting, trees, writing
from kakehashi.imports.columns import Column
from kakehashi.imports.kinds.companies import key_of_name
from kakehashi.imports.kinds.kind import Derived, Kind
from kakehashi.imports.staging import TABLE
from kakehashi.imports.writing import Field, derived, texts

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

ACCOUNT = "clients_account"
FIELDS = [
    Field("code", "s.code", decides=False),
    Field("company_id", "s.company_id"),
    Field("name", "s.name"),
    *texts("name_en"),
    *derived("sort_key"),
    Field("parent_id", "s.parent_id", "parent", blank="NULL"),
    Field("level", "s.level", "level", fresh="'national'"),
    Field("status", "s.status", "status", fresh="'prospect'"),
    Field("lead_office_id", "s.lead_office_id"),
    Field("categories", "s.categories::varchar[]", "categories", blank="'{}'", fresh="'{}'"),
    Field("starts_on", "s.starts_on", "starts_on", blank="NULL"),
    Field("name_kana", fresh="''"),
]


class Accounts(Kind):
    name = "accounts"
    english = "Accounts"
    japanese = "アカウント"
    locks = ("policy_sight",)
    columns = (
        Column(
            "code",
            "Account code",
            "アカウントコード",
            c.text(40),
            required=True,
            also=("コード", "得意先コード"),
        ),
        Column(
            "company",
            "Company",
            "会社",
            c.text(300),
            required=True,
            also=("会社コード", "法人番号", "会社名", "企業"),
        ),
        Column(
            "name", "Name", "アカウント名", c.text(200), required=True, also=("名称", "得意先名")
        ),
        Column("name_en", "Name in English", "英語名", c.text(200)),
        Column("parent", "Account above", "上位アカウント", c.text(200), also=("親アカウント",)),
        Column("level", "Level", "階層", c.choice(Account.Level), also=("レベル",)),
        Column("status", "Status", "状態", c.choice(Account.Status), also=("ステータス",)),
        Column(
            "lead_office",
            "Lead office",
            "主管組織",
            c.text(40),
            required=True,
            also=("主管部署", "担当部署"),
        ),
        Column(
            "categories",
            "Categories",
            "カテゴリー",
            c.listed(c.text(80)),
            type="text[]",
            also=("カテゴリ", "業種"),
        ),
        Column("starts_on", "Client since", "取引開始日", c.day, type="date", also=("取引開始",)),
    )
    derived = (
        Derived("sort_key", sorting.within(200), ("name",)),
        Derived("company_folded", key_of_name, ("company",)),
    )
    extra = (
        *references.staged("company"),
        *references.staged("parent"),
        ("lead_office_id", "uuid"),
        ("old_status", "text"),
    )

    def settle(self, stage: Stage) -> None:
        stage.index("code", "id")
        stage.reject_repeated("code")
        stage.execute(
            f"UPDATE {TABLE} s SET id = t.id, old_status = t.status FROM {ACCOUNT} t "
            "WHERE t.code = s.code"
        )
        stage.reject(
            "code",
            _("This code cannot be used. Choose another one."),
            f"SELECT line, code FROM {TABLE} WHERE code IN "
            f"(SELECT acting_taken_accounts(ARRAY(SELECT code FROM {TABLE} WHERE id IS NULL)))",
        )
        stage.identify()
        references.company(stage, "company")
        references.office(stage, "lead_office")
        stands = f"SELECT t.lead_office_id FROM {ACCOUNT} t WHERE t.id = s.id"
        moved = f"s.lead_office_id IS DISTINCT FROM ({stands})"
        references.reject_closed(stage, "lead_office", moved, days.today())
        if stage.has("parent"):
            references.account_above(stage, "parent")
        if stage.has("status"):
            self._reject_wrong_moves(stage)
            if needs_clearance():
                self._reject_without_clearance(stage)
        stage.until_settled(
            lambda: trees.reject_rings(stage, "parent", ACCOUNT),
            lambda: trees.reject_orphans(stage, "parent"),
        )
        sorting.keep_readings(stage, ACCOUNT, 200)
        writing.mark_changed(stage, ACCOUNT, FIELDS)

    def _reject_wrong_moves(self, stage: Stage) -> None:
        """An account's status changes only as the table of its states allows."""
        pairs = stage.fetch(
            f"SELECT DISTINCT old_status, status FROM {TABLE} "
            "WHERE old_status IS NOT NULL AND status <> old_status"
        )
        labels = dict(Account.Status.choices)
        for old, new in pairs:
            if not states.may_move(old, new):
                stage.reject(
                    "status",
                    _("An account that is “%(old)s” does not become “%(new)s”.")
                    % {"old": labels[old], "new": labels[new]},
                    f"SELECT line, status FROM {TABLE} WHERE old_status = %s AND status = %s",
                    [old, new],
                )

    def _reject_without_clearance(self, stage: Stage) -> None:
        """Where the agency says so, a prospect becomes active once an officer has cleared it."""
        rows = stage.fetch(
            f"""
            SELECT s.line, r.id FROM {TABLE} s LEFT JOIN LATERAL (
              SELECT k.id FROM conflicts_receipt k WHERE k.account_id = s.id
              ORDER BY k.asked_at DESC, k.id DESC LIMIT 1) r ON true
            WHERE s.status = 'active' AND coalesce(s.old_status, 'prospect') = 'prospect'
              AND NOT s.rejected"""
        )
        receipts = Receipt.objects.in_bulk([receipt for _line, receipt in rows if receipt])
        missing: dict[str, list[int]] = {}
        for line, receipt in rows:
            if reason := without_clearance(receipts.get(receipt)):
                missing.setdefault(reason, []).append(line)
        for reason, lines in missing.items():
            query = f"SELECT line, status FROM {TABLE} WHERE line = ANY (%s)"
            stage.reject("status", reason, query, [lines])

    def write(self, stage: Stage) -> None:
        writing.update(stage, ACCOUNT, FIELDS)
        writing.insert(stage, ACCOUNT, FIELDS)
        self._note_status(stage)

    def _note_status(self, stage: Stage) -> None:
        """A new account has its first status; a change is one more."""
        since = "s.starts_on" if stage.has("starts_on") else "NULL::date"
        changed = (
            "s.state = 'changed' AND s.status <> s.old_status" if stage.has("status") else "false"
        )
        stage.execute(
            f"""
            INSERT INTO clients_statuschange (id, account_id, status, "on", reason, by_id, at)
            SELECT acting_fresh_id(), s.id, coalesce(s.status, 'prospect'),
                   CASE WHEN s.fresh THEN coalesce({since}, %(today)s) ELSE %(today)s END,
                   %(reason)s, acting_person(), %(now)s
            FROM {TABLE} s WHERE (s.state = 'new' OR {changed}) AND NOT s.rejected
            ORDER BY s.line""",
            {"today": localdate(), "now": now(), "reason": _reason()},
        )

    def export_query(self) -> str:
        return f"""
        SELECT a.code, coalesce(c.code, c.corporate_number, c.lei, c.name), a.name, a.name_en,
               p.code, a.level, a.status, o.code, a.categories::text[], a.starts_on
        FROM {ACCOUNT} a JOIN clients_company c ON c.id = a.company_id
        JOIN people_office o ON o.id = a.lead_office_id
        LEFT JOIN {ACCOUNT} p ON p.id = a.parent_id
        ORDER BY a.code"""


def _reason() -> str:
    """Why an account of a file has its status; kept, and read by all: in the agency's language."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Loaded from a file.")
