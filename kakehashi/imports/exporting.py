"""What stands, as a file that goes back in unchanged: what whoever acts may see of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.functional import cached_property

from kakehashi.imports.columns import guarded, joined
from kakehashi.imports.spreadsheet import WRITERS
from kakehashi.policy.access import sweeping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from kakehashi.imports.kinds import Kind

BATCH = 2_000
Cells = list[str]


class Export:
    """One kind's rows, for whoever acts while it is written."""

    def __init__(self, kind: Kind, *, labels: bool = False) -> None:
        """`labels` heads the columns in the reader's language instead of by name."""
        self.kind = kind
        self.labels = labels

    @cached_property
    def shown(self) -> list[int]:
        """The columns the acting person may see at all."""
        hidden = self.kind.hidden_columns()
        return [at for at, column in enumerate(self.kind.columns) if column.name not in hidden]

    @property
    def heads(self) -> list[str]:
        columns = [self.kind.columns[at] for at in self.shown]
        return [column.label if self.labels else column.name for column in columns]

    def rows(self) -> Iterator[Cells]:
        """Every row, read from the database a batch at a time."""
        with transaction.atomic(), sweeping(), connection.chunked_cursor() as cursor:
            cursor.cursor.itersize = BATCH
            cursor.execute(self.kind.export_query())
            shown = self.shown
            for row in cursor:
                yield [cell(row[at]) for at in shown]

    def count(self, most: int) -> int:
        """How many rows there are, counted no further than `most`."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM (SELECT FROM ({self.kind.export_query()}) r "
                f"LIMIT {most:d}) k"
            )
            return cursor.fetchone()[0]

    def write(
        self,
        file: BinaryIO,
        form: str,
        *,
        mark: bool = False,
        say: Callable[[int], None] = lambda _done: None,
    ) -> int:
        """Write the file; returns its number of rows. `mark` tells Excel that CSV is UTF-8."""
        done = 0
        with WRITERS[form](file, self.kind.english, self.heads, mark=mark) as add:
            rows = self.rows()
            while batch := list(islice(rows, BATCH)):
                add(batch)
                done += len(batch)
                say(done)
        return done


def cell(value: Any) -> str:
    """A value as a cell says it, such that reading it gives the value back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        written = format(value, "f")
        return written.rstrip("0").rstrip(".") if "." in written else written
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return guarded(joined(value))
    return guarded(value) if isinstance(value, str) else str(value)


def formats() -> Sequence[str]:
    return list(WRITERS)
