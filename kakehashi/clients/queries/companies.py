"""Companies: found by any of their names or numbers, and their families."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.clients.models import Company

if TYPE_CHECKING:
    from django.db.models import QuerySet

FEW = 5


def of_the_same_name(folded: str) -> list[Company]:
    """A few companies whose name is the same but for spelling habits."""
    named = Company.objects.filter(folded=folded) | Company.objects.filter(names__folded=folded)
    return list(named.distinct().order_by("sort_key", "id")[:FEW])
