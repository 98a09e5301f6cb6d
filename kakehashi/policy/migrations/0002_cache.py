"""The table behind Django's database cache: rate limits of the sign-in pages."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

MAKE = """
CREATE UNLOGGED TABLE policy_cache (
  cache_key varchar(255) PRIMARY KEY,
  value text NOT NULL,
  expires timestamptz NOT NULL
);
CREATE INDEX policy_cache_expires ON policy_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("policy", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(MAKE, "DROP TABLE policy_cache")]
