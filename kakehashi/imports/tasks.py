"""Files are loaded and written in the background, as the person who asked."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from kakehashi.imports import actions
from kakehashi.imports.models import ExportRun, ImportRun, Upload
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as, acting_as_system
from kakehashi.policy.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

KEEP_UPLOADS = dt.timedelta(days=30)
KEEP_EXPORTS = dt.timedelta(days=1)


@app.task(name=actions.IMPORT)
def run_import(run_id: str, person_id: str) -> None:
    """Rehearse or load one file. Done twice, it is done once."""
    with _telling(ImportRun, run_id, person_id) as progress, acting_as(UUID(person_id)):
        run = ImportRun.objects.select_related("upload", "person").get(pk=run_id)
        if run.is_over:
            return
        progress.tell(started_at=now(), stage="", done=0)
        run.started_at = now()

        def say(stage: str, done: int) -> None:
            tell = progress.tell_sometimes if stage == "reading" else progress.tell
            tell(stage=stage, done=done)

        actions.carry_out(run=run, by=run.person, at=now, say=say)


@app.task(name=actions.EXPORT)
def run_export(run_id: str, person_id: str) -> None:
    """Write one file for whom it is for."""
    with _telling(ExportRun, run_id, person_id) as progress, acting_as(UUID(person_id)):
        run = ExportRun.objects.get(pk=run_id)
        if run.finished_at is None:
            actions.write_export(
                run=run, at=now, say=lambda done: progress.tell_sometimes(done=done)
            )


@app.periodic(cron="17 3 * * *")
@app.task(name="imports.clear_old_files")
def clear_old_files(timestamp: int) -> None:
    """Files are kept for a month after their upload, and a day after their export."""
    moment = dt.datetime.fromtimestamp(timestamp, dt.UTC)
    with acting_as_system("clear_old_files"):
        old = Upload.objects.filter(at__lt=moment - KEEP_UPLOADS)
        made = ExportRun.objects.filter(asked_at__lt=moment - KEEP_EXPORTS)
        rows: list[Upload | ExportRun] = [*old, *made]
        for row in rows:
            row.path.unlink(missing_ok=True)
            row.delete()


@contextmanager
def _telling(model: type[Model], run_id: str, person_id: str) -> Iterator[Progress]:
    """Progress in the language of the person; if the run breaks, they are told that as well."""
    with acting_as(UUID(person_id)):
        language = Person.objects.values_list("language", flat=True).get(pk=person_id)
    with translation.override(language), Progress(model, UUID(run_id)) as progress:
        try:
            yield progress
        except Exception:
            reason = _("Something went wrong on our side. Nothing was changed: try again.")
            progress.tell(finished_at=now(), error=reason)
            raise
