"""What a reader sees whole, what by name alone, and what is a 404."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse

from kakehashi.clients.models import Account
from kakehashi.policy.engine import hats

if TYPE_CHECKING:
    from uuid import UUID


PARTIAL = frozenset({"contact", "job"})  # who wears nothing else sees the account's name alone


def account_or_404(pk: UUID) -> tuple[Account, frozenset[str]]:
    """An account the reader sees whole, and what they are to it."""
    rows = Account.objects.select_related("company", "lead_office", "parent")
    account = get_object_or_404(rows, pk=pk)
    worn = hats(account.pk)
    if worn <= PARTIAL:
        raise Http404
    return account, worn


def link(name: str, *args: Any) -> str:
    """The address of a page of another package, or nothing where it is not routed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
