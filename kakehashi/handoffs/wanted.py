"""Which balls somebody wants to see: what a list is narrowed to, beyond what they look after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kakehashi.clients.models import Account
    from kakehashi.handoffs.models import Handoff

NAMED = (
    "title",
    "note",
    "account__name",
    "account__name_en",
    "account__name_kana",
    "asked_of__name",
    "asked_of__name_en",
    "asked_of__name_kana",
)


@dataclass(frozen=True)
class Wanted:
    """Nothing said means everything. Each word of `q` stands in the ball or in a name on it."""

    q: str = ""
    account: Account | None = None
    kind: str = ""
    side: str = ""
    private: bool = False

    def __bool__(self) -> bool:
        return self != Wanted()

    def of(self, balls: QuerySet[Handoff]) -> QuerySet[Handoff]:
        """Those of some balls that are wanted."""
        said = {"account": self.account, "kind": self.kind, "side": self.side}
        balls = balls.filter(**{name: value for name, value in said.items() if value})
        if self.private:
            balls = balls.filter(private=True)
        for word in self.q.split():
            anywhere = Q()
            for name in NAMED:
                anywhere |= Q(**{f"{name}__icontains": word})
            balls = balls.filter(anywhere)
        return balls
