"""Jobs, their states over time, and who is assigned: what lets a department see its work alone."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.briefs.models import Brief, BriefVersion
from kakehashi.clients.models import Account
from kakehashi.people.models import Person
from kakehashi.policy.constraints import SameAccount
from kakehashi.policy.rows import Dated, EditedRow, Row, ends_after_it_starts, never_twice_at_once
from kakehashi.traffic import states

IS_OPEN = Q(closed_at__isnull=True)
NEVER = dt.date(9999, 12, 31)


class Job(EditedRow):
    """A piece of work for an account, with a number of the account's own year.

    It is on two lines at once, production and billing. `run_by` runs it for the client, `made_by`
    leads those who make it, `billed_by` invoices it; who is not named, `run_by` stands for.
    `brief_version` is what was approved when it was opened: who works on it reads exactly that.
    """

    class Kind(models.TextChoices):
        MEDIA = "media", pgettext_lazy("kind of job", "Media")
        NEWSPAPER = "newspaper", _("Newspaper")
        MAGAZINE = "magazine", _("Magazine")
        TELEVISION = "television", _("Television")
        RADIO = "radio", _("Radio")
        OUTDOOR = "outdoor", _("Outdoor")
        COLLATERAL = "collateral", _("Collateral")
        PR = "pr", _("PR and marketing")
        WEB = "web", _("Web")
        OTHER = "other", pgettext_lazy("kind of job", "Other")

    class Production(models.TextChoices):
        PROPOSED = states.PROPOSED, pgettext_lazy("job", "Proposed")
        IN_PRODUCTION = states.IN_PRODUCTION, pgettext_lazy("job", "In production")
        INTERNAL_REVIEW = states.INTERNAL_REVIEW, pgettext_lazy("job", "Internal review")
        CLIENT_REVIEW = states.CLIENT_REVIEW, pgettext_lazy("job", "Client review")
        RELEASED = states.RELEASED, pgettext_lazy("job", "Released")
        DELIVERED = states.DELIVERED, pgettext_lazy("job", "Delivered")
        ON_HOLD = states.ON_HOLD, pgettext_lazy("job", "On hold")
        CANCELLED = states.CANCELLED, pgettext_lazy("job", "Cancelled")

    class Billing(models.TextChoices):
        NOT_ESTIMATED = states.NOT_ESTIMATED, pgettext_lazy("billing", "Not estimated")
        ESTIMATED = states.ESTIMATED, pgettext_lazy("billing", "Estimated")
        AWAITING_APPROVAL = states.AWAITING_APPROVAL, pgettext_lazy("billing", "Awaiting approval")
        APPROVED = states.APPROVED, pgettext_lazy("billing", "Approved")
        READY_TO_BILL = states.READY_TO_BILL, pgettext_lazy("billing", "Ready to bill")
        INVOICED = states.INVOICED, pgettext_lazy("billing", "Invoiced")
        PAID = states.PAID, pgettext_lazy("billing", "Paid")
        UNBILLABLE = states.UNBILLABLE, pgettext_lazy("billing", "Not billed")
        CLOSED = states.CLOSED, pgettext_lazy("billing", "Closed")

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="jobs", db_index=False, verbose_name=_("Account")
    )
    number = models.CharField(_("Job number"), max_length=40)
    title = models.CharField(pgettext_lazy("of a thing", "Title"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    live_on = models.DateField(_("Live date"), null=True, blank=True)
    specs = models.TextField(_("Specifications"), blank=True)
    production = models.CharField(max_length=16, choices=Production, default=states.PROPOSED)
    billing = models.CharField(max_length=20, choices=Billing, default=states.NOT_ESTIMATED)
    run_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="jobs_run",
        db_index=False, verbose_name=_("Runs the job"),
    )  # fmt: skip
    made_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+",
        db_index=False, verbose_name=_("Leads the work"),
    )  # fmt: skip
    billed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+",
        db_index=False, verbose_name=_("Bills it"),
    )  # fmt: skip
    client = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+",
        db_index=False, verbose_name=_("Answers for the client"),
    )  # fmt: skip
    brief_version = models.ForeignKey(
        BriefVersion, models.PROTECT, null=True, blank=True, db_constraint=False,
        related_name="jobs", editable=False, verbose_name=_("Brief"),
    )  # fmt: skip
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    by_date = models.GeneratedField(
        expression=Coalesce("live_on", Value(NEVER)),
        output_field=models.DateField(),
        db_persist=True,
    )

    said_at: ClassVar = {"traffic_job_number": "number"}

    class Meta:
        verbose_name = _("job")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="traffic_job_of_account"),
            SameAccount(field="brief_version", name="traffic_job_brief_same_account"),
            models.UniqueConstraint(
                fields=["account", "number"],
                name="traffic_job_number",
                violation_error_message=_("The account already has a job with this number."),
            ),
            models.CheckConstraint(
                condition=IS_OPEN | Q(production__in=states.ENDED),
                name="traffic_job_closed_after_work",
                violation_error_message=_("The work is not over yet."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, billing__in=states.OPEN)
                | Q(closed_at__isnull=False, billing=states.CLOSED),
                name="traffic_job_closed_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("production"), F("by_date"), F("id"), condition=IS_OPEN, name="traffic_job_board"
            ),
            models.Index(
                F("account"), F("by_date"), F("id"), condition=IS_OPEN, name="traffic_job_open"
            ),
            models.Index(F("by_date"), F("id"), condition=IS_OPEN, name="traffic_job_dated"),
            models.Index(F("live_on"), F("id"), name="traffic_job_live"),
            models.Index(F("number"), F("id"), name="traffic_job_by_number"),
            models.Index(F("run_by"), F("by_date"), F("id"), name="traffic_job_run"),
            models.Index(F("made_by"), F("by_date"), F("id"), name="traffic_job_made"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def state(self, line: str) -> str:
        """Where it is on one line."""
        return str(getattr(self, line))

    @classmethod
    def label_of(cls, line: str, state: str) -> str:
        """What a state is called on its line."""
        labels = cls.Production if line == states.PRODUCTION else cls.Billing
        return str(labels(state).label)

    @cached_property
    def stood_in(self) -> str | None:
        """Where production stood when it was stopped."""
        if self.production != states.ON_HOLD:
            return None
        held = self.changes.filter(line=states.PRODUCTION, new=states.ON_HOLD)
        return held.order_by("-at", "-pk").values_list("old", flat=True).first()

    @cached_property
    def newer_brief(self) -> BriefVersion | None:
        """A newer version of its brief, as far as the reader sees one: what is accepted, first."""
        if self.brief_version is None:
            return None
        rows = BriefVersion.objects.filter(
            brief=self.brief_version.brief_id, number__gt=self.brief_version.number
        ).annotate(is_accepted=Exists(Brief.objects.filter(accepted=OuterRef("pk"))))
        return rows.order_by("-is_accepted", "-number").first()

    @property
    def newer_is_accepted(self) -> bool:
        """Whether that version is what everybody approved last."""
        return bool(getattr(self.newer_brief, "is_accepted", False))

    @property
    def part(self) -> dict[str, Person | None]:
        """Who takes which part; who runs it stands for whom nobody named."""
        return {
            states.RUNS: self.run_by,
            states.MAKES: self.made_by or self.run_by,
            states.CLIENT: self.client or self.run_by,
            states.BILLS: self.billed_by or self.run_by,
        }


class JobCount(Row):
    """How many numbers an account has used up in a year: the row is the queue for the next."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "year"], name="traffic_jobcount_once")
        ]


class StateChange(Row):
    """That a job moved on one of its lines, who moved it, when and why. Written once."""

    class Line(models.TextChoices):
        PRODUCTION = states.PRODUCTION, _("Production")
        BILLING = states.BILLING, _("Billing")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    job = models.ForeignKey(
        Job, models.CASCADE, db_constraint=False, related_name="changes", db_index=False
    )
    line = models.CharField(max_length=10, choices=Line)
    old = models.CharField(max_length=20)
    new = models.CharField(max_length=20)
    reason = models.TextField(_("Why"), blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    said_at: ClassVar = {"traffic_statechange_says_why": "reason"}

    class Meta:
        constraints: ClassVar = [
            SameAccount(field="job", name="traffic_statechange_same_account"),
            models.CheckConstraint(
                condition=~Q(new__in=states.REASONED) | ~Q(reason=""),
                name="traffic_statechange_says_why",
                violation_error_message=_("Say why: others will read it."),
            ),
        ]
        indexes: ClassVar = [models.Index(F("job"), F("at"), name="traffic_change_of_job")]

    @property
    def old_label(self) -> str:
        return Job.label_of(self.line, self.old) if self.old else ""

    @property
    def new_label(self) -> str:
        return Job.label_of(self.line, self.new)


class ChangeRequest(Row):
    """What the client wants changed, in which round, and whether they had agreed before."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    job = models.ForeignKey(Job, models.CASCADE, db_constraint=False, related_name="requests")
    round = models.PositiveSmallIntegerField(_("Round"))
    text = models.TextField(_("What is to change"))
    after_approval = models.BooleanField(default=False)
    asked_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("Asked by")
    )
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change request")
        constraints: ClassVar = [
            SameAccount(field="job", name="traffic_changerequest_same_account"),
            models.UniqueConstraint(fields=["job", "round"], name="traffic_changerequest_round"),
        ]


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
