"""What the conflicts officer's pages list: commitments, rivalries, categories and their words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Prefetch, Q

from kakehashi.base.text import folded_name, nfkc
from kakehashi.conflicts.checking.time import months_later
from kakehashi.conflicts.models import (
    Category,
    CategoryLink,
    CategoryPair,
    Commitment,
    CommitmentCategory,
    MediaAdjacency,
    Rivalry,
    Scheme,
)
from kakehashi.conflicts.queries.categories import load_vocabulary

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from django.db.models import QuerySet

MOST = 300
FOUND = 60
WORDS = 40
LABELS = """
SELECT label, count(*) FROM (
  SELECT unnest(categories) AS label FROM clients_account
  UNION ALL SELECT unnest(categories) FROM clients_brand) l
GROUP BY label ORDER BY count(*) DESC, label
"""


class Standing(NamedTuple):
    """A commitment with the last day on which it binds."""

    commitment: Commitment
    until: dt.date | None
    state: str


def commitments(q: str, today: dt.date, *, withdrawn: bool) -> list[Standing]:
    """Those that bind, of all clients or of those called so; first what ends soonest."""
    found = described(Commitment.objects.filter(withdrawn_at__isnull=not withdrawn))
    if q := nfkc(q):
        folded = folded_name(q)
        found = found.filter(
            Q(code__iexact=q)
            | Q(account__name__icontains=q)
            | Q(account__name_en__icontains=q)
            | Q(account__code__iexact=q)
            | Q(competitors__folded__contains=folded)
            | Q(categories__category__name__icontains=q)
        ).distinct()
    rows = [
        standing(one, today) for one in found.order_by("account__sort_key", "code", "pk")[:MOST]
    ]
    return sorted(rows, key=lambda row: (row.until is None, row.until or today))


def described(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Commitments with all that a page says of them."""
    categories = CommitmentCategory.objects.select_related("category__scheme").order_by(
        "category__scheme__code", "category__place"
    )
    return rows.select_related("account", "account__company", "noted_by").prefetch_related(
        Prefetch("categories", categories), "competitors"
    )


def standing(commitment: Commitment, today: dt.date) -> Standing:
    """Where a commitment stands today."""
    until = commitment.ends_on and months_later(commitment.ends_on, commitment.cooling_off_months)
    if commitment.withdrawn_at is not None:
        state = "withdrawn"
    elif commitment.starts_on > today:
        state = "coming"
    elif commitment.ends_on is None or today <= commitment.ends_on:
        state = "running"
    else:
        state = "cooling" if until and today <= until else "over"
    return Standing(commitment, until, state)


def media_rules() -> QuerySet[MediaAdjacency]:
    return MediaAdjacency.objects.select_related("account").order_by(
        "account__sort_key", "starts_on", "pk"
    )


def rivalries(q: str) -> list[Rivalry]:
    """Declared pairs, of all or of those one side of which is called so."""
    found = Rivalry.objects.select_related("declared_by", "one_company", "other_company")
    if q := nfkc(q):
        key = folded_name(q)
        found = found.filter(Q(one_folded__contains=key) | Q(other_folded__contains=key))
    return list(found.order_by("one_name", "other_name", "kind", "pk")[:MOST])


@dataclass
class Shelf:
    """One scheme with its categories as a tree: of each category those right below it."""

    scheme: Scheme
    tops: list[Category] = field(default_factory=list)
    below: dict[UUID, list[Category]] = field(default_factory=dict)
    count: int = 0


def shelf(scheme: Scheme) -> Shelf:
    """A scheme whole."""
    found = Shelf(scheme)
    for category in Category.objects.filter(scheme=scheme).order_by("place", "code"):
        found.count += 1
        if category.parent_id is None:
            found.tops.append(category)
        else:
            found.below.setdefault(category.parent_id, []).append(category)
    return found


class Hit(NamedTuple):
    """A category that is called so, and the way down to it."""

    category: Category
    way: list[Category]


def called(q: str) -> list[Hit]:
    """Categories of all schemes by a part of their name or by their code."""
    key, _colon, code = nfkc(q).partition(":")
    found = Category.objects.select_related("scheme").filter(
        Q(name__icontains=nfkc(q))
        | Q(name_en__icontains=nfkc(q))
        | Q(code__iexact=nfkc(q))
        | Q(scheme__code=key, code=code)
        | Q(words__word__icontains=nfkc(q))
    )
    rows = list(found.distinct().order_by("scheme__code", "place", "code")[:FOUND])
    above = Category.objects.in_bulk({step for row in rows for step in row.lineage})
    return [Hit(row, [above[step] for step in row.lineage]) for row in rows]


def unplaced_words() -> list[tuple[str, int]]:
    """Words of accounts and brands that mean no category, the most used first."""
    meanings = load_vocabulary().meanings
    with connection.cursor() as cursor:
        cursor.execute(LABELS)
        return [row for row in cursor.fetchall() if row[0] not in meanings][:WORDS]


def declared_pairs() -> QuerySet[CategoryPair]:
    return CategoryPair.objects.select_related(
        "one__scheme", "other__scheme", "declared_by"
    ).order_by("-declared_at", "pk")


def links() -> QuerySet[CategoryLink]:
    return CategoryLink.objects.select_related("category__scheme", "other__scheme").order_by(
        "category__scheme__code", "category__place"
    )
