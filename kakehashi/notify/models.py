"""Notices, what people want of them by mail, the outbox, and addresses that bounce."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.db.models.lookups import LessThanOrEqual

from kakehashi.clients.models import Account
from kakehashi.notify import states
from kakehashi.people.models import Person
from kakehashi.policy.rows import Row

ENDS = {
    "sent_at": states.SENT,
    "held_at": states.HELD,
    "stuck_at": states.STUCK,
    "dropped_at": states.DROPPED,
}
IS_WAITING = Q(sent_at=None, held_at=None, stuck_at=None, dropped_at=None)


class Mail(Row):
    """One message to one address. Sent once; kept as proof until its retention ends.

    Mail that tells of notices names its person and is empty until it is sent: only then it is
    rendered, as they would read it.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    to = models.EmailField(blank=True)
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=500)
    text = models.TextField()
    html = models.TextField(blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    stuck_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(F("to"), name="notify_mail_to"),
            models.Index(F("written_at"), name="notify_mail_written"),
            models.Index(F("id"), name="notify_mail_unsent", condition=Q(sent_at=None)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notify_mail_one_end",
                condition=LessThanOrEqual(
                    Func(
                        *(F(name) for name in ENDS),
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
            )
        ]

    @property
    def state(self) -> str:
        ends = (state for name, state in ENDS.items() if getattr(self, name) is not None)
        return next(ends, states.WAITING)


class Notification(Row):
    """Something one person is told. Unseen, the same is not told twice: it is told anew.

    `mail_due_at` is when it is to be looked at for mail; empty when no mail is to be written.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(  # the migration has PostgreSQL itself empty it with its mail
        Mail, models.DO_NOTHING, null=True, related_name="notices", db_constraint=False
    )
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind", "subject_kind", "subject_id"],
                name="notify_told_once",
                condition=Q(seen_at=None),
                nulls_distinct=False,
            )
        ]
        indexes: ClassVar = [
            models.Index(F("person"), F("made_at").desc(), F("id").desc(), name="notify_list"),
            models.Index(
                F("person"), F("made_at").desc(), name="notify_unseen", condition=Q(seen_at=None)
            ),
            models.Index(
                F("mail_due_at"), name="notify_due", condition=Q(mail_due_at__isnull=False)
            ),
        ]


class Preference(Row):
    """What a person wants of one kind of notice by mail, if not what is usual for it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    choice = models.CharField(max_length=8, choices=states.Choice)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind"], name="notify_preference_once")
        ]


class Bounce(Row):
    """An address the mail server does not deliver to. No mail goes there while it stands."""

    address = models.EmailField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("address"), name="notify_bounce_once", condition=Q(lifted_at=None)
            )
        ]
