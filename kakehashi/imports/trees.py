"""Trees that rows of a file make together with what stands: no rings, no row without a parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.imports.staging import TABLE

if TYPE_CHECKING:
    from kakehashi.imports.staging import Stage

DEEPEST = 40


def reject_rings(stage: Stage, column: str, table: str) -> int:
    """Reject the rows that would stand above themselves, or in a tree too deep to be one."""
    if not stage.has(column):
        return 0
    return stage.reject(
        column,
        _("Upwards from here the tree runs in a ring, or has more than 40 levels."),
        f"""
        WITH RECURSIVE up AS (
          SELECT s.line, s.{column} AS value, s.id AS start, s.{column}_id AS at, 1 AS depth
          FROM {TABLE} s WHERE NOT s.rejected AND s.{column}_id IS NOT NULL
          UNION ALL
          SELECT up.line, up.value, up.start,
                 CASE WHEN n.id IS NOT NULL THEN n.{column}_id ELSE t.{column}_id END, up.depth + 1
          FROM up
          LEFT JOIN {TABLE} n ON n.id = up.at AND NOT n.rejected
          LEFT JOIN {table} t ON t.id = up.at
          WHERE up.at IS NOT NULL AND up.at <> up.start AND up.depth < {DEEPEST}
        )
        SELECT line, value FROM up WHERE at = start OR depth >= {DEEPEST}
        """,
    )


def reject_orphans(stage: Stage, column: str) -> int:
    """Reject the rows whose cell refers to a new row of the file that was itself rejected."""
    if not stage.has(column):
        return 0
    return stage.reject(
        column,
        _("The row of this file that this refers to was rejected."),
        f"SELECT c.line, c.{column} FROM {TABLE} c JOIN {TABLE} p ON p.id = c.{column}_id "
        "WHERE p.rejected AND p.fresh AND NOT c.rejected",
    )
