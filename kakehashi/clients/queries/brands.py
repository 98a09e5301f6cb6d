"""Brands that an account could handle: those of its company and of that company's family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.clients.models import Brand
from kakehashi.clients.queries import tree

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kakehashi.clients.models import Company


def of_the_family(company: Company) -> QuerySet[Brand]:
    """Brands of every company of the family, by name."""
    family = tree.family(company)
    members = {family.root.pk, *(m.pk for group in family.children.values() for m in group)}
    brands = Brand.objects.filter(company__in=members).select_related("company")
    return brands.order_by("folded", "pk")
