"""What only the database could notice, said in the constraint's own words."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kakehashi.policy.rows import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model


@contextmanager
def spoken(*models: type[Model]) -> Iterator[None]:
    """Turn a violated constraint of these models into the ValidationError it would have given.

    Somebody else's transaction may come between checking and writing; then PostgreSQL says no.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        for model in models:
            if said := _said(model, name):
                raise ValidationError(said) from error
        raise


def _said(model: type[Model], name: str) -> dict[str, object] | None:
    for constraint in model._meta.constraints:
        if constraint.name == name:
            return {place_of(model, constraint): [constraint.get_violation_error_message()]}
    table = model._meta.db_table
    for field in model._meta.local_concrete_fields:
        if field.unique and name.startswith(f"{table}_{field.column}_"):
            return {field.name: [model().unique_error_message(model, (field.name,))]}
    return None
