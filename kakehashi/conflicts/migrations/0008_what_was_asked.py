"""Whatever somebody asked for and did not find is noted, not pages of accounts alone."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("conflicts", "0007_reasons_of_the_rule")]

    operations: ClassVar = [
        migrations.RemoveIndex("attempt", "conflicts_attempt_at"),
        migrations.RenameField("attempt", "account_asked", "asked"),
        migrations.AddIndex(
            "attempt",
            models.Index(models.F("asked"), models.F("at"), name="conflicts_attempt_at"),
        ),
    ]
