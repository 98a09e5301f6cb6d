"""The roles of a row of people: what the cell does not name ends, what it names anew begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.imports import days
from kakehashi.imports.staging import TABLE
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

ROLE = "people_role"
WANTED = "import_role"


def settle(stage: Stage) -> None:
    """Read each cell as pairs of role and office."""
    stage.make(
        WANTED,
        f"""
        SELECT DISTINCT s.line, s.id AS person_id, split_part(w, '@', 1) AS role,
               coalesce(o.id, CASE WHEN w NOT LIKE '%@%' THEN s.office_id END) AS office_id,
               w AS written
        FROM {TABLE} s CROSS JOIN LATERAL unnest(s.roles) AS w
        LEFT JOIN people_office o ON w LIKE '%@%' AND o.code = substr(w, strpos(w, '@') + 1)""",
    )
    stage.reject(
        "roles",
        _("No office has the code after @."),
        f"SELECT w.line, w.written FROM {WANTED} w JOIN {TABLE} s USING (line) "
        "WHERE w.office_id IS NULL AND s.office_id IS NOT NULL",
    )
    stage.reject(
        "roles",
        _("Nobody makes themselves conflicts officer: another administrator must."),
        f"SELECT w.line, w.written FROM {WANTED} w WHERE w.person_id = acting_person() "
        f"AND w.role = %s AND NOT EXISTS (SELECT FROM {ROLE} r WHERE r.person_id = w.person_id "
        f"AND r.role = w.role AND {days.not_over('r')})",
        [RoleCode.CONFLICTS_OFFICER],
    )


def reject_without_administrator(stage: Stage) -> int:
    """Without an administrator nobody could let anybody in again."""
    holders = f"""
        SELECT r.person_id FROM {ROLE} r WHERE r.role = 'administrator'
          AND {days.holds("r")} AND EXISTS (SELECT FROM people_employment e
            WHERE e.person_id = r.person_id AND {days.holds("e")})"""
    gone = f"coalesce(s.ends_on < {days.today()}, false)" if stage.has("ends_on") else "false"
    kept = "EXISTS (SELECT FROM unnest(s.roles) w WHERE split_part(w, '@', 1) = 'administrator')"
    stays = f"NOT {gone} AND {kept if stage.has('roles') else 'true'}"
    return stage.reject(
        "roles" if stage.has("roles") else "ends_on",
        _("Nobody else would be administrator. Give somebody that role first."),
        f"""
        WITH holder AS ({holders})
        SELECT s.line, s.login FROM {TABLE} s
        WHERE NOT s.rejected AND s.id IN (SELECT person_id FROM holder) AND NOT ({stays})
          AND NOT EXISTS (SELECT FROM holder h
                          LEFT JOIN {TABLE} s ON s.id = h.person_id AND NOT s.rejected
                          WHERE s.line IS NULL OR ({stays}))
          AND NOT EXISTS (SELECT FROM {TABLE} s WHERE NOT s.rejected AND {kept} AND NOT {gone}
                          AND s.post_starts_on <= {days.today()})""",
    )


def plan(stage: Stage) -> None:
    """Mark the rows whose roles differ."""
    stage.execute(
        f"""
        UPDATE {TABLE} s SET state = 'changed' WHERE s.state = 'same' AND NOT s.rejected AND (
          EXISTS ({_missing("s.line = w.line")})
          OR EXISTS ({_superfluous("r.person_id = s.id")}))"""
    )


def write(stage: Stage) -> None:
    """End the roles that are not named, give those that are."""
    touched = f"SELECT s.id FROM {TABLE} s WHERE s.state IN ('new', 'changed') AND NOT s.rejected"
    stage.make("import_role_over", _superfluous(f"r.person_id IN ({touched})", "r.id, r.office_id"))
    today = days.today_in("x.timezone")
    over = "import_role_over o JOIN people_office x ON x.id = o.office_id"
    stage.execute(
        f"DELETE FROM {ROLE} r USING {over} WHERE o.id = r.id AND r.starts_on >= {today}",
    )
    stage.execute(
        f"UPDATE {ROLE} r SET ends_on = {today} - 1, version = r.version + 1 "
        f"FROM {over} WHERE o.id = r.id",
    )
    same = "x.line = w.line AND x.role = w.role AND x.office_id = w.office_id"
    stage.execute(
        f"""
        INSERT INTO {ROLE} (id, version, person_id, role, office_id, starts_on, ends_on)
        SELECT acting_fresh_id(), 1, w.person_id, w.role, w.office_id,
               CASE WHEN EXISTS (SELECT FROM {ROLE} r WHERE r.person_id = w.person_id)
                    THEN greatest({today}, s.post_starts_on) ELSE s.post_starts_on END, NULL
        FROM {WANTED} w JOIN {TABLE} s USING (line) JOIN people_office x ON x.id = w.office_id
        WHERE s.state IN ('new', 'changed') AND NOT s.rejected
          AND EXISTS ({_missing(same, "x")})
        ORDER BY w.line, w.role"""
    )


def _missing(which: str, w: str = "w") -> str:
    """Roles that are named and do not stand."""
    return (
        f"SELECT FROM {WANTED} {w} WHERE {which} AND NOT EXISTS (SELECT FROM {ROLE} r "
        f"WHERE r.person_id = {w}.person_id AND r.role = {w}.role "
        f"AND r.office_id = {w}.office_id AND {days.not_over('r')})"
    )


def _superfluous(which: str, what: str = "") -> str:
    """Roles that stand and are not named."""
    return (
        f"SELECT {what} FROM {ROLE} r WHERE {which} AND {days.not_over('r')} AND NOT EXISTS "
        f"(SELECT FROM {WANTED} w WHERE w.person_id = r.person_id AND w.role = r.role "
        "AND w.office_id = r.office_id)"
    )
