"""How far a run is, seen while its transaction is still open: told on another connection."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self

from django.db import connection

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import Model

EVERY = 0.5  # seconds


class Progress:
    """Writes columns of one row and commits at once; the run's transaction must not touch it."""

    def __init__(self, model: type[Model], pk: UUID) -> None:
        self.table = model._meta.db_table
        self.pk = pk
        self.connection = connection.copy()
        self.told_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.connection.close()

    def tell(self, **values: Any) -> None:
        """Write these columns now."""
        said = ", ".join(f'"{name}" = %s' for name in values)
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self.table} SET {said} WHERE id = %s", [*values.values(), self.pk]
            )
        self.told_at = time.monotonic()

    def tell_sometimes(self, **values: Any) -> None:
        """Write these columns, if a moment has passed since."""
        if time.monotonic() - self.told_at > EVERY:
            self.tell(**values)
