"""Contacts: the client's people, one row for each account they deal with us on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.clients.codes import new_username
from kakehashi.clients.models import Contact
from kakehashi.imports import columns as c
from kakehashi.imports import references, sorting, trees, writing
from kakehashi.imports.columns import Column
from kakehashi.imports.kinds.kind import Derived, Kind
from kakehashi.imports.staging import TABLE
from kakehashi.imports.writing import Field, derived, texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kakehashi.imports.staging import Stage

CONTACT, PERSON = "clients_contact", "people_person"
HUMAN = [
    Field("name", "s.name"),
    *texts("name_kana"),
    Field("language", "s.language", "language", fresh="'ja'"),
    *derived("sort_key"),
    Field("email", "s.email", blank="''", decides=False),
    Field("side", fresh="'client'"),
    Field("name_en", fresh="''"),
    Field("phone", fresh="''"),
]
PART = [
    Field("account_id", "s.account_id", decides=False),
    Field("person_id", "s.person_id", decides=False),
    *texts("title", "department", "buying_role"),
    Field("reports_to_id", "s.reports_to_id", "reports_to", blank="NULL"),
    Field("portal", "s.portal", "portal", fresh="false"),
    Field("channel", fresh="''"),
    Field("preferences", fresh="''"),
]
TAIL, LONG_TAIL = 6, 12


class Contacts(Kind):
    name = "contacts"
    english = "Contacts"
    japanese = "得意先担当者"
    locks = ("policy_sight",)
    columns = (
        Column(
            "email",
            "E-mail",
            "メールアドレス",
            c.email,
            required=True,
            may_be_blank=True,
            also=("メール",),
        ),
        Column(
            "account",
            "Account",
            "アカウント",
            c.text(40),
            required=True,
            also=("アカウントコード", "得意先コード"),
        ),
        Column("name", "Name", "氏名", c.text(200), required=True, also=("名前",)),
        Column(
            "name_kana",
            "Reading",
            "フリガナ",
            c.text(200),
            also=("氏名カナ", "ふりがな", "カナ", "読み"),
        ),
        Column("title", "Title", "役職", c.text(120), also=("肩書",)),
        Column("department", "Department", "部署", c.text(120), also=("部署名",)),
        Column("buying_role", "Role in buying", "購買での役割", c.choice(Contact.BuyingRole)),
        Column("reports_to", "Reports to", "上司", c.email, also=("上司メールアドレス",)),
        Column("language", "Language", "言語", c.language),
        Column(
            "portal",
            "May use the portal",
            "ポータル利用",
            c.yes_no,
            type="boolean",
            also=("ポータル",),
        ),
    )
    derived = (Derived("sort_key", sorting.within(200), ("name",), ("name_kana",)),)
    extra = (
        ("account_id", "uuid"),
        ("person_id", "uuid"),
        ("is_new_person", "boolean NOT NULL DEFAULT false"),
        ("reports_to_id", "uuid"),
    )

    def settle(self, stage: Stage) -> None:
        references.account(stage, "account")
        stage.reject_repeated("email", "s.email", "s.account_id", among="s.account_id IS NOT NULL")
        self._match(stage)
        stage.identify()
        self._find_people(stage)
        self._reject_two_minds(stage)
        if stage.has("reports_to"):
            self._find_superiors(stage)
        stage.until_settled(
            lambda: trees.reject_rings(stage, "reports_to", CONTACT),
            lambda: trees.reject_orphans(stage, "reports_to"),
        )
        sorting.keep_readings(stage, PERSON, 200, key="person_id")
        writing.mark_changed(stage, CONTACT, PART)
        writing.mark_changed(stage, PERSON, HUMAN, key="s.person_id")

    def _match(self, stage: Stage) -> None:
        """A contact by address and account; one without an address by name."""
        stage.make(
            "import_hit",
            f"""
            SELECT s.line, t.id, t.person_id FROM {TABLE} s
            JOIN {CONTACT} t ON t.account_id = s.account_id JOIN {PERSON} p ON p.id = t.person_id
            WHERE CASE WHEN s.email IS NULL THEN p.email = '' AND p.name = s.name
                  ELSE lower(p.email) = s.email END""",
        )
        stage.reject(
            "email",
            _("Several contacts of this account are meant by this row."),
            f"SELECT s.line, s.email FROM {TABLE} s JOIN import_hit h USING (line) "
            "GROUP BY s.line, s.email HAVING count(*) > 1",
        )
        stage.execute(
            f"UPDATE {TABLE} s SET id = h.id, person_id = h.person_id FROM import_hit h "
            "WHERE h.line = s.line"
        )
        stage.reject(
            "email",
            _("A new contact needs an e-mail address."),
            f"SELECT line, email FROM {TABLE} WHERE email IS NULL AND id IS NULL "
            "AND account_id IS NOT NULL",
        )

    def _find_people(self, stage: Stage) -> None:
        """A new contact may be somebody known from another account: same address, same name."""
        stage.reject(
            "email",
            _("This address belongs to one of our own people."),
            f"SELECT s.line, s.email FROM {TABLE} s WHERE s.fresh AND EXISTS ("
            f"SELECT FROM {PERSON} p WHERE p.side = 'ours' AND lower(p.email) = s.email)",
        )
        stage.make(
            "import_hit",
            f"SELECT s.line, p.id, p.name FROM {TABLE} s JOIN {PERSON} p "
            "ON lower(p.email) = s.email AND p.side = 'client' "
            "WHERE s.fresh AND s.email IS NOT NULL",
        )
        stage.reject(
            "email",
            _("Somebody of another name, or several people, are known by this address."),
            f"SELECT s.line, s.email FROM {TABLE} s JOIN import_hit h USING (line) "
            "GROUP BY s.line, s.email, s.name HAVING count(*) > 1 OR min(h.name) <> s.name",
        )
        stage.execute(
            f"UPDATE {TABLE} s SET person_id = h.id FROM import_hit h WHERE h.line = s.line"
        )
        stage.execute(
            f"""
            WITH k AS MATERIALIZED (
              SELECT email, acting_fresh_id() AS id FROM {TABLE}
              WHERE fresh AND person_id IS NULL AND NOT rejected GROUP BY email)
            UPDATE {TABLE} s SET person_id = k.id, is_new_person = true FROM k
            WHERE k.email = s.email AND s.fresh AND s.person_id IS NULL"""
        )

    def _reject_two_minds(self, stage: Stage) -> None:
        """One person is called the same in every row."""
        said = ", ".join(n for n in ("s.name", "s.name_kana", "s.language") if stage.has(n[2:]))
        stage.reject(
            "name",
            _("Row %(row)s of this file says something else of the same person."),
            f"""
            SELECT line, name, first FROM (
              SELECT s.line, s.name, min(s.line) OVER w AS first, ROW({said}) AS said,
                     first_value(ROW({said})) OVER w AS first_said
              FROM {TABLE} s WHERE s.person_id IS NOT NULL AND NOT s.rejected
              WINDOW w AS (PARTITION BY s.person_id ORDER BY s.line)
            ) k WHERE said IS DISTINCT FROM first_said""",
        )

    def _find_superiors(self, stage: Stage) -> None:
        """A superior is a contact of the same account, of this file or known before."""
        stage.execute(
            f"""
            UPDATE {TABLE} s SET reports_to_id = t.id FROM {CONTACT} t
            JOIN {PERSON} p ON p.id = t.person_id
            WHERE t.account_id = s.account_id AND lower(p.email) = s.reports_to"""
        )
        stage.execute(
            f"UPDATE {TABLE} s SET reports_to_id = n.id FROM {TABLE} n "
            "WHERE n.account_id = s.account_id AND n.email = s.reports_to AND NOT n.rejected"
        )
        stage.reject(
            "reports_to",
            _("No contact of this account has this address."),
            f"SELECT line, reports_to FROM {TABLE} WHERE reports_to IS NOT NULL "
            "AND reports_to_id IS NULL AND account_id IS NOT NULL",
        )

    def write(self, stage: Stage) -> None:
        new = (
            f"(SELECT DISTINCT ON (person_id) * FROM {TABLE} WHERE is_new_person AND NOT rejected "
            "ORDER BY person_id, line) s ORDER BY s.line"
        )
        writing.insert(stage, PERSON, HUMAN, id_="s.person_id", rows=new)
        writing.update(stage, CONTACT, PART)
        writing.insert(stage, CONTACT, PART)
        writing.update(stage, PERSON, HUMAN, key="s.person_id", among="NOT s.is_new_person")
        if stage.has("portal"):
            self._open_portal(stage)

    def _open_portal(self, stage: Stage) -> None:
        """Who may now use the portal can sign in once they have set a password by mail."""
        people = stage.fetch(
            f"""
            SELECT DISTINCT s.person_id, s.email, s.name, coalesce(s.name_kana, '') FROM {TABLE} s
            WHERE s.portal AND s.state IN ('new', 'changed') AND NOT s.rejected
              AND s.email IS NOT NULL AND NOT acting_has_login(s.person_id)"""
        )
        if people:
            ids, addresses, names, readings = (list(part) for part in zip(*people, strict=True))
            stage.execute(
                "SELECT acting_invite(i.person, i.username, i.address) "
                "FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS i(person, username, address)",
                [ids, _usernames(stage, ids, names, readings), addresses],
            )

    def export_query(self) -> str:
        return f"""
        SELECT p.email, a.code, p.name, p.name_kana, t.title, t.department, t.buying_role,
               nullif(b.email, ''), p.language, t.portal
        FROM {CONTACT} t JOIN {PERSON} p ON p.id = t.person_id
        JOIN clients_account a ON a.id = t.account_id
        LEFT JOIN {CONTACT} r ON r.id = t.reports_to_id LEFT JOIN {PERSON} b ON b.id = r.person_id
        WHERE p.anonymised_at IS NULL
        ORDER BY a.code, p.email, p.name"""


def _usernames(
    stage: Stage, ids: Sequence[UUID], names: Sequence[str], readings: Sequence[str]
) -> list[str]:
    """A name to sign in with for each person; a longer one where another has the short one."""

    def made(tail: int) -> list[str]:
        each = zip(ids, names, readings, strict=True)
        return [new_username(name, kana, "", id_.hex[-tail:]) for id_, name, kana in each]

    short = made(TAIL)
    taken = {name for (name,) in stage.fetch("SELECT acting_taken_logins(%s)", [short])}
    taken |= {name for name, times in Counter(short).items() if times > 1}
    pairs = zip(short, made(LONG_TAIL), strict=True)
    return [longer if name in taken else name for name, longer in pairs]
