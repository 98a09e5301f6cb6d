"""What somebody loads through the pages: the file, how it is read, each run and its result."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kakehashi.imports.kinds import KINDS, Kind
from kakehashi.imports.maps import FileMap
from kakehashi.imports.outcome import Counts
from kakehashi.people.models import Person
from kakehashi.policy.rows import Row

KIND_CHOICES = [(name, name) for name in KINDS]


class OfKind(models.Model):
    """A row about one kind of file."""

    kind = models.CharField(_("Kind"), max_length=12, choices=KIND_CHOICES)

    class Meta:
        abstract = True

    @property
    def file_kind(self) -> Kind:
        return KINDS[self.kind]


class Upload(Row, OfKind):
    """A file somebody sent. Only they read it; its bytes lie beside the database."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(_("File"), max_length=255)
    size = models.PositiveBigIntegerField(_("Size"))
    lines = models.PositiveIntegerField(null=True)
    header = models.JSONField()
    sample = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("upload")

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return folder_of(self.person_id) / str(self.pk)


class Mapping(Row, OfKind):
    """How somebody last read files with such headings."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    headings = models.CharField(max_length=64)
    tables = models.JSONField()

    class Meta:
        verbose_name = _("mapping")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind", "headings"], name="imports_mapping_once"
            )
        ]


class ImportRun(Row, OfKind):
    """One rehearsal or real run of an uploaded file, and what came of it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    upload = models.ForeignKey(Upload, models.SET_NULL, null=True, related_name="runs")
    tables = models.JSONField()
    rehearsed = models.BooleanField()
    partial = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=12, blank=True)
    done = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    ignored = models.JSONField(default=list)
    loaded = models.BooleanField(default=False)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("import")
        indexes: ClassVar = [
            models.Index(F("person"), F("asked_at").desc(), name="imports_run_of_person"),
            models.Index(F("asked_at").desc(), name="imports_run_by_time"),
        ]

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None

    @property
    def changes_something(self) -> bool:
        """Whether there is anything to load."""
        return bool(self.created or self.updated)

    @property
    def file_map(self) -> FileMap:
        return FileMap.of(self.tables)

    @property
    def would(self) -> Counts:
        """What the rows of the file come to, if the rejected ones are left out."""
        return Counts(self.created, self.updated, self.unchanged, self.rejected)


class ImportProblem(models.Model):
    """One problem of a run. It shows what the file says, so only its sender reads it."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="problems", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    row = models.PositiveIntegerField(_("Row"))
    column = models.CharField(_("Column"), max_length=200, blank=True)
    value = models.TextField(_("Value"), blank=True)
    reason = models.TextField(_("Reason"))

    class Meta:
        verbose_name = _("problem")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "number"], name="imports_problem_once")
        ]


class ExportRun(Row, OfKind):
    """A file too large to be written while somebody waits; theirs for a quarter of an hour."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    form = models.CharField(max_length=4)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("export")

    @property
    def path(self) -> Path:
        return folder_of(self.person_id) / f"{self.pk}.{self.form}"


def folder_of(person_id: object) -> Path:
    """Where the files of one person lie."""
    return Path(settings.HOME.files) / "imports" / str(person_id)
