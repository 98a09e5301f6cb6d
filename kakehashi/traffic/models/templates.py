"""What the agency makes jobs from: the pattern of their numbers, tasks that come again."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kakehashi.people.models import Person
from kakehashi.policy.rows import EditedRow, Row
from kakehashi.traffic.models.jobs import Job
from kakehashi.traffic.models.tasks import LONGEST, ROLES


class NumberPattern(Row):
    """What job numbers look like from a moment on. Written once; the newest holds."""

    pattern = models.CharField(_("Pattern"), max_length=80)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pattern of job numbers")

    def __str__(self) -> str:
        return self.pattern


class Template(EditedRow):
    """The tasks of one kind of work, edited by the agency itself."""

    name = models.CharField(_("Name"), max_length=120)
    name_en = models.CharField(_("Name in English"), max_length=120, blank=True)
    kind = models.CharField(_("Kind of job"), max_length=12, choices=Job.Kind)
    closed_on = models.DateField(_("Not used since"), null=True, blank=True)

    class Meta:
        verbose_name = _("template")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name"],
                name="traffic_template_once",
                violation_error_message=_("There is a template of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class TemplateTask(EditedRow):
    """One task of a template; `after` are the places of those it waits for."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="tasks", db_index=False)
    place = models.PositiveSmallIntegerField(_("No."))
    title = models.CharField(_("What is to be done"), max_length=200)
    title_en = models.CharField(_("In English"), max_length=200, blank=True)
    role = models.CharField(_("Role"), max_length=30, choices=ROLES, blank=True)
    days = models.PositiveSmallIntegerField(
        _("Working days"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
    )
    after = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    said_at: ClassVar = {"traffic_templatetask_place": "place"}

    class Meta:
        verbose_name = _("task of a template")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["template", "place"],
                name="traffic_templatetask_place",
                violation_error_message=_("Two tasks cannot have the same number."),
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=LONGEST), name="traffic_templatetask_days"
            ),
        ]

    def __str__(self) -> str:
        return self.title
