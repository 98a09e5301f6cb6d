"""What an officer permits although two accounts compete: a seat, for a reason, until a day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.models import Account
from kakehashi.people.models import Person
from kakehashi.policy.rows import EditedRow


class SeatPermit(EditedRow):
    """Somebody may be seated on an account, and those below, until a day and no longer.

    Where a client was promised that its people stay away from rivals, `consent` says which document
    of that client allows it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Person"))
    account = models.ForeignKey(
        Account, models.CASCADE, related_name="+", verbose_name=_("Account")
    )
    ends_on = models.DateField(_("Until"))
    reason = models.TextField(_("Reason"))
    consent = models.CharField(_("The client’s consent"), max_length=300, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, editable=False, related_name="+")
    given_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    said_at: ClassVar = {"conflicts_seatpermit_with_reason": "reason"}

    class Meta:
        verbose_name = _("permitted seat")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="conflicts_seatpermit_with_reason",
                violation_error_message=_("Say why this seat is permitted."),
            ),
            models.UniqueConstraint(
                fields=["person", "account"],
                condition=Q(withdrawn_at__isnull=True),
                name="conflicts_seatpermit_once",
                violation_error_message=_("This seat is permitted already. Withdraw that first."),
            ),
        ]
