"""What names sort by: computed by Python, from the name and its reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.base.text import sort_key
from kakehashi.imports.staging import TABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from kakehashi.imports.staging import Stage


def within(longest: int) -> Callable[..., str]:
    """The sort key of a name and its reading, as much of it as the column holds."""

    def make(name: str, kana: str = "") -> str:
        return sort_key(name, kana)[:longest]

    return make


def keep_readings(stage: Stage, table: str, longest: int, key: str = "id") -> None:
    """Where the file has no readings, names go on sorting by those that stand."""
    if stage.has("name_kana"):
        return
    make = within(longest)
    found = stage.fetch(
        f"SELECT s.line, s.name, t.name_kana FROM {TABLE} s JOIN {table} t ON t.id = s.{key} "
        "WHERE t.name_kana <> '' AND s.name IS NOT NULL"
    )
    if found:
        stage.execute(
            f"UPDATE {TABLE} s SET sort_key = k.sort_key "
            "FROM unnest(%s::int[], %s::text[]) AS k(line, sort_key) WHERE k.line = s.line",
            [[line for line, *_ in found], [make(name, kana) for _line, name, kana in found]],
        )
