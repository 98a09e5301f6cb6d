"""Denials: who may not see which account, whatever else would let them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.models import Account
from kakehashi.conflicts.terms import WallKind
from kakehashi.people.models import Person
from kakehashi.policy.rows import EditedRow


class Wall(EditedRow):
    """A named information barrier: between sides (sides.py), or by denials one by one (below).

    It stands until an officer lifts it. When what it stands on has ended it is flagged, no more.
    """

    name = models.CharField(_("Wall"), max_length=200, unique=True)
    kind = models.CharField(
        _("Kind"),
        max_length=12,
        choices=WallKind,
        default=WallKind.ORGANISATIONAL,
        db_default=WallKind.ORGANISATIONAL,
    )
    ground = models.TextField(_("What it stands on"), blank=True, default="", db_default="")
    ground_ends_on = models.DateField(_("That ends on"), null=True, blank=True)
    starts_on = models.DateField(_("From"), null=True, blank=True)
    raised_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    raised_at = models.DateTimeField(null=True, blank=True, editable=False)
    flagged_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    lift_reason = models.TextField(
        _("Why it was lifted"), blank=True, editable=False, default="", db_default=""
    )

    said_at: ClassVar = {"conflicts_wall_lifted_with_reason": "lift_reason"}

    class Meta:
        verbose_name = _("wall")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lift_reason=""),
                name="conflicts_wall_lifted_with_reason",
                violation_error_message=_("Say why the wall is lifted."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stands(self) -> bool:
        return self.lifted_at is None


class Denial(EditedRow):
    """A person is denied an account and all below it, from a day on, until an officer lifts it."""

    wall = models.ForeignKey(Wall, models.PROTECT, related_name="denials")
    account = models.ForeignKey(
        Account, models.CASCADE, related_name="+", verbose_name=_("Account")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Person"))
    starts_on = models.DateField(_("From"))
    review_on = models.DateField(_("Review on"), null=True, blank=True)
    reason = models.TextField(_("Reason"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    lift_reason = models.TextField(_("Why it was lifted"), blank=True, editable=False)

    said_at: ClassVar = {"conflicts_denial_lifted_with_reason": "lift_reason"}

    class Meta:
        verbose_name = _("denial")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["wall", "account", "person"],
                condition=Q(lifted_at__isnull=True),
                name="conflicts_denial_once",
                violation_error_message=_(
                    "This person is already denied this account by this wall."
                ),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lift_reason=""),
                name="conflicts_denial_lifted_with_reason",
                violation_error_message=_("Say why the denial is lifted."),
            ),
        ]
