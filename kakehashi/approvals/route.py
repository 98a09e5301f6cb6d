"""The route of a circulation: whose turn it is, and whether it is over. It asks nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from kakehashi.approvals import states

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal
    from uuid import UUID

APPROVED, RETURNED, READ = "approved", "returned", "read"
APPROVE, CIRCULATE = "approve", "circulate"


class Stop(Protocol):
    """What of a step matters here."""

    @property
    def position(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def limit(self) -> Decimal | None: ...


S = TypeVar("S", bound=Stop)


@dataclass(frozen=True)
class Standing:
    """The state that follows from what was decided, and the steps whose turn it is."""

    state: str
    due: list[UUID] = field(default_factory=list)


def standing(steps: Iterable[tuple[UUID, int]], said: Mapping[UUID, str]) -> Standing:
    """Where a circulation stands: `steps` by id and position, `said` the verdict of each step.

    One that was sent back asks nobody further; the first position somebody has not decided at is
    asked, all of it at once; when all have, it is approved.
    """
    if RETURNED in said.values():
        return Standing(states.RETURNED)
    waiting = [(position, key) for key, position in steps if key not in said]
    if not waiting:
        return Standing(states.APPROVED)
    turn = min(position for position, _key in waiting)
    return Standing(states.OPEN, [key for position, key in waiting if position == turn])


def verdicts(kind: str) -> frozenset[str]:
    """What may be said at a step: who only reads neither approves nor sends back."""
    return frozenset({READ}) if kind == CIRCULATE else frozenset({APPROVED, RETURNED})


def needed(stops: Sequence[S], amount: Decimal | None) -> list[S]:
    """The steps an amount takes: up to the first who may approve it; those who read, all.

    An empty list says that nobody of them may approve so much.
    """
    if amount is None:
        return list(stops)
    enough = [
        stop.position
        for stop in stops
        if stop.kind == APPROVE and (stop.limit is None or stop.limit >= amount)
    ]
    if not enough:
        return []
    last = min(enough)
    return [stop for stop in stops if stop.position <= last or stop.kind == CIRCULATE]
