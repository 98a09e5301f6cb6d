"""Checks: what was asked, what hit, which consents stand, and the table that weighs the hits."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.models import Account, Company, Contact
from kakehashi.conflicts.models.commitments import Commitment
from kakehashi.conflicts.terms import Level, Mode, Occasion, Result, Severity
from kakehashi.people.models import Office, Person
from kakehashi.policy.rows import EditedRow, Row


class Policy(EditedRow):
    """The agency's mode, and what follows from each severity where no clause says otherwise.

    One row (`only` is always true); without it the agency is strict and the tables are the usual.
    """

    only = models.BooleanField(default=True, unique=True, editable=False)
    mode = models.CharField(_("Mode"), max_length=6, choices=Mode, default=Mode.STRICT)
    strict_direct = models.CharField(max_length=10, choices=Result, default=Result.BLOCKED)
    strict_adjacent = models.CharField(max_length=10, choices=Result, default=Result.CONSENT)
    strict_indirect = models.CharField(max_length=10, choices=Result, default=Result.SAFEGUARDS)
    split_direct = models.CharField(max_length=10, choices=Result, default=Result.SAFEGUARDS)
    split_adjacent = models.CharField(max_length=10, choices=Result, default=Result.SAFEGUARDS)
    split_indirect = models.CharField(max_length=10, choices=Result, default=Result.CLEAR)
    clearance_required = models.BooleanField(
        _("No prospect becomes active without clearance"), default=False, db_default=False
    )
    reason = models.TextField(_("Reason"), blank=True, default="", db_default="")
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")
    set_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("conflict policy")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(only=True), name="conflicts_policy_one_row")
        ]


class Recheck(Row):
    """How far all accounts are checked again after the agency's rule changed.

    In hundredths: a number of accounts would count those that its reader does not see.
    """

    begun_at = models.DateTimeField()
    percent = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recheck of all accounts")


class Case(models.Model):
    """What a check asks about: whose advertising, of what, where, led by whom, from when on."""

    company = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, related_name="+")
    company_name = models.CharField(_("Company"), max_length=300, blank=True)
    brand = models.CharField(_("Brand"), max_length=200, blank=True)
    countries = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name=_("Countries")
    )
    disciplines = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("Disciplines")
    )

    class Meta:
        abstract = True


class Check(EditedRow, Case):
    """A request to check a case and, once it has run, what came of it.

    `findings` holds what is told beside the hits: people, companies of almost this name, consents.
    """

    occasion = models.CharField(
        _("Occasion"), max_length=11, choices=Occasion, default=Occasion.ASKED
    )
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="+")
    categories = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name=_("Categories")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Lead office"),
    )  # fmt: skip
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    people = ArrayField(models.UUIDField(), default=list, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ran_at = models.DateTimeField(null=True, blank=True, editable=False)
    mode = models.CharField(max_length=6, choices=Mode, blank=True, editable=False)
    result = models.CharField(max_length=10, choices=Result, blank=True, editable=False)
    findings = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("check")
        indexes: ClassVar = [models.Index(F("asked_at").desc(), name="conflicts_check_latest")]


class Hit(Row):
    """One account that a case touches: by which clause, how closely, and what follows from it.

    `because` are sentences not yet spoken: pairs of a code and what is filled in
    (conflicts/because.py speaks them in the reader's language).
    """

    check_of = models.ForeignKey(Check, models.CASCADE, related_name="hits", db_column="check_id")
    number = models.PositiveIntegerField()
    commitment = models.ForeignKey(Commitment, models.CASCADE, null=True, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    level = models.CharField(max_length=8, choices=Level, blank=True)
    severity = models.CharField(max_length=8, choices=Severity)
    rule = models.CharField(max_length=20)
    result = models.CharField(max_length=10, choices=Result)
    because = models.JSONField(default=list)

    class Meta:
        verbose_name = _("hit")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_of", "number"], name="conflicts_hit_number")
        ]


class Consent(EditedRow, Case):
    """The committed client consents to a case, until a day or until it is withdrawn.

    What is left empty is not limited: no company means any. Without a commitment it covers every
    commitment of the account, and what nobody wrote down.
    """

    account = models.ForeignKey(
        Account, models.CASCADE, related_name="+", verbose_name=_("Account")
    )
    commitment = models.ForeignKey(
        Commitment, models.CASCADE, null=True, blank=True, related_name="consents"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Led by or below"),
    )  # fmt: skip
    given_on = models.DateField(_("Given on"))
    expires_on = models.DateField(_("Until"), null=True, blank=True)
    conditions = models.TextField(_("Conditions"), blank=True)
    document = models.CharField(_("Recorded document"), max_length=300, blank=True)
    given_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Given by"),
    )  # fmt: skip
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    withdrawal = models.TextField(_("Why it was withdrawn"), blank=True, editable=False)

    said_at: ClassVar = {"conflicts_consent_dates": "expires_on"}

    class Meta:
        verbose_name = _("consent")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("given_on")),
                name="conflicts_consent_dates",
                violation_error_message=_("The consent ends before it is given."),
            ),
        ]
