"""What the wall derives from seats, roles, lines, offices, accounts and denials.

These rows are kept by triggers in the transaction that changes their source (sql/sight.sql);
nothing else writes them. Plain ids, not foreign keys: policy stands below every package it guards.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q


class Sight(models.Model):
    """A person sees an account during a time: `level` says how much of it.

    rows: everything walled by account · cost: its cost and margin as well · name: the account's
    own row only (job, client contact) · shared: rows that were shared with the client.
    Pairs that a wall denies are already left out.
    """

    class Level(models.TextChoices):
        ROWS = "rows"
        COST = "cost"
        NAME = "name"
        SHARED = "shared"

    person_id = models.UUIDField()
    account_id = models.UUIDField()
    level = models.CharField(max_length=6, choices=Level)
    during = DateTimeRangeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person_id", "level", "account_id", "during"], name="policy_sight_once"
            )
        ]
        indexes: ClassVar = [models.Index(F("account_id"), name="policy_sight_account")]


class Overview(models.Model):
    """A person sees all accounts during a time (denials aside). Levels: rows and cost."""

    person_id = models.UUIDField()
    level = models.CharField(max_length=6, choices=Sight.Level)
    during = DateTimeRangeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person_id", "level", "during"], name="policy_overview_once"
            )
        ]


class Denied(models.Model):
    """A standing denial, spread over the accounts below. Ends by act, never by date."""

    person_id = models.UUIDField()
    account_id = models.UUIDField()
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person_id", "account_id"], name="policy_denied_once")
        ]
        indexes: ClassVar = [models.Index(F("account_id"), name="policy_denied_account")]


class AccountAbove(models.Model):
    """Every account with itself (depth 0) and each account above it."""

    account_id = models.UUIDField()
    above_id = models.UUIDField()
    depth = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account_id", "above_id"], name="policy_account_above")
        ]
        indexes: ClassVar = [models.Index(F("above_id"), name="policy_account_below")]


class OfficeAbove(models.Model):
    """Every office with itself (depth 0) and each office above it."""

    office_id = models.UUIDField()
    above_id = models.UUIDField()
    depth = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office_id", "above_id"], name="policy_office_above")
        ]
        indexes: ClassVar = [models.Index(F("above_id"), name="policy_office_below")]


class Superior(models.Model):
    """A solid-line superior of a person, at any height, while the whole chain holds."""

    person_id = models.UUIDField()
    superior_id = models.UUIDField()
    during = DateRangeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person_id", "superior_id", "during"], name="policy_superior_once"
            )
        ]
        indexes: ClassVar = [models.Index(F("superior_id"), name="policy_superior_down")]


class Change(models.Model):
    """One change of one row: who, when, what before, what after. Written by triggers only.

    `record` is what the row is part of, on whose page the change is told as well: a task's job.
    """

    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    acting = models.CharField(max_length=40)
    source = models.CharField(max_length=63)
    row = models.CharField(max_length=40)
    account_id = models.UUIDField(null=True)
    record = models.CharField(max_length=40, null=True)  # noqa: DJ001 - of few rows: an index of those
    op = models.CharField(max_length=1)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(F("source"), F("row"), F("id"), name="policy_change_of_row"),
            models.Index(
                F("record"),
                F("id"),
                condition=Q(record__isnull=False),
                name="policy_change_of_record",
            ),
            models.Index(
                F("account_id"),
                F("id"),
                condition=Q(account_id__isnull=False),
                name="policy_change_of_account",
            ),
            models.Index(F("by_id"), F("id"), name="policy_change_by"),
            BrinIndex(F("at"), name="policy_change_at"),
        ]


class Stated(models.Model):
    """What `kakehashi migrate` last stated about roles, grants and policies, by digest."""

    name = models.CharField(primary_key=True, max_length=120)
    digest = models.CharField(max_length=64)
