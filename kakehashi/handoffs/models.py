"""The ball: what somebody is asked, by whom, since when, until when, and how it was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.clients.models import Account
from kakehashi.handoffs import states
from kakehashi.people.models import Office, Person
from kakehashi.policy.constraints import SameAccount
from kakehashi.policy.rows import (
    Dated,
    EditedRow,
    Row,
    ends_after_it_starts,
    never_twice_at_once,
)

if TYPE_CHECKING:
    import datetime as dt

IS_OPEN = Q(answered_at__isnull=True)


class Desk(EditedRow):
    """A place that is asked instead of a person (制作, 媒体, 経理): its keeper answers."""

    office = models.ForeignKey(
        Office, models.PROTECT, related_name="desks", verbose_name=_("Office")
    )
    name = models.CharField(_("Name"), max_length=120)
    name_en = models.CharField(_("Name in English"), max_length=120, blank=True)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)

    said_at: ClassVar = {"handoffs_desk_once": "name"}

    class Meta:
        verbose_name = _("desk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "name"],
                name="handoffs_desk_once",
                violation_error_message=_("The office already has a desk of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Keeper(EditedRow, Dated):
    """Who keeps a desk, from when to when. One at a time."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="keepers")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="desks_kept", verbose_name=_("Keeper")
    )

    class Meta:
        verbose_name = _("keeper of a desk")
        constraints: ClassVar = [
            ends_after_it_starts("handoffs_keeper_dates"),
            never_twice_at_once(
                "desk",
                name="handoffs_keeper_once",
                message=_("Somebody else keeps this desk at that time."),
            ),
        ]


class Handoff(Row):
    """One ask of one person. Open until it is answered, once; then it never changes again.

    A thing's court is the set of its open balls: `subject_kind` and `subject_id` name the thing.
    What was passed by hand is about itself (`FREE`, the id of the first ball).
    """

    class Side(models.TextChoices):
        OURS = "ours", _("Ours")
        CLIENT = "client", _("Client")
        SUPPLIER = "supplier", _("Supplier")

    class Outcome(models.TextChoices):
        ANSWERED = states.ANSWERED, _("Answered")
        RETURNED = states.RETURNED, _("Asked back")
        MOVED = states.MOVED, _("Passed on")
        TAKEN_BACK = states.TAKEN_BACK, _("Taken back")

    class Channel(models.TextChoices):
        HERE = "here", _("Here")
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")
        MEETING = "meeting", _("In person")

    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="handoffs", db_index=False
    )
    private = models.BooleanField(_("Private"), default=False)
    kind = models.CharField(max_length=40, default=states.FREE)
    subject_kind = models.CharField(max_length=40, default=states.FREE)
    subject_id = models.UUIDField()
    title = models.CharField(_("What is needed"), max_length=200)
    path = models.CharField(max_length=300)
    note = models.TextField(_("In more words"), blank=True)
    asked_of = models.ForeignKey(
        Person, models.PROTECT, related_name="asks_held", verbose_name=_("Who is asked")
    )
    desk = models.ForeignKey(
        Desk, models.PROTECT, null=True, blank=True, related_name="asks", verbose_name=_("Desk")
    )
    side = models.CharField(max_length=8, choices=Side)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="asks_made")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(pgettext_lazy("deadline", "Until"))
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="asks_answered"
    )
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="asks_recorded"
    )
    channel = models.CharField(_("How"), max_length=8, choices=Channel, blank=True)
    evidence = models.CharField(_("Evidence"), max_length=500, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("Answer"), blank=True)
    moved_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_to"
    )

    said_at: ClassVar = {
        "handoffs_handoff_asked_once": "asked_of",
        "handoffs_handoff_due_later": "due_at",
    }

    class Meta:
        verbose_name = _("ball")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="handoffs_handoff_of_account"),
            SameAccount(field="moved_from", name="handoffs_handoff_moved_same_account"),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind", "asked_of"],
                condition=IS_OPEN,
                name="handoffs_handoff_asked_once",
                violation_error_message=_("This person is asked for this already."),
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")),
                name="handoffs_handoff_due_later",
                violation_error_message=_("This time has passed already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                    recorded_by__isnull=True,
                    outcome="",
                    answer="",
                    channel="",
                    evidence="",
                )
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False)
                    & Q(recorded_by__isnull=False)
                    & ~Q(outcome="")
                ),
                name="handoffs_handoff_answered_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("asked_of"), F("due_at"), F("id"), condition=IS_OPEN, name="handoffs_open_held"
            ),
            models.Index(
                F("asked_by"), F("due_at"), F("id"), condition=IS_OPEN, name="handoffs_open_asked"
            ),
            models.Index(
                F("account"), F("due_at"), F("id"), condition=IS_OPEN, name="handoffs_open_account"
            ),
            models.Index(F("due_at"), F("id"), condition=IS_OPEN, name="handoffs_open_due"),
            models.Index(F("subject_kind"), F("subject_id"), name="handoffs_of_subject"),
            models.Index(F("account"), F("answered_at"), name="handoffs_answered"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def state(self) -> str:
        return self.outcome or states.OPEN

    @property
    def is_ours(self) -> bool:
        return self.side == self.Side.OURS

    def is_late(self, at: dt.datetime) -> bool:
        """Past its time, whether it is still open or was answered only then."""
        return (self.answered_at or at) > self.due_at


class Reminder(Row):
    """That somebody was reminded, by whom and when. Written once."""

    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    handoff = models.ForeignKey(Handoff, models.PROTECT, related_name="reminders")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder")
        constraints: ClassVar = [
            SameAccount(field="handoff", name="handoffs_reminder_same_account")
        ]
