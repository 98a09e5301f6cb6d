"""Who competes with whom, as somebody declared it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.models import Brand, Company
from kakehashi.conflicts.terms import RivalKind, Severity
from kakehashi.people.models import Person
from kakehashi.policy.rows import EditedRow


class Rivalry(EditedRow):
    """Two companies, brands or groups compete, or expressly do not (`competing` is false).

    Each side is a name as written and, where it is on file, the company or brand that is meant.
    """

    kind = models.CharField(
        _("Between"), max_length=7, choices=RivalKind, default=RivalKind.COMPANY
    )
    one_name = models.CharField(_("One side"), max_length=300)
    one_folded = models.CharField(max_length=300, editable=False, db_index=True)
    one_company = models.ForeignKey(
        Company, models.PROTECT, null=True, editable=False, related_name="+"
    )
    one_brand = models.ForeignKey(
        Brand, models.PROTECT, null=True, editable=False, related_name="+"
    )
    other_name = models.CharField(_("Other side"), max_length=300)
    other_folded = models.CharField(max_length=300, editable=False, db_index=True)
    other_company = models.ForeignKey(
        Company, models.PROTECT, null=True, editable=False, related_name="+"
    )
    other_brand = models.ForeignKey(
        Brand, models.PROTECT, null=True, editable=False, related_name="+"
    )
    competing = models.BooleanField(_("They compete"), default=True)
    strength = models.CharField(
        _("Strength"), max_length=8, choices=Severity, default=Severity.DIRECT
    )
    ground = models.TextField(_("Ground"), blank=True)
    declared_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    declared_at = models.DateTimeField(editable=False)

    said_at: ClassVar = {
        "conflicts_rivalry_once": "other_name",
        "conflicts_rivalry_denied_with_ground": "ground",
    }

    class Meta:
        verbose_name = _("rivalry")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "one_folded", "other_folded"],
                name="conflicts_rivalry_once",
                violation_error_message=_("Something is declared of these two already."),
            ),
            models.CheckConstraint(
                condition=Q(competing=True) | ~Q(ground=""),
                name="conflicts_rivalry_denied_with_ground",
                violation_error_message=_("Say why they do not compete."),
            ),
        ]
