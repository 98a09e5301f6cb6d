"""What a cell refers to: an office, a person, a company, an account. Never a guess.

Each function fills `<column>_id` of the staging table and rejects the rows whose cell names nothing
known, or several things. Rows of the same file count, wherever in it they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.imports.staging import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kakehashi.imports.staging import Stage

Known = tuple[str, str]
"""A table with `id`, and the condition under which its row `t` is meant by `w.value`."""


def office(stage: Stage, column: str) -> None:
    """An office by its code."""
    _simple(stage, column, "people_office", "t.code = s.{column}")
    _reject_unknown(stage, column, _("No office has this code."))


def reject_closed(stage: Stage, column: str, rows: str, day: str) -> None:
    """An office that closed before a day takes nobody and nothing new."""
    stage.reject(
        column,
        _("This office is closed."),
        f"SELECT s.line, s.{column} FROM {TABLE} s JOIN people_office o ON o.id = s.{column}_id "
        f"WHERE o.closed_on < {day} AND {rows} AND NOT s.rejected",
    )


def person(stage: Stage, column: str) -> None:
    """One of our people by login."""
    _simple(stage, column, "people_person", "t.handle = s.{column} AND t.side = 'ours'")
    _reject_unknown(stage, column, _("None of our people has this login."))


def colleague(stage: Stage, column: str) -> None:
    """One of our people by login, of this file or known before."""
    _simple(stage, column, "people_person", "t.handle = s.{column} AND t.side = 'ours'")
    _simple(stage, column, TABLE, "t.login = s.{column} AND NOT t.rejected")
    _reject_unknown(stage, column, _("None of our people has this login."))


def account(stage: Stage, column: str) -> None:
    """An account by its code; one behind a wall is as unknown as one that does not exist."""
    _simple(stage, column, "clients_account", "t.code = s.{column}")
    _reject_unknown(stage, column, _("No account has this code."))


def office_above(stage: Stage, column: str) -> None:
    """An office by code or name, of this file or known before."""
    _by_levels(stage, column, _code_then_name("people_office"))
    _reject_unknown(stage, column, _("No office has this code or name."))
    _reject_several(stage, column, _("Several offices have this name. Write the code."))


def account_above(stage: Stage, column: str) -> None:
    """An account by code or name, of this file or known before."""
    _by_levels(stage, column, _code_then_name("clients_account"))
    _reject_unknown(stage, column, _("No account has this code or name."))
    _reject_several(stage, column, _("Several accounts have this name. Write the code."))


def company(stage: Stage, column: str, *, of_this_file: bool = False) -> None:
    """A company by code, corporate number, LEI, exact name, or name but for its spelling."""
    tables = ["clients_company t"]
    if of_this_file:
        tables.append(f"{TABLE} t")
    conditions = (
        "t.code = w.value",
        "t.corporate_number = w.value",
        "t.lei = upper(w.value)",
        "t.folded = w.folded AND t.name = w.value",
        "t.folded = w.folded",
    )
    _by_levels(stage, column, [[(t, c) for t in tables] for c in conditions], f"{column}_folded")
    _reject_unknown(stage, column, _("No company has this code, corporate number or name."))
    _reject_several(
        stage,
        column,
        _("Several companies have this name. Write the code or the corporate number."),
    )


def staged(column: str) -> tuple[tuple[str, str], ...]:
    """The columns of the staging table that one reference needs."""
    return (f"{column}_id", "uuid"), (f"{column}_hits", "bigint")


def _code_then_name(table: str) -> list[list[Known]]:
    tables = (f"{table} t", f"{TABLE} t")
    return [[(t, f"t.{field} = w.value") for t in tables] for field in ("code", "name")]


def _simple(stage: Stage, column: str, table: str, condition: str) -> None:
    stage.execute(
        f"UPDATE {TABLE} s SET {column}_id = t.id FROM {table} t "
        f"WHERE {condition.format(column=column)}"
    )


def _by_levels(
    stage: Stage, column: str, levels: Iterable[Iterable[Known]], folded: str = "NULL::text"
) -> None:
    """The first level on which anything is found decides; what is found there may be several."""
    known = " UNION ALL ".join(
        f"SELECT w.value, t.id, {level} AS level FROM wanted w JOIN {table} ON {condition}"
        for level, tables in enumerate(levels)
        for table, condition in tables
    )
    stage.execute(
        f"""
        WITH wanted AS MATERIALIZED (
          SELECT DISTINCT {column} AS value, {folded} AS folded FROM {TABLE}
          WHERE {column} IS NOT NULL
        ), known AS ({known}
        ), nearest AS (
          SELECT value, id, rank() OVER (PARTITION BY value ORDER BY level) AS place FROM known
        ), found AS (
          SELECT value, min(id::text)::uuid AS id, count(DISTINCT id) AS hits
          FROM nearest WHERE place = 1 GROUP BY value
        )
        UPDATE {TABLE} s SET {column}_id = f.id, {column}_hits = f.hits
        FROM found f WHERE f.value = s.{column}
        """
    )


def _reject_unknown(stage: Stage, column: str, reason: str) -> None:
    stage.reject(
        column,
        reason,
        f"SELECT line, {column} FROM {TABLE} WHERE {column} IS NOT NULL AND {column}_id IS NULL",
    )


def _reject_several(stage: Stage, column: str, reason: str) -> None:
    stage.reject(column, reason, f"SELECT line, {column} FROM {TABLE} WHERE {column}_hits > 1")
