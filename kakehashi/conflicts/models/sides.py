"""Walls with sides: who stands on which, what is behind each, who is exempt, who tried to see.

Sides are described by rules; `Member` and `Behind` follow from them in the transaction that changes
staff, offices, seats, accounts or families (policy/sql/walls.sql). Nothing else writes those two.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.models import Account, Company
from kakehashi.people.models import Office, Person
from kakehashi.policy.rows import EditedRow, Row

RULES = ("office", "person", "company", "account")


class Side(EditedRow):
    """One side of a wall: its people are denied what is behind the other sides."""

    wall = models.ForeignKey("conflicts.Wall", models.PROTECT, related_name="sides")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("Side"), max_length=120)

    said_at: ClassVar = {"conflicts_side_once": "name"}

    class Meta:
        verbose_name = _("side of a wall")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["wall", "name"],
                name="conflicts_side_once",
                violation_error_message=_("The wall already has a side of this name."),
            ),
            models.UniqueConstraint(fields=["wall", "number"], name="conflicts_side_number"),
        ]

    def __str__(self) -> str:
        return self.name


class SideRule(Row):
    """What puts people on a side, or accounts behind it.

    It names an office and all below, a person, a company with its family, or an account and all
    below.
    """

    side = models.ForeignKey(Side, models.PROTECT, related_name="rules")
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Office")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Person")
    )
    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Company")
    )
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("Account")
    )
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("rule of a side")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    Q(office__isnull=False, person=None, company=None, account=None)
                    | Q(office=None, person__isnull=False, company=None, account=None)
                    | Q(office=None, person=None, company__isnull=False, account=None)
                    | Q(office=None, person=None, company=None, account__isnull=False)
                ),
                name="conflicts_siderule_names_one",
            ),
            *(
                models.UniqueConstraint(
                    fields=["side", what],
                    condition=Q(**{f"{what}__isnull": False}),
                    name=f"conflicts_siderule_{what}",
                    violation_error_message=_("The side names this already."),
                )
                for what in RULES
            ),
        ]

    @property
    def named(self) -> Office | Person | Company | Account:
        """What the rule names."""
        found = self.office or self.person or self.company or self.account
        assert found is not None  # PostgreSQL holds that each rule names one
        return found

    @property
    def is_of_people(self) -> bool:
        return self.office_id is not None or self.person_id is not None


class Member(models.Model):
    """Somebody stands on a side of a wall, from a day on. Derived."""

    wall = models.ForeignKey("conflicts.Wall", models.PROTECT, related_name="members")
    side = models.ForeignKey(Side, models.PROTECT, related_name="members", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateField()

    class Meta:
        verbose_name = _("person on a side")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["side", "person"], name="conflicts_member_once")
        ]


class Behind(models.Model):
    """An account stands behind a side of a wall, and all below it. Derived."""

    wall = models.ForeignKey("conflicts.Wall", models.PROTECT, related_name="behind")
    side = models.ForeignKey(Side, models.PROTECT, related_name="behind", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("account behind a side")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["side", "account"], name="conflicts_behind_once")
        ]


class Exemption(EditedRow):
    """Somebody may see behind a wall until a day, for a reason. It lets them see, not serve."""

    wall = models.ForeignKey("conflicts.Wall", models.PROTECT, related_name="exemptions")
    side = models.ForeignKey(
        Side,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("What is behind this side"),
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Person"))
    ends_on = models.DateField(_("Until"))
    reason = models.TextField(_("Reason"))
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    said_at: ClassVar = {"conflicts_exemption_with_reason": "reason"}

    class Meta:
        verbose_name = _("exception to a wall")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="conflicts_exemption_with_reason",
                violation_error_message=_("Say why this person may see behind the wall."),
            )
        ]


class WallNotice(Row):
    """What somebody is told when a wall is put up: in general words, without saying which."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("notice of a wall")
        indexes: ClassVar = [models.Index(F("person"), name="conflicts_notice_of")]


class Told(Row):
    """Which wall somebody was told of. The officer's; the notice itself does not say it."""

    wall = models.ForeignKey("conflicts.Wall", models.PROTECT, related_name="told")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    notice = models.OneToOneField(WallNotice, models.PROTECT, related_name="told")

    class Meta:
        verbose_name = _("who was told of a wall")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wall", "person"], name="conflicts_told_once")
        ]


class Attempt(Row):
    """Somebody asked for a page of an account, or of something of one, and found nothing there.

    Plain ids: it is written for every such answer, whether there is such a thing or not.
    """

    person_id = models.UUIDField()
    asked = models.UUIDField()
    path = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("page not found")
        indexes: ClassVar = [
            models.Index(F("asked"), F("at"), name="conflicts_attempt_at"),
            models.Index(F("at"), name="conflicts_attempt_by_day"),
        ]
