"""Companies: found by any of their names or numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from kakehashi.base.text import folded_name, nfkc, reading
from kakehashi.clients.models import Company, CompanyName
from kakehashi.clients.queries.keyset import Column, Page, page

if TYPE_CHECKING:
    from django.db.models import QuerySet

FEW = 5
BY_NAME = (Column("sort_key", str), Column("pk", UUID))


def of_the_same_name(folded: str) -> list[Company]:
    """A few companies whose name is the same but for spelling habits."""
    other = CompanyName.objects.filter(company=OuterRef("pk"), folded=folded)
    named = Company.objects.filter(Q(folded=folded) | Q(Exists(other)))
    return list(named.order_by("sort_key", "pk")[:FEW])


def listed(q: str, *, after: str = "", before: str = "") -> Page[Company]:
    """A page of companies, of all or of those that are called so."""
    return page(found(q), BY_NAME, after=after, before=before)


def found(q: str) -> QuerySet[Company]:
    """Companies by a part of any name they have or had, or by a whole number or code."""
    q = nfkc(q)
    if not q:
        return Company.objects.all()
    key = folded_name(q)
    other = CompanyName.objects.filter(company=OuterRef("pk"), folded__contains=key)
    numbers = (
        Q(corporate_number=q) | Q(lei=q.upper()) | Q(code=q) | Q(registration_number=q.upper())
    )
    named = Q(folded__contains=key) | Q(name_en__icontains=q) | Q(Exists(other))
    if kana := reading(q):
        named |= Q(sort_key__contains=kana)
    return Company.objects.filter(numbers | named)


def resolved(typed: str) -> list[Company]:
    """What somebody means who types a code, a number or an exact name: one, none, or several."""
    typed = nfkc(typed)
    exact = Q(code=typed) | Q(corporate_number=typed) | Q(lei=typed.upper())
    for question in (exact, Q(name=typed), Q(name_en=typed), Q(folded=folded_name(typed))):
        if companies := list(Company.objects.filter(question).order_by("sort_key", "pk")[:FEW]):
            return companies
    return []
