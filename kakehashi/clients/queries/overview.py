"""What an account's first page tells: the client's people, what is known, what is handled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakehashi.clients.models import Contact, Handover
from kakehashi.clients.queries import days

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.clients.models import Account

FEW = 5
MANY = 12
DECIDING = ("decider", "approver", "influencer", "buyer", "gatekeeper", "initiator", "user", "")


def of(account: Account, today: dt.date) -> dict[str, Any]:
    """Each part in one query."""
    facts = account.facts.filter(retired_at=None).select_related("written_by")
    handled = account.account_brands.filter(days.holding(today)).select_related("brand")
    open_ones = Handover.objects.filter(account=account, moved_at=None, withdrawn_at=None)
    changes = account.status_changes.select_related("by").order_by("-on", "-at", "-pk")
    return {
        "contacts": contacts(account),
        "facts": list(facts.order_by("-as_of", "-pk")[:FEW]),
        "brands": list(handled.order_by("brand__folded", "pk")[:MANY]),
        "handovers": list(
            open_ones.select_related("seat", "giver", "receiver").order_by("on", "pk")
        ),
        "status_changes": list(changes[:FEW]),
    }


def contacts(account: Account) -> list[Contact]:
    """The client's people who are there, those who decide first."""
    here = account.contacts.filter(left_on=None).select_related("person")
    found = list(here.order_by("person__sort_key", "pk"))
    return sorted(found, key=lambda contact: DECIDING.index(contact.buying_role))
