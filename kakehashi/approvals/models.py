"""Approvals: who decides on one version of something, in which order, and what they said.

What was decided is written once. A circulation is about a version that never changes: its digest
is the one printed on the version itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kakehashi.approvals import states
from kakehashi.clients.models import Account
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Person
from kakehashi.policy.constraints import SameAccount
from kakehashi.policy.roles import RoleCode
from kakehashi.policy.rows import EditedRow, Row

if TYPE_CHECKING:
    from uuid import UUID


class Circulation(EditedRow):
    """One version goes round: the steps say to whom. All of ours, or all of the client's.

    What goes round among the client's people is shared with them; ours is not. `authors` are those
    of ours who wrote the version: they do not approve it.
    """

    class State(models.TextChoices):
        OPEN = states.OPEN, _("Going round")
        APPROVED = states.APPROVED, _("Approved")
        RETURNED = states.RETURNED, _("Sent back")
        WITHDRAWN = states.WITHDRAWN, _("Withdrawn")
        OVERTAKEN = states.OVERTAKEN, _("Overtaken")

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="circulations", db_index=False
    )
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    title = models.CharField(_("What is decided"), max_length=200)
    path = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    amount = models.DecimalField(
        _("Amount"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(max_length=3, blank=True)
    authors: models.Field[list[UUID], list[UUID]] = ArrayField(models.UUIDField(), default=list)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="circulations_started")
    started_at = models.DateTimeField()
    side = models.CharField(max_length=8, choices=Handoff.Side)
    shared_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("Why"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("circulation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "id"], name="approvals_circulation_of_account"
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "side"],
                condition=Q(state=states.OPEN),
                name="approvals_circulation_once",
                violation_error_message=_("This version is going round already."),
            ),
            models.CheckConstraint(
                condition=Q(side="ours", shared_at__isnull=True)
                | (~Q(side="ours") & Q(shared_at__isnull=False)),
                name="approvals_circulation_shared",
            ),
            models.CheckConstraint(
                condition=Q(state=states.OPEN, ended_at__isnull=True)
                | (~Q(state=states.OPEN) & Q(ended_at__isnull=False)),
                name="approvals_circulation_ended",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="")
                | (Q(amount__isnull=False) & ~Q(currency="")),
                name="approvals_circulation_currency",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("subject_kind"), F("subject_id"), name="approvals_of_subject"),
            models.Index(F("started_by"), F("started_at").desc(), name="approvals_started_by"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == states.OPEN

    @property
    def is_ours(self) -> bool:
        return self.side == Handoff.Side.OURS


class Step(Row):
    """Whose decision is asked, and when it is their turn: equal positions are asked at once.

    Asked is `holder`; whoever holds `role` on the account may decide as well, and the deputy.
    """

    class Kind(models.TextChoices):
        APPROVE = "approve", _("Approves")
        CIRCULATE = "circulate", _("Reads and passes on")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    circulation = models.ForeignKey(
        Circulation, models.PROTECT, db_constraint=False, related_name="steps"
    )
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.APPROVE)
    holder = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(_("Role"), max_length=24, choices=RoleCode, blank=True)
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    limit = models.DecimalField(_("Up to"), max_digits=16, decimal_places=2, null=True, blank=True)
    hours = models.PositiveSmallIntegerField(
        _("Working hours"), default=8, validators=[MinValueValidator(1)]
    )
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("step")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="approvals_step_of_account"),
            SameAccount(field="circulation", name="approvals_step_same_account"),
            models.UniqueConstraint(
                fields=["circulation", "holder"],
                name="approvals_step_asked_once",
                violation_error_message=_("Each of them is asked once."),
            ),
        ]


class Decision(Row):
    """What somebody decided. Written once; one taken back is followed by another, or by none."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Sent back")
        READ = "read", _("Read")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, models.PROTECT, db_constraint=False, related_name="decisions")
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="followed_by",
    )
    verdict = models.CharField(_("Decision"), max_length=8, choices=Verdict)
    note = models.TextField(_("In words"), blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(_("How"), max_length=8, choices=Handoff.Channel)
    evidence = models.CharField(_("Evidence"), max_length=500, blank=True)
    at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    said_at: ClassVar = {
        "approvals_decision_returning_needs_words": "note",
        "approvals_decision_shown": "evidence",
    }

    class Meta:
        verbose_name = _("decision")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="approvals_decision_of_account"),
            SameAccount(field="step", name="approvals_decision_same_account"),
            SameAccount(field="follows", name="approvals_decision_follows_account"),
            models.UniqueConstraint(
                fields=["step"],
                condition=Q(follows__isnull=True),
                name="approvals_decision_once",
                violation_error_message=_("This was decided meanwhile."),
            ),
            models.CheckConstraint(
                condition=~Q(verdict="returned") | ~Q(note=""),
                name="approvals_decision_returning_needs_words",
                violation_error_message=_("Say what should change."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=F("recorded_by")) | ~Q(evidence=""),
                name="approvals_decision_shown",
                violation_error_message=_("Say what shows it: when and where."),
            ),
        ]


class TakenBack(Row):
    """That a decision was taken back, within minutes. Written once."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    decision = models.OneToOneField(
        Decision, models.PROTECT, db_constraint=False, related_name="taken_back"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("decision taken back")
        constraints: ClassVar = [
            SameAccount(field="decision", name="approvals_takenback_same_account")
        ]
