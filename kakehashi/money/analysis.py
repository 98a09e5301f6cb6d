"""What a portfolio is made of, how it moved, and what hangs on its largest parts: sums alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from kakehashi.base.concentration import (
    Concentration,
    abc,
    concentration,
    cumulative,
    shares,
    without,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from uuid import UUID

NOTHING = Decimal(0)
BILLINGS, NET_REVENUE, MARGIN = "billings", "net_revenue", "margin"
MEASURES = (NET_REVENUE, BILLINGS, MARGIN)
GAINED, GREW, SHRANK, LOST = "gained", "grew", "shrank", "lost"
MOVES = (GAINED, GREW, SHRANK, LOST)


@dataclass(frozen=True)
class Figures:
    """What something brought. Cost, and the revenue it was for, only as far as it is seen."""

    billings: Decimal = NOTHING
    net_revenue: Decimal = NOTHING
    cost: Decimal = NOTHING
    costed: Decimal = NOTHING

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.billings + other.billings,
            self.net_revenue + other.net_revenue,
            self.cost + other.cost,
            self.costed + other.costed,
        )

    def __sub__(self, other: Figures) -> Figures:
        return Figures(
            self.billings - other.billings,
            self.net_revenue - other.net_revenue,
            self.cost - other.cost,
            self.costed - other.costed,
        )

    @property
    def margin(self) -> Decimal:
        return self.costed - self.cost

    @property
    def rate(self) -> Decimal:
        """Margin as a part of the revenue whose cost is known."""
        return self.margin / self.costed if self.costed else NOTHING

    def of(self, measure: str) -> Decimal:
        amount: Decimal = getattr(self, measure)
        return amount


def total(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())


def change(now: Decimal, before: Decimal) -> Decimal | None:
    """Growth as a part of what was; nothing can be said of growth from nothing or from a loss."""
    return (now - before) / before if before > 0 else None


@dataclass(frozen=True)
class Month:
    """One month of a portfolio, and the month it is compared with."""

    month: dt.date
    now: Figures
    compared: dt.date | None = None
    before: Figures | None = None


@dataclass(frozen=True)
class Client:
    """A client family or an account: what it brought, and its part of the whole."""

    key: UUID
    now: Figures
    before: Figures
    share: Decimal
    share_before: Decimal
    running: Decimal
    grade: str
    move: str = ""


@dataclass(frozen=True)
class Step:
    """Clients that came, grew, shrank or went, and what that made together."""

    move: str
    clients: tuple[Client, ...]
    amount: Decimal


@dataclass(frozen=True)
class Loss:
    """What would be left without one client, and how it would be spread."""

    client: Client
    left: Figures
    spread: Concentration


@dataclass(frozen=True)
class Book:
    """A portfolio of one currency by one measure: the largest first, beside what was before."""

    currency: str
    measure: str
    clients: tuple[Client, ...]
    gone: tuple[Client, ...]
    now: Figures
    before: Figures
    spread: Concentration
    spread_before: Concentration
    is_compared: bool
    months: tuple[Month, ...] = field(default=())

    @property
    def count_before(self) -> int:
        """How many clients brought something in the period of comparison."""
        everybody = (*self.clients, *self.gone)
        return sum(1 for client in everybody if client.before.of(self.measure))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """From what was to what is: before + gained + grew - shrank - lost = now."""
        everybody = (*self.clients, *self.gone)
        return tuple(self._step(move, [c for c in everybody if c.move == move]) for move in MOVES)

    def _step(self, move: str, clients: list[Client]) -> Step:
        clients.sort(key=lambda one: -abs(self._difference(one)))
        amount = sum((self._difference(one) for one in clients), NOTHING)
        return Step(move, tuple(clients), amount)

    def _difference(self, client: Client) -> Decimal:
        return client.now.of(self.measure) - client.before.of(self.measure)

    def losses(self, first: int) -> list[Loss]:
        """What each of the largest would take along, every other client staying as it is."""
        amounts = [client.now.of(self.measure) for client in self.clients]
        return [
            Loss(client, self.now - client.now, concentration(without(amounts, at)))
            for at, client in enumerate(self.clients[:first])
        ]


def book(
    currency: str,
    measure: str,
    now: Mapping[UUID, Figures],
    before: Mapping[UUID, Figures],
    months: Iterable[Month] = (),
) -> Book:
    """Put clients in order; equals stand in the order of their keys."""
    compared = any(figures.of(measure) for figures in before.values())
    order = sorted(now.keys() | before.keys(), key=lambda key: (-_of(now, key, measure), key))
    amounts = [_of(now, key, measure) for key in order]
    amounts_before = [_of(before, key, measure) for key in order]
    parts, grades = shares(amounts), list(abc(dict(enumerate(amounts))).values())
    rows = zip(order, parts, shares(amounts_before), cumulative(parts), grades, strict=True)
    clients = [
        Client(
            key, now.get(key, Figures()), before.get(key, Figures()), share, share_before, running,
            grade, _move(_of(now, key, measure), _of(before, key, measure)) if compared else "",
        )
        for key, share, share_before, running, grade in rows
    ]  # fmt: skip
    return Book(
        currency=currency,
        measure=measure,
        clients=tuple(c for c in clients if c.now.of(measure)),
        gone=tuple(c for c in clients if not c.now.of(measure) and c.before.of(measure)),
        now=total(now.values()),
        before=total(before.values()),
        spread=concentration(amounts),
        spread_before=concentration(amounts_before),
        is_compared=compared,
        months=tuple(months),
    )


def _of(figures: Mapping[UUID, Figures], key: UUID, measure: str) -> Decimal:
    found = figures.get(key)
    return found.of(measure) if found else NOTHING


def _move(now: Decimal, before: Decimal) -> str:
    """Whoever brought nothing before is gained; whoever brings nothing now is lost."""
    if now > 0 >= before:
        return GAINED
    if before > 0 >= now:
        return LOST
    if now == before:
        return ""
    return GREW if now > before else SHRANK
