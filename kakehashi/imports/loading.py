"""One run of one file: check every row, settle what it means, write it.

A rehearsal is the same run, taken back at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.imports.checking import Checker
from kakehashi.imports.outcome import Outcome, Problems
from kakehashi.imports.staging import Stage, constraints_checked

if TYPE_CHECKING:
    from collections.abc import Callable

    from kakehashi.imports.layouts import Layout
    from kakehashi.imports.reading import Sheet

    Say = Callable[[str, int], None]


FEW = 2_000


class Overtaken(Unreadable):
    """Somebody saved something meanwhile that this file contradicts."""


def load(
    sheet: Sheet,
    layout: Layout,
    *,
    partial: bool = False,
    rehearse: bool = False,
    say: Say = lambda _stage, _done: None,
) -> Outcome:
    """Load a file as whoever acts. Nothing is written if a row is rejected, unless `partial`."""
    try:
        with transaction.atomic():
            _allow_memory()
            outcome = _run(sheet, layout, partial=partial, rehearse=rehearse, say=say)
            if not outcome.loaded:
                transaction.set_rollback(True)
    except IntegrityError as error:
        raise Overtaken(
            _(
                "Somebody saved changes meanwhile that this file contradicts. "
                "Nothing was loaded: run it again."
            )
        ) from error
    return outcome


def _run(sheet: Sheet, layout: Layout, *, partial: bool, rehearse: bool, say: Say) -> Outcome:
    problems = Problems()
    kind = layout.kind
    stage = Stage(layout, problems, say)
    checker = Checker(layout, problems)
    names = [column.name for column in checker.columns]
    names += [d.name for d in kind.derived if d.fits(layout)]
    stage.fill(checker.lines(sheet.rows), names)
    _plan_for(checker.count)
    say("comparing", checker.count)
    _one_at_a_time("imports", *kind.locks)
    kind.settle(stage)
    would = stage.counts()
    say("writing", checker.count)
    with constraints_checked():
        kind.write(stage)
    stage.drop()
    return Outcome(
        kind=kind.name,
        rows=checker.count,
        would=would,
        goes_through=partial or not problems.rows,
        rehearsed=rehearse,
        problems=problems.sorted(),
        left_out=problems.left_out,
        ignored=layout.ignored,
        repairs=sorted(problems.repairs, key=lambda repair: repair.row),
    )


def _allow_memory() -> None:
    """Sorting and joining a million rows wants more than a page's query gets."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")


def _plan_for(rows: int) -> None:
    """Do not let PostgreSQL guess: right after a large load its statistics call full tables empty.

    Many rows are joined by hashing, whatever the guess; few are looked up in indexes.
    """
    risky = "enable_nestloop" if rows > FEW else "enable_seqscan"
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {risky} = off")


def _one_at_a_time(*locks: str) -> None:
    """Of two files loaded at once each would miss what the other brings; so with other changes."""
    with connection.cursor() as cursor:
        for name in locks:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))::text", [name])
