"""The one index of everything that has a name, what somebody opened last, and what they pinned."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F

from kakehashi.people.models import Person


class Entry(models.Model):
    """The words a row is found by. Written by triggers only (policy/sql/search.sql).

    Plain ids, not foreign keys: an entry follows its row and holds nothing back. `shared_at` to
    `asked_by_id` decide who sees the row, as they do where it stands (policy/visibility.py).
    """

    source = models.CharField(max_length=63)
    row_id = models.UUIDField()
    for_staff = models.BooleanField(default=False)
    account_id = models.UUIDField(null=True)
    near_id = models.UUIDField(null=True)
    past = models.BooleanField(default=False)
    plain = models.TextField()
    sound = models.TextField()
    about = models.TextField()
    codes = ArrayField(models.TextField(), default=list)
    shared_at = models.DateTimeField(null=True)
    side = models.CharField(max_length=8, default="")
    private = models.BooleanField(default=False)
    asked_of_id = models.UUIDField(null=True)
    asked_by_id = models.UUIDField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "row_id", "for_staff"], name="search_entry_once"
            )
        ]


class Visit(models.Model):
    """That somebody opened a page of a row, and when last. Only they see it; few are kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    source = models.CharField(max_length=63)
    row_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "source", "row_id"], name="search_visit_once")
        ]
        indexes: ClassVar = [models.Index(F("person"), F("at").desc(), name="search_visit_last")]


class Pin(models.Model):
    """That somebody keeps a row at hand, and since when. Only they see it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    source = models.CharField(max_length=63)
    row_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "source", "row_id"], name="search_pin_once")
        ]
