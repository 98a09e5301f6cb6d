"""The outbox: mail written in the transaction that caused it, sent by the worker."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kakehashi.policy.rows import Row


class Mail(Row):
    """One message to one address. Sent once; kept as proof until its retention ends."""

    to = models.EmailField()
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=500)
    text = models.TextField()
    html = models.TextField(blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
