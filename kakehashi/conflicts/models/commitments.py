"""What clients were promised: exclusivity as data, and rules of single programmes apart from it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.clients.models import Account, Brand, Company
from kakehashi.conflicts.models.categories import Category
from kakehashi.conflicts.terms import Level, Medium, Origin, Scope
from kakehashi.people.models import Person
from kakehashi.policy.rows import Dated, EditedRow, Row, ends_after_it_starts


class Commitment(EditedRow, Dated):
    """A client's exclusivity: against whom, where, for what, in which of our units, how long.

    Empty `countries` and `disciplines` mean all. A withdrawn commitment binds nobody.
    """

    code = models.CharField(_("Code of the commitment"), max_length=40, unique=True)
    account = models.ForeignKey(
        Account, models.CASCADE, related_name="+", verbose_name=_("Account")
    )
    origin = models.CharField(_("Stands in"), max_length=6, choices=Origin, default=Origin.CLAUSE)
    level = models.CharField(pgettext_lazy("of a commitment", "Level"), max_length=8, choices=Level)
    scope = models.CharField(_("Binds"), max_length=12, choices=Scope, default=Scope.NETWORK)
    countries = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name=_("Countries")
    )
    disciplines = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("Disciplines")
    )
    cooling_off_months = models.PositiveSmallIntegerField(_("Cooling-off in months"), default=0)
    personnel_barrier_months = models.PositiveSmallIntegerField(
        _("Personnel barrier in months"), default=0
    )
    safeguards = ArrayField(
        models.CharField(max_length=300),
        default=list,
        blank=True,
        verbose_name=_("Safeguards that satisfy it"),
    )
    clause_text = models.TextField(_("Text of the clause"), blank=True)
    clause_file = models.CharField(_("Contract file"), max_length=200, blank=True)
    clause_page = models.PositiveSmallIntegerField(_("Page"), null=True, blank=True)
    fee = models.DecimalField(
        _("Fee paid for it"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    fee_currency = models.CharField(_("Currency"), max_length=3, blank=True)
    noted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    noted_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    withdrawal = models.TextField(_("Why it was withdrawn"), blank=True, editable=False)

    said_at: ClassVar = {
        "conflicts_commitment_withdrawn_with_reason": "withdrawal",
        "conflicts_commitment_fee_currency": "fee_currency",
    }

    class Meta:
        verbose_name = _("commitment")
        constraints: ClassVar = [
            ends_after_it_starts("conflicts_commitment_dates"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal=""),
                name="conflicts_commitment_withdrawn_with_reason",
                violation_error_message=_("Say why the commitment is withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(fee__isnull=True) | ~Q(fee_currency=""),
                name="conflicts_commitment_fee_currency",
                violation_error_message=_("Say in which currency the fee is paid."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class CommitmentCategory(Row):
    """A category that a commitment keeps rivals out of."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="categories")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("category of a commitment")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["commitment", "category"], name="conflicts_commitmentcategory_once"
            )
        ]


class NamedCompetitor(Row):
    """A rival that a commitment names: as written, and the company or brand that is meant."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="competitors")
    name = models.CharField(pgettext_lazy("of a thing", "Name"), max_length=300)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="+")
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("named competitor")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["commitment", "name"], name="conflicts_namedcompetitor_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class MediaAdjacency(EditedRow, Dated):
    """競合排除: no competitor beside this client's advertising in one programme, page or break.

    Concerns where media are bought, never whom the agency may serve: no check reads it.
    """

    account = models.ForeignKey(
        Account, models.CASCADE, related_name="+", verbose_name=_("Account")
    )
    medium = models.CharField(_("Medium"), max_length=8, choices=Medium)
    rule = models.CharField(_("What is kept apart"), max_length=400)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    noted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    noted_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("rule of a programme")
        constraints: ClassVar = [ends_after_it_starts("conflicts_mediaadjacency_dates")]
