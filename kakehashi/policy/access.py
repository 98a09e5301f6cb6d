"""The one place that narrows lists and sums to the accounts a person sees.

The policies guard every row by themselves; they filter and do not find. Narrowing gives
PostgreSQL the account ids first, so that it can use its indexes; who sees more than a few
thousand accounts is quicker served by the filter.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from django.db import connection
from django.db.models.functions import Now

from kakehashi.policy.acting import current
from kakehashi.policy.models import Sight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import Model, QuerySet

M = TypeVar("M", bound="Model")


def narrow(rows: QuerySet[M], account: str = "account", level: str = "rows") -> QuerySet[M]:
    """Rows of accounts the acting person sees; `account` is the path to the account's id."""
    acting = current()
    if acting.person_id is None or not acting.sees_few(level):
        return rows
    seen = Sight.objects.filter(
        person_id=acting.person_id, level=level, during__contains=Now()
    ).values("account_id")
    return rows.filter(**{f"{account}__in": seen})


def looked_up(rows: type[Model], words: str, *, past: bool, most: int) -> list[UUID] | None:
    """Rows that the acting person sees and that may hold some words, by the index of names.

    At least those that do, so that a list need not read all others; None where they are more than
    `most`, or the words too short. Speed only, as above.
    """
    with connection.cursor() as cursor:
        table = rows._meta.db_table
        cursor.execute("SELECT acting_called(%s, %s, %s, %s)", [words, table, past, most])
        found: list[UUID] | None = cursor.fetchone()[0]
        return found


@contextmanager
def sweeping() -> Iterator[None]:
    """Read most of what is seen: sums, exports. Speed only; what is seen stays the same.

    The policies then compare rows with one hash of all accounts seen, which takes its time to
    make, instead of looking each account up.
    """
    before = _sweep("on")
    yield
    _sweep(before)  # an exception rolls back to a savepoint, which undoes it by itself


def _sweep(value: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('agency.sweep', true), ''), "
            "set_config('agency.sweep', %s, true)",
            [value],
        )
        return str(cursor.fetchone()[0])
