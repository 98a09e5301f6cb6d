"""Objections to loading files: a sentence in the reader's language, or None."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.timezone import now
from django.utils.translation import gettext as _

from kakehashi.policy import scope

if TYPE_CHECKING:
    from kakehashi.imports.models import ExportRun, ImportRun
    from kakehashi.people.models import Person

KEPT = dt.timedelta(minutes=15)


def not_the_whole_agency(_person: Person, _thing: object) -> str | None:
    """Who loads accounts writes rows that nobody has a seat on yet: the whole agency's business."""
    if scope.sees_all():
        return None
    return _("Your role must be held in the one office at the top: files concern the whole agency.")


def not_rehearsed(_person: Person, run: ImportRun) -> str | None:
    """A file is loaded after its rehearsal has told what will happen."""
    if run.rehearsed and run.is_over and not run.error:
        return None
    return _("Rehearse the file first.")


def file_is_gone(_person: Person, run: ImportRun) -> str | None:
    if run.upload is not None and run.upload.path.exists():
        return None
    return _("The file is no longer kept. Upload it again.")


def export_is_over(run: ExportRun) -> str | None:
    """What somebody may see changes: a file made of it is not kept for long."""
    if run.finished_at is not None and now() - run.finished_at < KEPT and run.path.exists():
        return None
    return _("This file is no longer kept. Make it again.")
