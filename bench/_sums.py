"""What figures add up to: pages that miss, the price of the wall by kind of page, growth."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, Any]
LISTS, SINGLE, SUMS = "lists", "single things", "sums"
KINDS = (LISTS, SINGLE, SUMS)


@dataclass(frozen=True)
class Group:
    """The pages of one reader, by so many at once."""

    reader: str
    clients: int
    rows: tuple[Row, ...]

    @property
    def misses(self) -> int:
        return sum(map(is_late, self.rows))

    @property
    def p50(self) -> float:
        return statistics.median(row["p50"] for row in self.rows)

    @property
    def p95(self) -> float:
        return statistics.median(row["p95"] for row in self.rows)

    @property
    def worst(self) -> Row:
        return max(self.rows, key=lambda row: row["p95"] / row["budget"])


@dataclass(frozen=True)
class Price:
    """What the wall costs one reader on a kind of page; milliseconds of PostgreSQL's processor."""

    kind: str
    reader: str
    rows: tuple[Row, ...]

    @property
    def aim(self) -> float:
        return max(row["may_cost"] for row in self.rows)

    @property
    def ratio(self) -> float:
        """Of all the time with the wall to all without, so that pages of no work weigh little."""
        return sum(row["walled"] for row in self.rows) / sum(row["open"] for row in self.rows)

    @property
    def walled(self) -> float:
        return statistics.median(row["walled"] for row in self.rows)

    @property
    def open(self) -> float:
        return statistics.median(row["open"] for row in self.rows)

    @property
    def more(self) -> float:
        """Milliseconds that the wall adds to the middle page."""
        return statistics.median(row["walled"] - row["open"] for row in self.rows)

    @property
    def dearest(self) -> Row:
        """The page to which it adds most."""
        return max(self.rows, key=lambda row: row["walled"] - row["open"])


@dataclass(frozen=True)
class Growth:
    """One page of one reader in agencies of several sizes, smallest first."""

    page: str
    reader: str
    rows: tuple[Row, ...]

    @property
    def accounts(self) -> list[int]:
        return [row["accounts"] for row in self.rows]

    def times(self, what: str) -> list[float]:
        """How many times the smallest agency's figure each is."""
        first = self.rows[0][what]
        return [row[what] / first if first else 1.0 for row in self.rows]


def p95(times: Iterable[float]) -> float:
    """What all but the slowest twentieth stay within."""
    ordered = sorted(times)
    return ordered[int(len(ordered) * 0.95)]


def is_late(row: Row) -> bool:
    return bool(row["p95"] > row["budget"])


def groups(rows: Iterable[Row]) -> list[Group]:
    return [
        Group(reader, clients, found)
        for (clients, reader), found in _by(rows, "clients", "reader").items()
    ]


def prices(rows: Iterable[Row]) -> list[Price]:
    """By kind and reader; pages that were not compared do not count."""
    compared = [row for row in rows if row["open"]]
    found = _by(compared, "kind", "reader")
    return [
        Price(kind, reader, some)
        for wanted in KINDS
        for (kind, reader), some in found.items()
        if kind == wanted
    ]


def growths(rows: Iterable[Row]) -> list[Growth]:
    return [
        Growth(page, reader, tuple(sorted(found, key=lambda row: row["accounts"])))
        for (page, reader), found in _by(rows, "page", "reader").items()
    ]


def _by(rows: Iterable[Row], *names: str) -> dict[tuple[Any, ...], tuple[Row, ...]]:
    """Rows that agree on some columns, in the order in which the first of each was met."""
    found: dict[tuple[Any, ...], tuple[Row, ...]] = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        found[key] = (*found.get(key, ()), row)
    return found
