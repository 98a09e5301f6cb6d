"""Categories of what is advertised: schemes side by side, each a tree, linked by hand."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.conflicts.terms import LinkKind
from kakehashi.people.models import Person
from kakehashi.policy.rows import EditedRow, Row


class Scheme(EditedRow):
    """One classification, such as our own or the IAB's."""

    code = models.SlugField(_("Code"), max_length=20, unique=True)
    name = models.CharField(pgettext_lazy("of a thing", "Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    source = models.CharField(_("Source and licence"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("scheme of categories")

    def __str__(self) -> str:
        return self.name


class Category(EditedRow):
    """One category. `lineage` is the way down to it: ids from the top, its own last."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="categories")
    code = models.CharField(_("Code"), max_length=40)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(pgettext_lazy("of a thing", "Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    lineage = ArrayField(models.UUIDField(), editable=False)
    place = models.PositiveIntegerField(default=0, editable=False)

    said_at: ClassVar = {"conflicts_category_once": "code"}

    class Meta:
        verbose_name = _("category")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "code"],
                name="conflicts_category_once",
                violation_error_message=_("The scheme already has a category of this code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        return len(self.lineage)


class CategoryWord(Row):
    """A word that accounts and brands use for a category. `word` is folded."""

    word = models.CharField(_("Word"), max_length=80, unique=True)
    category = models.ForeignKey(Category, models.CASCADE, related_name="words")

    class Meta:
        verbose_name = _("word for a category")


class CategoryLink(Row):
    """A category of one scheme is the same as one of another, or lies inside it."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="links")
    kind = models.CharField(_("Link"), max_length=6, choices=LinkKind)
    other = models.ForeignKey(Category, models.CASCADE, related_name="linked_from")

    said_at: ClassVar = {"conflicts_categorylink_once": "other"}

    class Meta:
        verbose_name = _("link between schemes")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["category", "other"],
                name="conflicts_categorylink_once",
                violation_error_message=_("These two are linked already."),
            ),
            models.CheckConstraint(
                condition=~Q(category=F("other")), name="conflicts_categorylink_of_two"
            ),
        ]


class CategoryPair(EditedRow):
    """Somebody declared that two categories compete, or that they do not, and why.

    A category beside itself is too broad to compare: that two clients stand in it says nothing.
    """

    one = models.ForeignKey(Category, models.CASCADE, related_name="+", verbose_name=_("Category"))
    other = models.ForeignKey(
        Category, models.CASCADE, related_name="+", verbose_name=_("Other category")
    )
    competing = models.BooleanField(_("They compete"))
    reason = models.TextField(_("Reason"))
    declared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField()

    said_at: ClassVar = {
        "conflicts_categorypair_once": "other",
        "conflicts_categorypair_reason": "reason",
        "conflicts_categorypair_broad": "other",
    }

    class Meta:
        verbose_name = _("declared pair of categories")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["one", "other"],
                name="conflicts_categorypair_once",
                violation_error_message=_("Something is declared of these two already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="conflicts_categorypair_reason",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=~Q(one=F("other")) | Q(competing=False),
                name="conflicts_categorypair_broad",
                violation_error_message=_("Choose another category."),
            ),
        ]

    @property
    def is_broad(self) -> bool:
        """Whether it says that one category is too broad to compare."""
        return self.one_id == self.other_id
