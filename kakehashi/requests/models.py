"""What a client asks of us, what was said of it on both sides, and the mail it came by.

Whatever a client may read stands in `ClientRequest`, `Entry` and `File`, with `shared_at`. What is
confidential to us stands in tables no client reads at all: `Note` and `Mail`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.clients.models import Account, Contact
from kakehashi.people.models import Person
from kakehashi.policy.constraints import SameAccount
from kakehashi.policy.rows import Row
from kakehashi.requests import states

if TYPE_CHECKING:
    import datetime as dt

LONGEST_TITLE = 200


class Channel(models.TextChoices):
    PORTAL = "portal", _("Portal")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", pgettext_lazy("how it came", "Phone")
    MEETING = "meeting", _("In person")


class ClientRequest(Row):
    """What a client asks of us, in their words. The words never change; what becomes of it does."""

    class State(models.TextChoices):
        WAITING = states.WAITING, pgettext_lazy("a request", "New")
        ASKED = states.ASKED, pgettext_lazy("a request", "Asked back")
        ACCEPTED = states.ACCEPTED, pgettext_lazy("a request", "Accepted")
        BEGUN = states.BEGUN, pgettext_lazy("a request", "Work has begun")
        DONE = states.DONE, pgettext_lazy("a request", "Done")
        DECLINED = states.DECLINED, pgettext_lazy("a request", "Declined")
        WITHDRAWN = states.WITHDRAWN, pgettext_lazy("a request", "Withdrawn")

    account = models.ForeignKey(Account, models.PROTECT, related_name="requests", db_index=False)
    title = models.CharField(_("What is wanted"), max_length=LONGEST_TITLE)
    text = models.TextField(_("In more words"), blank=True)
    wanted_on = models.DateField(_("Needed by"), null=True, blank=True)
    written_by = models.ForeignKey(
        Person, models.PROTECT, related_name="requests_written", verbose_name=_("Who asks")
    )
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="requests_recorded"
    )
    channel = models.CharField(_("How it came"), max_length=8, choices=Channel)
    evidence = models.CharField(_("Evidence"), max_length=500, blank=True)
    written_at = models.DateTimeField()
    shared_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        Person, models.PROTECT, related_name="requests_kept", verbose_name=_("Looked after by")
    )
    state = models.CharField(
        pgettext_lazy("a request", "State"), max_length=9, choices=State, default=State.WAITING
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="followed_by",
    )

    class Meta:
        verbose_name = _("request")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="requests_request_of_account"),
            SameAccount(field="follows", name="requests_request_follows_same_account"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(states.OPEN), settled_at__isnull=True)
                | (~Q(state__in=sorted(states.OPEN)) & Q(settled_at__isnull=False)),
                name="requests_request_settled_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("account"), F("written_at").desc(), F("id"), name="requests_of_account"),
            models.Index(F("written_at").desc(), F("id").desc(), name="requests_newest"),
            models.Index(
                F("written_at").desc(),
                F("id").desc(),
                condition=Q(settled_at__isnull=True),
                name="requests_open_newest",
            ),
            models.Index(
                F("written_at").desc(),
                F("id").desc(),
                condition=Q(settled_at__isnull=False),
                name="requests_settled_newest",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in states.OPEN

    @property
    def is_theirs(self) -> bool:
        """Whether it waits for the client."""
        return self.state == states.ASKED

    def is_late(self, day: dt.date) -> bool:
        """Whether it was needed before today and is not settled."""
        return self.is_open and self.wanted_on is not None and self.wanted_on < day


class Entry(Row):
    """Something said or decided on a request, with who and when. Both sides read it."""

    class Kind(models.TextChoices):
        SAID = "said", _("More was said")
        ASKED = "asked", _("Asked back")
        ANSWERED = "answered", _("Answered")
        ACCEPTED = "accepted", _("Accepted")
        BEGUN = "begun", _("Work has begun")
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    request = models.ForeignKey(
        ClientRequest, models.PROTECT, db_constraint=False, related_name="entries"
    )
    kind = models.CharField(max_length=9, choices=Kind)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    evidence = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    shared_at = models.DateTimeField()

    said_at: ClassVar = {"requests_entry_says_something": "text"}

    class Meta:
        verbose_name = _("entry of a request")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="requests_entry_of_account"),
            SameAccount(field="request", name="requests_entry_same_account"),
            models.CheckConstraint(
                condition=~Q(text="") | Q(kind__in=["accepted", "begun", "done", "withdrawn"]),
                name="requests_entry_says_something",
                violation_error_message=_("Say something: others will read it."),
            ),
        ]
        indexes: ClassVar = [models.Index(F("request"), F("at"), name="requests_entry_in_order")]


class Note(Row):
    """What we tell each other about a request. No client reads this table."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    request = models.ForeignKey(
        ClientRequest, models.PROTECT, db_constraint=False, related_name="notes"
    )
    text = models.TextField(pgettext_lazy("a request", "Note"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("note on a request")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="requests_note_of_account"),
            SameAccount(field="request", name="requests_note_same_account"),
        ]


class Mail(Row):
    """A mail that came in, what is known of its sender, and what became of it. Ours to read only.

    `key` is made of its Message-ID and its content: the same mail is taken in once for an account.
    """

    class Fate(models.TextChoices):
        REQUEST = "request", pgettext_lazy("a mail", "Became a request")
        FILED = "filed", pgettext_lazy("a mail", "Filed to a request")
        HELD = "held", pgettext_lazy("a mail", "Held")
        REFUSED = "refused", pgettext_lazy("a mail", "Refused")

    class Proof(models.TextChoices):
        PROVEN = "proven", _("Sender proven")
        UNPROVEN = "unproven", _("Sender not proven")
        FORGED = "forged", _("Sender forged")
        UNCHECKED = "unchecked", _("Sender not checked")

    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="mails_in", db_index=False
    )
    key = models.CharField(max_length=64)
    message_id = models.CharField(max_length=300, blank=True)
    came_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    to_address = models.CharField(_("To"), max_length=320, blank=True)
    sender_address = models.CharField(_("From"), max_length=320, blank=True)
    sender_name = models.CharField(max_length=300, blank=True)
    subject = models.CharField(_("Subject"), max_length=500, blank=True)
    text = models.TextField(blank=True)
    covering = models.TextField(blank=True)
    size = models.PositiveBigIntegerField()
    spf = models.CharField(max_length=12, blank=True)
    dkim = models.CharField(max_length=12, blank=True)
    dmarc = models.CharField(max_length=12, blank=True)
    proof = models.CharField(max_length=9, choices=Proof)
    fate = models.CharField(max_length=8, choices=Fate)
    reason = models.CharField(max_length=30, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, db_constraint=False, related_name="mails"
    )
    forwarded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    request = models.ForeignKey(
        ClientRequest,
        models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="mails",
    )
    judged_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mail that came in")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="requests_mail_of_account"),
            models.UniqueConstraint(
                fields=["account", "key"], name="requests_mail_once", nulls_distinct=False
            ),
            SameAccount(field="contact", name="requests_mail_contact_same_account"),
            SameAccount(field="request", name="requests_mail_request_same_account"),
            models.CheckConstraint(
                condition=Q(fate__in=["request", "filed"], request__isnull=False)
                | Q(fate__in=["held", "refused"], request__isnull=True),
                name="requests_mail_fate_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("account"), F("came_at").desc(), F("id"), name="requests_mail_newest"),
            models.Index(F("account"), condition=Q(fate="held"), name="requests_mail_held"),
            models.Index(F("message_id"), name="requests_mail_by_id"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_held(self) -> bool:
        return self.fate == self.Fate.HELD


class File(Row):
    """A file that came with a request, an entry or a mail. Its bytes stand in `FileBytes`."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    request = models.ForeignKey(
        ClientRequest,
        models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="files",
    )
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, db_constraint=False, related_name="files"
    )
    mail = models.ForeignKey(
        Mail, models.PROTECT, null=True, blank=True, db_constraint=False, related_name="files"
    )
    name = models.CharField(_("File"), max_length=200)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file of a request")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="requests_file_of_account"),
            SameAccount(field="request", name="requests_file_request_same_account"),
            SameAccount(field="entry", name="requests_file_entry_same_account"),
            SameAccount(field="mail", name="requests_file_mail_same_account"),
            models.CheckConstraint(
                condition=Q(request__isnull=False) | Q(mail__isnull=False),
                name="requests_file_came_with_something",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("request"), name="requests_file_of_request"),
            models.Index(F("mail"), name="requests_file_of_mail"),
        ]

    def __str__(self) -> str:
        return self.name


class FileBytes(models.Model):
    """The bytes of a file, apart from it: a list of files never reads them."""

    file = models.OneToOneField(
        File, models.PROTECT, primary_key=True, db_constraint=False, related_name="bytes"
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("bytes of a file")
        constraints: ClassVar = [
            SameAccount(field="file", name="requests_filebytes_same_account"),
        ]
