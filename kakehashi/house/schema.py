"""The schema as this version of the program wants it: migrations, then the wall's statement."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def is_current() -> bool:
    """Tell whether every migration has been applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate(*, verbosity: int = 0) -> None:
    """Bring the schema up to date as its owner and restate who may do what with each table."""
    from kakehashi.policy import visibility

    call_command("migrate", verbosity=verbosity, interactive=False)
    visibility.apply()
