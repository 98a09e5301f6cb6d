"""Reporting lines of a row of people: one solid line, any number of dotted ones, never a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.imports import days
from kakehashi.imports.staging import TABLE

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

LINE = "people_reportingline"
WANTED = "import_line"
DOTTED = "import_dotted"


def settle_dotted(stage: Stage) -> None:
    """Read each cell of dotted lines as people of ours, of this file or known before."""
    stage.make(
        DOTTED,
        f"""
        SELECT s.line, s.id AS person_id, w.written, coalesce(n.id, t.id) AS superior_id
        FROM {TABLE} s CROSS JOIN LATERAL unnest(s.dotted_to) AS w(written)
        LEFT JOIN {TABLE} n ON n.login = w.written
        LEFT JOIN people_person t ON t.handle = w.written AND t.side = 'ours'""",
    )
    stage.reject(
        "dotted_to",
        _("None of our people has this login."),
        f"SELECT line, written FROM {DOTTED} WHERE superior_id IS NULL",
    )
    stage.reject(
        "dotted_to",
        _("Nobody reports to themselves."),
        f"SELECT line, written FROM {DOTTED} WHERE superior_id = person_id",
    )


def reject_orphans(stage: Stage) -> int:
    """Reject the rows with a dotted line to a new row that was itself rejected."""
    if not stage.has("dotted_to"):
        return 0
    return stage.reject(
        "dotted_to",
        _("The row of this file that this refers to was rejected."),
        f"SELECT c.line, d.written FROM {DOTTED} d JOIN {TABLE} c ON c.line = d.line "
        f"JOIN {TABLE} p ON p.id = d.superior_id WHERE p.rejected AND p.fresh AND NOT c.rejected",
    )


def reject_rings(stage: Stage) -> int:
    """Nobody reports to somebody below them: solid lines of the file, and those that go on."""
    if not stage.has("reports_to"):
        return 0
    return stage.reject(
        "reports_to",
        _("Upwards from here the reporting lines run in a circle."),
        f"""
        WITH RECURSIVE solid AS (
          SELECT s.id AS person_id, s.reports_to_id AS superior_id
          FROM {TABLE} s WHERE NOT s.rejected AND s.reports_to_id IS NOT NULL
          UNION
          SELECT l.person_id, l.superior_id FROM {LINE} l
          WHERE l.kind = 'solid' AND {days.not_over("l")} AND NOT EXISTS (
            SELECT FROM {TABLE} s WHERE s.id = l.person_id AND NOT s.rejected)
        ), up AS (
          SELECT s.line, s.id AS start, s.reports_to AS value, s.reports_to_id AS at
          FROM {TABLE} s WHERE NOT s.rejected AND s.reports_to_id IS NOT NULL
          UNION
          SELECT up.line, up.start, up.value, k.superior_id
          FROM up JOIN solid k ON k.person_id = up.at WHERE up.at <> up.start
        )
        SELECT line, value FROM up WHERE at = start""",
    )


def plan(stage: Stage) -> None:
    """Mark the rows whose lines differ."""
    parts = []
    if stage.has("reports_to"):
        parts.append(
            "SELECT line, id AS person_id, reports_to_id AS superior_id, 'solid' AS kind "
            f"FROM {TABLE} WHERE reports_to_id IS NOT NULL"
        )
    if stage.has("dotted_to"):
        parts.append(f"SELECT DISTINCT line, person_id, superior_id, 'dotted' FROM {DOTTED}")
    if not parts:
        return
    stage.make(WANTED, " UNION ALL ".join(parts))
    stage.execute(
        f"""
        UPDATE {TABLE} s SET state = 'changed' WHERE s.state = 'same' AND NOT s.rejected AND (
          EXISTS ({_missing("w.line = s.line")})
          OR EXISTS ({_superfluous(stage, "l.person_id = s.id")}))"""
    )


def write(stage: Stage) -> None:
    """End the lines that are not named, draw those that are."""
    if not (stage.has("reports_to") or stage.has("dotted_to")):
        return
    touched = f"SELECT s.id FROM {TABLE} s WHERE s.state IN ('new', 'changed') AND NOT s.rejected"
    superfluous = _superfluous(stage, f"l.person_id IN ({touched})", "l.id, l.person_id")
    stage.make("import_line_over", superfluous)
    today = days.today_in("x.timezone")
    over = f"import_line_over o JOIN {TABLE} s ON s.id = o.person_id "
    over += "JOIN people_office x ON x.id = s.office_id"
    stage.execute(
        f"DELETE FROM {LINE} l USING {over} WHERE o.id = l.id AND l.starts_on >= {today}",
    )
    stage.execute(
        f"UPDATE {LINE} l SET ends_on = {today} - 1, version = l.version + 1 "
        f"FROM {over} WHERE o.id = l.id",
    )
    had_one = f"SELECT FROM {LINE} l WHERE l.person_id = w.person_id AND l.kind = w.kind"
    same = "x.line = w.line AND x.superior_id = w.superior_id AND x.kind = w.kind"
    stage.execute(
        f"""
        INSERT INTO {LINE} (id, version, person_id, superior_id, kind, starts_on, ends_on)
        SELECT acting_fresh_id(), 1, w.person_id, w.superior_id, w.kind,
               CASE WHEN EXISTS ({had_one})
                    THEN greatest({today}, s.post_starts_on) ELSE s.post_starts_on END, NULL
        FROM {WANTED} w JOIN {TABLE} s USING (line) JOIN people_office x ON x.id = s.office_id
        WHERE s.state IN ('new', 'changed') AND NOT s.rejected
          AND EXISTS ({_missing(same, "x")})
        ORDER BY w.line"""
    )


def _missing(which: str, w: str = "w") -> str:
    """Lines that are named and do not stand."""
    return f"""SELECT FROM {WANTED} {w} WHERE {which} AND CASE {w}.kind
        WHEN 'solid' THEN {_superior(f"{w}.person_id")} IS DISTINCT FROM {w}.superior_id
        ELSE NOT EXISTS (SELECT FROM {LINE} l
          WHERE l.person_id = {w}.person_id AND l.kind = 'dotted'
          AND l.superior_id = {w}.superior_id AND {days.not_over("l")}) END"""


def _superfluous(stage: Stage, which: str, what: str = "") -> str:
    """Lines that stand, of a kind the file speaks of, and are not named."""
    kinds = [k for k, n in (("solid", "reports_to"), ("dotted", "dotted_to")) if stage.has(n)]
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    stands = f"CASE l.kind WHEN 'solid' THEN {_superior('l.person_id')} ELSE l.superior_id END"
    return (
        f"SELECT {what} FROM {LINE} l WHERE {which} AND l.kind IN ({listed}) "
        f"AND {days.not_over('l')} AND NOT EXISTS (SELECT FROM {WANTED} w "
        f"WHERE w.person_id = l.person_id AND w.kind = l.kind AND w.superior_id = {stands})"
    )


def _superior(person: str) -> str:
    """Whom somebody reports to: the solid line that holds today, else the next."""
    return (
        f"(SELECT f.superior_id FROM {LINE} f WHERE f.person_id = {person} AND f.kind = 'solid' "
        f"AND {days.not_over('f')} ORDER BY f.starts_on LIMIT 1)"
    )
