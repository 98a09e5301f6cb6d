"""Briefs: what the client wants and what we make of it, section by section, version by version.

Comments of ours and comments shared with the client stand in two tables: no flag keeps them apart.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.briefs import states
from kakehashi.briefs.topics import CHOICES
from kakehashi.clients.models import Account
from kakehashi.people.models import Person
from kakehashi.policy.constraints import SameAccount
from kakehashi.policy.rows import EditedRow, Row
from kakehashi.requests.models import ClientRequest


class Kind(models.TextChoices):
    CLIENT = "client", _("Client brief")
    CREATIVE = "creative", _("Creative brief")


class Template(EditedRow):
    """What a kind of work is briefed by: the agency edits it; briefs begun keep what they have."""

    kind = models.CharField(_("Kind of brief"), max_length=8, choices=Kind)
    name = models.CharField(pgettext_lazy("of a thing", "Name"), max_length=120)
    name_en = models.CharField(_("Name in English"), max_length=120, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    said_at: ClassVar = {"briefs_template_once": "name"}

    class Meta:
        verbose_name = _("brief template")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="briefs_template_once",
                violation_error_message=_("There is a template of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Headed(models.Model):
    """A section's place and what is asked there, in both languages."""

    position = models.PositiveSmallIntegerField(_("Position"))
    topic = models.CharField(_("What it is about"), max_length=12, choices=CHOICES)
    heading = models.CharField(_("Heading"), max_length=120)
    heading_en = models.CharField(_("Heading in English"), max_length=120, blank=True)
    question = models.CharField(_("What a section asks"), max_length=300, blank=True)
    question_en = models.CharField(_("What is asked, in English"), max_length=300, blank=True)

    class Meta:
        abstract = True


class TemplateSection(EditedRow, Headed):
    """One section a template asks for."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="sections")

    class Meta:
        verbose_name = _("section of a template")
        ordering: ClassVar = ["position", "pk"]


class Direction(EditedRow):
    """The strategic direction of a campaign, as the planner gives it."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="directions")
    title = models.CharField(_("Campaign"), max_length=200)
    text = models.TextField(_("Strategic direction"))
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("strategic direction")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="briefs_direction_of_account")
        ]

    def __str__(self) -> str:
        return self.title


class ResearchNote(EditedRow):
    """Something the planner found out: from where, as of when."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="research_notes")
    finding = models.TextField(_("Finding"))
    source = models.CharField(_("Source"), max_length=300)
    dated_on = models.DateField(_("Date of the source"))
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("research note")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="briefs_researchnote_of_account")
        ]


class Brief(EditedRow):
    """A brief on an account. Its sections are the draft as it stands; versions never change."""

    class Form(models.TextChoices):
        WRITTEN = "written", pgettext_lazy("a brief", "Written")
        VERBAL = "verbal", _("Verbal")
        BOTH = "both", _("Written and verbal")

    class State(models.TextChoices):
        DRAFT = states.DRAFT, _("Being written")
        CHECKING = states.CHECKING, _("Going round with us")
        CHECKED = states.CHECKED, _("Approved by us")
        SIGNING = states.SIGNING, _("With the client for signing")
        ACCEPTED = states.ACCEPTED, pgettext_lazy("a brief", "Accepted")
        DROPPED = states.DROPPED, _("Dropped")

    account = models.ForeignKey(Account, models.PROTECT, related_name="briefs", db_index=False)
    kind = models.CharField(_("Kind of brief"), max_length=8, choices=Kind)
    title = models.CharField(pgettext_lazy("of a thing", "Title"), max_length=160)
    work = models.CharField(_("Kind of work"), max_length=120)
    language = models.CharField(
        _("Language of the brief"), max_length=2, choices=Person.Language, default="ja"
    )
    form = models.CharField(_("How we were briefed"), max_length=7, choices=Form)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    lead = models.ForeignKey(
        Person, models.PROTECT, related_name="briefs_led", verbose_name=_("Who leads it")
    )
    client_brief = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="creative_briefs",
        verbose_name=_("Client brief"),
    )
    direction = models.ForeignKey(
        Direction,
        models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="briefs",
        verbose_name=_("Strategic direction"),
    )
    rebriefs = models.PositiveSmallIntegerField(default=0, editable=False)
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted = models.ForeignKey(
        "BriefVersion",
        models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    request = models.ForeignKey(
        ClientRequest,
        models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        related_name="briefs",
        editable=False,
    )
    followed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("brief")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="briefs_brief_of_account"),
            SameAccount(field="client_brief", name="briefs_brief_client_same_account"),
            SameAccount(field="direction", name="briefs_brief_direction_same_account"),
            SameAccount(field="accepted", name="briefs_brief_accepted_same_account"),
            SameAccount(field="request", name="briefs_brief_request_same_account"),
            models.UniqueConstraint(
                fields=["request"],
                name="briefs_brief_request_once",
                violation_error_message=_("A brief was begun from this request already."),
            ),
            models.CheckConstraint(
                condition=Q(followed_at__isnull=True) | Q(state=states.ACCEPTED),
                name="briefs_brief_followed_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(kind="client") | Q(shared_at__isnull=True),
                name="briefs_brief_creative_never_shared",
                violation_error_message=_("The client does not see the creative brief."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=states.ACCEPTED, accepted__isnull=False, accepted_at__isnull=False
                )
                | (~Q(state=states.ACCEPTED) & Q(accepted__isnull=True, accepted_at__isnull=True)),
                name="briefs_brief_accepted_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("account"), F("begun_at").desc(), name="briefs_of_account"),
            models.Index(F("state"), F("begun_at").desc(), name="briefs_by_state"),
            models.Index(F("begun_at").desc(), F("id").desc(), name="briefs_newest"),
            models.Index(
                F("begun_at").desc(),
                F("id").desc(),
                condition=Q(followed_at__isnull=True),
                name="briefs_not_followed",
            ),
            models.Index(
                F("begun_at").desc(),
                F("id").desc(),
                condition=Q(state=states.DROPPED) | Q(followed_at__isnull=False),
                name="briefs_settled",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_creative(self) -> bool:
        return self.kind == Kind.CREATIVE

    @property
    def is_followed(self) -> bool:
        """Whether work has begun from it, or never will."""
        return self.followed_at is not None

    @property
    def waits_for_lead(self) -> bool:
        return states.waits_for_lead(self.state, followed=self.is_followed)


class Section(EditedRow, Headed):
    """What stands in one section of a brief now. Of two who write it, the second is told."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    brief = models.ForeignKey(Brief, models.CASCADE, db_constraint=False, related_name="sections")
    text = models.TextField(_("Text"), blank=True)
    details = models.JSONField(default=dict, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("section of a brief")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="briefs_section_of_account"),
            SameAccount(field="brief", name="briefs_section_same_account"),
        ]


class BriefVersion(Row):
    """A brief as it stood once, in the words it is printed in. Written once, with its digest.

    Who works on a job that was opened from it reads it, and nothing else of the brief.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    brief = models.ForeignKey(Brief, models.PROTECT, db_constraint=False, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    authors = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of a brief")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "id"], name="briefs_briefversion_of_account"
            ),
            models.UniqueConstraint(fields=["brief", "number"], name="briefs_briefversion_number"),
            SameAccount(field="brief", name="briefs_briefversion_same_account"),
        ]


class Said(Row):
    """Words about a section, by whom and when. Written once."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    text = models.TextField(_("Comment"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class InternalComment(Said):
    """What our own people say of a section. The client never reads this table."""

    section = models.ForeignKey(
        Section, models.PROTECT, db_constraint=False, related_name="internal_comments"
    )

    class Meta:
        verbose_name = _("internal comment")
        constraints: ClassVar = [
            SameAccount(field="section", name="briefs_internalcomment_same_account")
        ]


class SharedComment(Said):
    """What both sides say to each other of a section of a client brief."""

    section = models.ForeignKey(
        Section, models.PROTECT, db_constraint=False, related_name="shared_comments"
    )
    shared_at = models.DateTimeField()

    class Meta:
        verbose_name = _("shared comment")
        constraints: ClassVar = [
            SameAccount(field="section", name="briefs_sharedcomment_same_account")
        ]


class Citation(Row):
    """That a brief cites a research note."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    brief = models.ForeignKey(Brief, models.CASCADE, db_constraint=False, related_name="citations")
    note = models.ForeignKey(
        ResearchNote, models.PROTECT, db_constraint=False, related_name="citations"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    said_at: ClassVar = {"briefs_citation_once": "note"}

    class Meta:
        verbose_name = _("citation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["brief", "note"],
                name="briefs_citation_once",
                violation_error_message=_("The brief cites this already."),
            ),
            SameAccount(field="brief", name="briefs_citation_brief_same_account"),
            SameAccount(field="note", name="briefs_citation_note_same_account"),
        ]


class Objection(EditedRow):
    """The planner says that a brief is off strategy; who leads it answers."""

    class State(models.TextChoices):
        RAISED = states.RAISED, _("Waits for an answer")
        ANSWERED = states.ANSWERED, _("Answered, waits for the planner")
        RESOLVED = states.RESOLVED, _("Resolved")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    brief = models.ForeignKey(Brief, models.PROTECT, db_constraint=False, related_name="objections")
    text = models.TextField(_("What is off strategy"))
    answer = models.TextField(_("Answer"), blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.RAISED)
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="briefs_objection_of_account"),
            SameAccount(field="brief", name="briefs_objection_same_account"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state != states.RESOLVED
