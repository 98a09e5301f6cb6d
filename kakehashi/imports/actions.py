"""What people do with files: upload, say which column is which, rehearse, load, export."""

from __future__ import annotations

import hashlib
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kakehashi.base.errors import Unreadable
from kakehashi.base.ids import uuid7
from kakehashi.base.text import one_line
from kakehashi.imports import rules
from kakehashi.imports.checking import shown
from kakehashi.imports.exporting import Export
from kakehashi.imports.layouts import lay_out
from kakehashi.imports.loading import load
from kakehashi.imports.models import ExportRun, ImportRun, Mapping, Upload
from kakehashi.imports.queries import keep_problems
from kakehashi.imports.reading import BadRow, read
from kakehashi.policy.engine import Refused, require
from kakehashi.policy.queue import enqueue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from kakehashi.imports.kinds import Kind
    from kakehashi.imports.maps import FileMap
    from kakehashi.people.models import Person

IMPORT, EXPORT = "imports.run_import", "imports.run_export"
LOCK = "imports"
SAMPLE = 5
LONGEST_NAME = 255
BLOCK = 1024 * 1024


@transaction.atomic
def upload_file(
    *, kind: Kind, name: str, chunks: Iterable[bytes], by: Person, at: dt.datetime
) -> Upload:
    """Keep a file that somebody sent, if it can be read at all."""
    require(by, kind.ability, None)
    upload = Upload(
        id=uuid7(), kind=kind.name, person=by, name=one_line(name)[-LONGEST_NAME:] or "–", at=at
    )
    try:
        _keep(upload, chunks)
        upload.save(force_insert=True)
    except BaseException:
        upload.path.unlink(missing_ok=True)
        raise
    return upload


def _keep(upload: Upload, chunks: Iterable[bytes]) -> None:
    """Write the bytes where only the program reads them, and look at the first rows."""
    upload.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    breaks = 0
    with upload.path.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
            breaks += chunk.count(b"\n")
    upload.size = upload.path.stat().st_size
    with read(upload.path, upload.name) as sheet:
        upload.header = sheet.header
        rows = islice((row for row in sheet.rows if not isinstance(row, BadRow)), SAMPLE)
        upload.sample = [[shown(cell) for cell in row] for row in rows]
        upload.lines = None if sheet.encoding == "xlsx" else max(breaks, 1)


@transaction.atomic
def rehearse(*, upload: Upload, file_map: FileMap, by: Person, at: dt.datetime) -> ImportRun:
    """Have a file tried out: everything but its end. How its columns are read is remembered."""
    require(by, upload.file_kind.ability, None)
    lay_out(upload.file_kind, upload.header, file_map)
    Mapping.objects.update_or_create(
        person=by,
        kind=upload.kind,
        headings=digest_of(upload.header),
        defaults={"tables": file_map.as_tables()},
    )
    return _ask_for_run(upload, file_map.as_tables(), by, at, rehearsed=True)


@transaction.atomic
def load_for_real(*, rehearsal: ImportRun, partial: bool, by: Person, at: dt.datetime) -> ImportRun:
    """Load what was rehearsed: all of it or nothing, or without the rejected rows."""
    require(by, rehearsal.file_kind.ability, None)
    _refuse(rules.not_rehearsed(by, rehearsal))
    upload = _kept(rehearsal, by)
    return _ask_for_run(upload, rehearsal.tables, by, at, rehearsed=False, partial=partial)


def _ask_for_run(
    upload: Upload, tables: dict[str, Any], by: Person, at: dt.datetime, **how: bool
) -> ImportRun:
    run = ImportRun(kind=upload.kind, person=by, upload=upload, tables=tables, asked_at=at, **how)
    run.save(force_insert=True)
    enqueue(IMPORT, lock=LOCK, run_id=str(run.pk), person_id=str(by.pk))
    return run


@transaction.atomic
def carry_out(
    *, run: ImportRun, by: Person, at: Callable[[], dt.datetime], say: Callable[[str, int], None]
) -> None:
    """Do what was asked for, as the person who asked; its result stands or falls with it."""
    require(by, run.file_kind.ability, None)
    try:
        _load(run, _kept(run, by), say)
    except (Unreadable, Refused) as problem:
        run.error = problem.reason
    run.finished_at = at()
    run.save()


def _load(run: ImportRun, upload: Upload, say: Callable[[str, int], None]) -> None:
    with read(upload.path, upload.name) as sheet:
        layout = lay_out(run.file_kind, sheet.header, run.file_map)
        outcome = load(sheet, layout, partial=run.partial, rehearse=run.rehearsed, say=say)
    run.rows, run.loaded = outcome.rows, outcome.loaded
    run.ignored, run.left_out = outcome.ignored, outcome.left_out
    for name in ("created", "updated", "unchanged", "rejected"):
        setattr(run, name, getattr(outcome.would, name))
    keep_problems(run, outcome.problems)


@transaction.atomic
def ask_for_export(*, kind: Kind, form: str, by: Person, at: dt.datetime, total: int) -> ExportRun:
    """Have a file written in the background that is too large to wait for."""
    run = ExportRun(kind=kind.name, form=form, person=by, asked_at=at, total=total)
    run.save(force_insert=True)
    enqueue(EXPORT, run_id=str(run.pk), person_id=str(by.pk))
    return run


@transaction.atomic
def write_export(
    *, run: ExportRun, at: Callable[[], dt.datetime], say: Callable[[int], None]
) -> None:
    """Write the file for the person it is for, as they see things now."""
    run.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with run.path.open("wb") as file:
            run.done = Export(run.file_kind, labels=True).write(file, run.form, mark=True, say=say)
    except Unreadable as problem:
        run.error = problem.reason
        run.path.unlink(missing_ok=True)
    run.finished_at = at()
    run.save()


def digest_of(header: Sequence[str]) -> str:
    """What a set of headings is remembered by, in whichever order they stand."""
    return hashlib.sha256("\x1f".join(sorted(header)).encode()).hexdigest()


def _kept(run: ImportRun, by: Person) -> Upload:
    """The file of a run, which is not kept for ever."""
    _refuse(rules.file_is_gone(by, run))
    assert run.upload is not None
    return run.upload


def _refuse(reason: str | None) -> None:
    if reason:
        raise Refused(reason)
