"""Settled requests in the order in which they are listed: most of the newest are open."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    atomic = False
    dependencies: ClassVar = [("requests", "0001_initial")]
    operations: ClassVar = [
        AddIndexConcurrently(
            "clientrequest",
            models.Index(
                F("written_at").desc(),
                F("id").desc(),
                condition=Q(settled_at__isnull=False),
                name="requests_settled_newest",
            ),
        ),
    ]
