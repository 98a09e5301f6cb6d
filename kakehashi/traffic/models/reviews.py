"""What a client is shown of a job, round by round, and what they say of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.models import Account
from kakehashi.people.models import Person
from kakehashi.policy.constraints import SameAccount
from kakehashi.policy.rows import Row
from kakehashi.traffic.models.jobs import Job


class Review(Row):
    """The client looks at the work once: they read this row, and never the job itself.

    It is over when the job goes on; until then whoever is asked answers it once.
    """

    class Verdict(models.TextChoices):
        FINE = "fine", _("It is good as it is")
        CHANGE = "change", _("Something is to change")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    job = models.ForeignKey(Job, models.CASCADE, db_constraint=False, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    text = models.TextField(_("What the client is to look at"), blank=True)
    asked_of = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    shared_at = models.DateTimeField()
    verdict = models.CharField(max_length=6, choices=Verdict, blank=True)
    said = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    said_at: ClassVar = {"traffic_review_says_what": "said"}

    class Meta:
        verbose_name = _("review by the client")
        constraints: ClassVar = [
            SameAccount(field="job", name="traffic_review_same_account"),
            models.UniqueConstraint(fields=["job", "round"], name="traffic_review_round"),
            models.CheckConstraint(
                condition=Q(verdict="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(verdict="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="traffic_review_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="change") | ~Q(said=""),
                name="traffic_review_says_what",
                violation_error_message=_("Say what is to change."),
            ),
        ]
        indexes: ClassVar = [models.Index(F("account"), F("asked_at"), name="traffic_review_of")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and not self.verdict
