"""What an address asks for; what makes no sense is as if it had not been asked for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.timezone import localdate

if TYPE_CHECKING:
    from django.http import QueryDict


def uuid(asked: QueryDict, name: str) -> UUID | None:
    try:
        return UUID(asked.get(name, ""))
    except ValueError:
        return None


def uuids(asked: QueryDict, name: str) -> list[UUID]:
    """The one asked for, or none."""
    found = uuid(asked, name)
    return [found] if found else []


def day(asked: QueryDict, name: str) -> dt.date:
    """The day asked for, or today."""
    try:
        return dt.date.fromisoformat(asked.get(name, ""))
    except ValueError:
        return localdate()


def again(asked: QueryDict, **changed: str) -> str:
    """The same question on another page of the list."""
    question = asked.copy()
    for name in ("after", "before"):
        question.pop(name, None)
    for name, value in changed.items():
        question[name] = value
    return f"?{question.urlencode()}"
