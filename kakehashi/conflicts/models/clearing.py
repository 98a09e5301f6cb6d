"""From a check to a clearance: receipts, the officer's decisions, consent asked of a client.

Receipts and requests are what others read of it: neither names another client.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.models import Account
from kakehashi.conflicts.models.checks import Check, Hit
from kakehashi.conflicts.models.walls import Wall
from kakehashi.conflicts.terms import Cleared, Verdict
from kakehashi.people.models import Person
from kakehashi.policy.rows import Row


class Receipt(Row):
    """That a check was asked for, and what the officer decided. Its id is the check's."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="receipts", db_index=False)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    outcome = models.CharField(_("Decision"), max_length=10, choices=Cleared, blank=True)
    note = models.TextField(_("What this means for you"), blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("receipt of a check")
        indexes: ClassVar = [models.Index(F("account"), F("asked_at"), name="conflicts_receipt_of")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None, decided_by=None)
                | (~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="conflicts_receipt_decided_whole",
            )
        ]

    @property
    def is_open(self) -> bool:
        return not self.outcome


class Decision(Row):
    """What the officer decided of one hit, or of a check without any.

    Written once; a later one of the same hit takes its place.
    """

    check_of = models.ForeignKey(
        Check, models.PROTECT, related_name="decisions", db_column="check_id"
    )
    hit = models.ForeignKey(Hit, models.PROTECT, null=True, related_name="decisions")
    verdict = models.CharField(_("Decision"), max_length=11, choices=Verdict)
    reason = models.TextField(_("Reason"))
    until = models.DateField(_("Until"), null=True, blank=True)
    wall = models.ForeignKey(Wall, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    said_at: ClassVar = {"conflicts_decision_with_reason": "reason"}

    class Meta:
        verbose_name = _("decision of a check")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="conflicts_decision_with_reason",
                violation_error_message=_("Say why."),
            )
        ]


class ConsentRequest(Row):
    """A client's contact is asked to consent. Names no other client but where it was disclosed."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("Whom to ask")
    )
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="request")
    asks = models.TextField(_("What is asked"))
    conditions = models.TextField(_("Conditions"), blank=True)
    until = models.DateField(_("Until"))
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    granted = models.BooleanField(_("Consents"), null=True)
    remarks = models.TextField(_("Remarks"), blank=True)
    document = models.CharField(_("Recorded document"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("request for consent")

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
