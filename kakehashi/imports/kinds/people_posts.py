"""The post a row of people speaks of: the one that holds today, else the next, else the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.imports import days, references, writing
from kakehashi.imports.staging import TABLE
from kakehashi.imports.writing import Field

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

POST = "people_employment"
EXTRA = (
    ("post_id", "uuid"),
    ("post_starts_on", "date"),
    ("is_new_post", "boolean NOT NULL DEFAULT false"),
)
FIELDS = [
    Field("office_id", "s.office_id"),
    Field("title", "s.title", "title", blank="''", fresh="coalesce(p.title, '')"),
    Field("rank", "s.rank", "rank", fresh="coalesce(p.rank, 0)"),
    Field("starts_on", "s.starts_on", "starts_on", fresh="s.post_starts_on"),
    Field("ends_on", "s.ends_on", "ends_on", blank="NULL"),
]


def _class() -> str:
    return f"CASE WHEN {days.holds('e')} THEN 0 WHEN e.starts_on > {days.today()} THEN 1 ELSE 2 END"


def _within_class() -> str:
    return (
        f"CASE WHEN {_class()} = 0 THEN -e.rank END, "
        f"CASE WHEN {_class()} < 2 THEN e.starts_on END, e.ends_on DESC, e.id"
    )


def foremost() -> str:
    """How posts of one person are ordered; the first is the one a file tells of."""
    return f"{_class()}, {_within_class()}"


def settle(stage: Stage) -> None:
    """Find the post each row speaks of, and whether it is to be another one."""
    stage.execute(
        f"""
        UPDATE {TABLE} s SET post_id = (
          SELECT e.id FROM {POST} e WHERE e.person_id = s.id
          ORDER BY {_class()}, (e.office_id = s.office_id) DESC, {_within_class()} LIMIT 1)
        WHERE NOT s.fresh"""
    )
    stage.execute(
        f"""
        UPDATE {TABLE} s SET
          is_new_post = p.id IS NULL OR coalesce(k.begins > p.ends_on, false)
            OR coalesce(p.office_id <> s.office_id AND k.begins > p.starts_on, false),
          post_starts_on = coalesce(k.begins, p.starts_on)
        FROM (
          SELECT k.line, k.post_id, coalesce(k.starts_on, CASE
                   WHEN p.id IS NULL OR p.office_id <> k.office_id
                   THEN {days.today_in("o.timezone")} END) AS begins
          FROM {TABLE} k LEFT JOIN {POST} p ON p.id = k.post_id
          LEFT JOIN people_office o ON o.id = k.office_id
        ) k LEFT JOIN {POST} p ON p.id = k.post_id
        WHERE k.line = s.line"""
    )
    references.reject_closed(stage, "office", "s.is_new_post", _last_day_of_interest(stage))
    _reject_backwards(stage)
    _reject_leaving_with_seats(stage)


def _last_day_of_interest(stage: Stage) -> str:
    """Of a new post: today, or its first day if that is to come; its last if that has passed."""
    last = "s.ends_on" if stage.has("ends_on") else "NULL::date"
    return f"least({last}, greatest(s.post_starts_on, {days.today()}))"


def _ends(stage: Stage) -> str:
    """The last day of the post a row speaks of, once it is written."""
    if stage.has("ends_on"):
        return "s.ends_on"
    return "(CASE WHEN NOT s.is_new_post THEN p.ends_on END)"


def _reject_backwards(stage: Stage) -> None:
    stage.reject(
        "ends_on" if stage.has("ends_on") else "starts_on",
        _("The last day comes before the first."),
        f"SELECT s.line, {_ends(stage)} FROM {TABLE} s LEFT JOIN {POST} p ON p.id = s.post_id "
        f"WHERE {_ends(stage)} < s.post_starts_on AND NOT s.rejected",
    )


def _reject_leaving_with_seats(stage: Stage) -> None:
    """Who leaves hands over first."""
    if not stage.has("ends_on"):
        return
    stage.reject(
        "ends_on",
        _("This person still sits on accounts after that day. Hand the seats over first."),
        f"""
        SELECT s.line, s.ends_on FROM {TABLE} s
        JOIN {POST} p ON p.id = s.post_id
        WHERE s.ends_on < {days.today()} AND p.ends_on IS DISTINCT FROM s.ends_on AND EXISTS (
          SELECT FROM clients_seat k WHERE k.person_id = s.id
          AND (k.ends_on IS NULL OR k.ends_on > s.ends_on))""",
    )


def reject_twice_at_once(stage: Stage) -> int:
    """Nobody works twice in one office on one day."""
    before = (
        "CASE WHEN e.id = s.post_id THEN least(e.ends_on, s.post_starts_on - 1) ELSE e.ends_on END"
    )
    return stage.reject(
        "office",
        _("This person already works in this office at that time."),
        f"""
        SELECT s.line, s.office FROM {TABLE} s LEFT JOIN {POST} p ON p.id = s.post_id
        WHERE NOT s.rejected AND EXISTS (
          SELECT FROM {POST} e WHERE e.person_id = s.id AND e.office_id = s.office_id
          AND (e.id IS DISTINCT FROM s.post_id OR s.is_new_post)
          AND {days.meet("s.post_starts_on", _ends(stage), "e", before)})""",
    )


def mark_changed(stage: Stage) -> None:
    stage.execute(
        f"UPDATE {TABLE} SET state = 'changed' "
        "WHERE is_new_post AND state = 'same' AND NOT rejected"
    )
    writing.mark_changed(stage, POST, FIELDS, key="s.post_id")


def write(stage: Stage) -> None:
    """A post that another follows ends the day before; others are written as the row says."""
    stage.execute(
        f"""
        UPDATE {POST} t SET ends_on = s.post_starts_on - 1, version = t.version + 1
        FROM {TABLE} s WHERE t.id = s.post_id AND s.is_new_post AND NOT s.rejected
          AND (t.ends_on IS NULL OR t.ends_on >= s.post_starts_on)"""
    )
    writing.update(stage, POST, FIELDS, key="(CASE WHEN NOT s.is_new_post THEN s.post_id END)")
    writing.insert(
        stage,
        POST,
        [*FIELDS, Field("person_id", "s.id")],
        id_="acting_fresh_id()",
        rows=f"{TABLE} s LEFT JOIN {POST} p ON p.id = s.post_id "
        "WHERE s.is_new_post AND NOT s.rejected ORDER BY s.line",
    )
