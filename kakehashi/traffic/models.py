"""Jobs and who is assigned to them: what lets a department see its work and nothing else."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.models import Account
from kakehashi.people.models import Person
from kakehashi.policy.constraints import SameAccount
from kakehashi.policy.rows import Dated, EditedRow, ends_after_it_starts, never_twice_at_once


class Job(EditedRow):
    """A piece of work for an account, with a number of the account's own."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="jobs", db_index=False)
    number = models.CharField(_("Job number"), max_length=40)
    title = models.CharField(_("Title"), max_length=200)

    class Meta:
        verbose_name = _("job")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="traffic_job_of_account"),
            models.UniqueConstraint(
                fields=["account", "number"],
                name="traffic_job_number",
                violation_error_message=_("The account already has a job with this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Assignment(EditedRow, Dated):
    """A person works on a job: they see it and the account's name, until 30 days after."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, models.CASCADE, db_constraint=False, related_name="assignments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")

    class Meta:
        verbose_name = _("assignment")
        constraints: ClassVar = [
            SameAccount(field="job", name="traffic_assignment_same_account"),
            ends_after_it_starts("traffic_assignment_dates"),
            never_twice_at_once(
                "job",
                "person",
                name="traffic_assignment_once",
                message=_("This person is already assigned to the job at that time."),
            ),
        ]
