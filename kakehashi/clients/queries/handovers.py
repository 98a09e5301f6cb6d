"""Handovers a person takes part in. Read without their account: a receiver may not see it yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.db.models.fields.json import KT

from kakehashi.clients.models import Handover
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    from kakehashi.people.models import Person

MOST = 100


@dataclass(frozen=True)
class Named:
    """What something is called in both languages."""

    name: str
    name_en: str


@dataclass(frozen=True)
class Listed:
    """A handover with what its sheet says it is about."""

    handover: Handover
    account: Named
    role: str


def of_person(person: Person) -> list[Listed]:
    """Those one gives or receives, open ones first."""
    mine = Handover.objects.filter(Q(giver=person) | Q(receiver=person)).defer("sheet")
    named = mine.annotate(
        account_name=KT("sheet__account__name"),
        account_name_en=KT("sheet__account__name_en"),
        role=KT("sheet__seat__role"),
    )
    rows = named.select_related("giver", "receiver").prefetch_related("confirmations")
    return [
        Listed(row, Named(row.account_name, row.account_name_en), str(RoleCode(row.role).label))
        for row in rows.order_by(F("moved_at").desc(nulls_first=True), "on", "pk")[:MOST]
    ]
