"""What is to be done for a job: by whom, by when, after what."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.clients.models import Account
from kakehashi.people.models import Person
from kakehashi.policy.constraints import SameAccount
from kakehashi.policy.roles import RoleCode
from kakehashi.policy.rows import EditedRow, Row
from kakehashi.traffic.models.jobs import Job

if TYPE_CHECKING:
    import datetime as dt

TO_DO = Q(done_at__isnull=True)
LONGEST = 250
ROLES = [(code.value, code.label) for code in RoleCode if code is not RoleCode.ADMINISTRATOR]


class Task(EditedRow):
    """One step of a job, of so many working days. To do, begun, done."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    job = models.ForeignKey(Job, models.CASCADE, db_constraint=False, related_name="tasks")
    place = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("What is to be done"), max_length=200)
    role = models.CharField(_("Role"), max_length=30, choices=ROLES, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="tasks",
        db_index=False, verbose_name=_("Who"),
    )  # fmt: skip
    days = models.PositiveSmallIntegerField(
        _("Working days"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
    )
    starts_on = models.DateField(pgettext_lazy("task", "Begins"), null=True, blank=True)
    due_on = models.DateField(pgettext_lazy("task", "Ends"), null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        editable=False,
    )  # fmt: skip

    said_at: ClassVar = {
        "traffic_task_dates": "due_on",
        "traffic_task_days": "days",
    }

    class Meta:
        verbose_name = _("task")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="traffic_task_of_account"),
            SameAccount(field="job", name="traffic_task_same_account"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(due_on__isnull=True)
                | Q(due_on__gte=F("starts_on")),
                name="traffic_task_dates",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=LONGEST),
                name="traffic_task_days",
                violation_error_message=_("A task takes from 1 to 250 working days."),
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="traffic_task_done_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("person"), F("due_on"), F("id"), condition=TO_DO, name="traffic_task_mine"
            ),
            models.Index(F("account"), F("due_on"), condition=TO_DO, name="traffic_task_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_late(self, today: dt.date) -> bool:
        return not self.is_done and self.due_on is not None and self.due_on < today


class Dependency(Row):
    """A task waits for another of the same job."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    job = models.ForeignKey(Job, models.CASCADE, db_constraint=False, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, db_constraint=False, related_name="waits_for")
    needs = models.ForeignKey(Task, models.CASCADE, db_constraint=False, related_name="awaited_by")

    class Meta:
        verbose_name = _("order of tasks")
        constraints: ClassVar = [
            SameAccount(field="job", name="traffic_dependency_job_same_account"),
            SameAccount(field="task", name="traffic_dependency_task_same_account"),
            SameAccount(field="needs", name="traffic_dependency_needs_same_account"),
            models.UniqueConstraint(fields=["task", "needs"], name="traffic_dependency_once"),
            models.CheckConstraint(
                condition=~Q(task=F("needs")), name="traffic_dependency_of_another"
            ),
        ]
