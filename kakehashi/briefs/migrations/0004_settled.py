"""Settled briefs in the order in which they are listed: most of the newest are under way."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    atomic = False
    dependencies: ClassVar = [("briefs", "0003_in_order")]
    operations: ClassVar = [
        AddIndexConcurrently(
            "brief",
            models.Index(
                F("begun_at").desc(),
                F("id").desc(),
                condition=Q(state="dropped") | Q(followed_at__isnull=False),
                name="briefs_settled",
            ),
        ),
    ]
