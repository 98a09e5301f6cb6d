"""Filtering a list by what its rows are called."""

from __future__ import annotations

from django.db.models import Q


def holds(field: str, q: str) -> Q:
    """Rows whose field has some words in it, in either case.

    Kana and kanji have no case, and comparing both sides in capitals takes several times as long.
    """
    way = "contains" if q.upper() == q.lower() else "icontains"
    return Q(**{f"{field}__{way}": q})
