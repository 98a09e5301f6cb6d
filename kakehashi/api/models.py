"""What reads from outside without signing in: calendar feeds, by an address that nobody guesses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kakehashi.people.models import Person
from kakehashi.policy.rows import Row


class Feed(Row):
    """One address of a person's calendar. Who has it reads the calendar, until it is revoked.

    Credentials: of the token only a hash is kept, and no role that serves pages reads the table.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(_("Where it is used"), max_length=60, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("calendar feed")
