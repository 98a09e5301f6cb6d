"""The rows of a file in a temporary table, where everything is asked about all of them at once."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _

from kakehashi.imports.checking import shown
from kakehashi.imports.columns import NOTHING
from kakehashi.imports.outcome import Counts, Repair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kakehashi.imports.layouts import Layout
    from kakehashi.imports.outcome import Problems

    Values = Sequence[Any] | Mapping[str, Any] | None

TABLE = "import_stage"
BATCH = 5_000
OWN = (
    ("line", "integer NOT NULL"),
    ("id", "uuid"),
    ("fresh", "boolean NOT NULL DEFAULT false"),
    ("rejected", "boolean NOT NULL DEFAULT false"),
    ("state", "text NOT NULL DEFAULT 'same'"),
)


class Stage:
    """A run's staging table. `say` is told how far things are."""

    def __init__(self, layout: Layout, problems: Problems, say: Callable[[str, int], None]) -> None:
        self.layout = layout
        self.problems = problems
        self.say = say
        self.has = layout.has

    def fill(self, lines: Iterator[str], columns: Sequence[str]) -> None:
        """COPY the lines in, telling about every few thousand."""
        self._create()
        named = ", ".join(("line", *columns))
        done = 0
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {TABLE} ({named}) FROM STDIN WITH (NULL '{NOTHING}')") as copy,
        ):
            while batch := list(islice(lines, BATCH)):
                copy.write("".join(batch))
                done += len(batch)
                self.say("reading", done)
        self.execute(f"ANALYZE {TABLE}")

    def _create(self) -> None:
        kind = self.layout.kind
        columns = [
            *OWN,
            *((c.name, c.type) for c in kind.columns),
            *((d.name, d.type) for d in kind.derived),
            *kind.extra,
        ]
        self.drop()
        listed = ", ".join(f"{name} {type_}" for name, type_ in columns)
        self.execute(f"CREATE TEMPORARY TABLE {TABLE} ({listed}) ON COMMIT DROP")

    def make(self, name: str, query: str) -> None:
        """Keep what a query finds in a temporary table that ends with the transaction."""
        self.execute(f"DROP TABLE IF EXISTS {name}")
        self.execute(f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS {query}")
        self.execute(f"ANALYZE {name}")

    def drop(self) -> None:
        self.execute(f"DROP TABLE IF EXISTS {TABLE}")

    def index(self, *columns: str) -> None:
        """Make lookups by these columns quick."""
        for column in columns:
            self.execute(f"CREATE INDEX ON {TABLE} ({column})")
        self.execute(f"ANALYZE {TABLE}")

    def execute(self, query: str, values: Values = None) -> int:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.rowcount

    def fetch(self, query: str, values: Values = None) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()

    def reject(self, column: str, reason: str, query: str, values: Values = None) -> int:
        """Reject the rows a query finds: it gives line, value to show, and the other row meant."""
        found = self.fetch(query, values)
        told = {
            line: reason % {"row": other[0]} if other else reason for line, _value, *other in found
        }
        return self.reject_each(column, found, told)

    def reject_each(
        self, column: str, found: Sequence[Sequence[Any]], reasons: Mapping[int, str]
    ) -> int:
        """Reject rows, each for a reason of its own; of each line and the value to show."""
        for line, value, *_rest in found:
            self.problems.add(line, column, shown("" if value is None else value), reasons[line])
        if found:
            self.execute(
                f"UPDATE {TABLE} SET rejected = true WHERE line = ANY (%s)",
                [[row[0] for row in found]],
            )
        return len(found)

    def repair(self, line: int, column: str, value: str, became: str, reason: str) -> None:
        """Tell that a cell was wrong and what it was taken for; its row is good."""
        self.problems.repairs.append(Repair(line, column, value, became, reason))

    def reject_repeated(self, column: str, *key: str, among: str = "true") -> None:
        """Reject the rows that say again what an earlier row is about."""
        self.reject(
            column,
            _("Row %(row)s of this file has the same key."),
            f"SELECT line, value, first FROM (SELECT s.line, s.{column} AS value, "
            f"min(s.line) OVER (PARTITION BY {', '.join(key or (f's.{column}',))}) AS first "
            f"FROM {TABLE} s WHERE s.{column} IS NOT NULL AND {among}) k WHERE first < line",
        )

    def until_settled(self, *checks: Callable[[], int]) -> None:
        """Repeat checks whose answer depends on which other rows are taken, until none objects."""
        while sum(check() for check in checks):
            pass

    def identify(self) -> None:
        """Give every row that stands for nothing known an id of its own."""
        self.execute(f"UPDATE {TABLE} SET id = acting_fresh_id(), fresh = true WHERE id IS NULL")
        self.execute(f"UPDATE {TABLE} SET state = 'new' WHERE fresh")

    def counts(self) -> Counts:
        found = dict(
            self.fetch(
                f"SELECT state, count(*) FROM {self.layout.kind.counted} "
                "WHERE NOT rejected GROUP BY state"
            )
        )
        return Counts(
            created=found.get("new", 0),
            updated=found.get("changed", 0),
            unchanged=found.get("same", 0),
            rejected=len(self.problems.rows),
        )


@contextmanager
def constraints_checked() -> Iterator[None]:
    """Have PostgreSQL check now what it would otherwise check at the end of the transaction."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def quoted(values: Iterable[str]) -> str:
    """Our own codes as SQL literals."""
    return ", ".join(f"'{value}'" for value in values)
