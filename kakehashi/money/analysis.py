"""What a portfolio is made of, how it moved, and what hangs on its largest parts: sums alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from kakehashi.base.concentration import Spread, class_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from kakehashi.base.concentration import Concentration

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


class Line(NamedTuple):
    """What a client family or an account brought by the measure, and what before."""

    key: UUID
    amount: Decimal
    before: Decimal

    @property
    def difference(self) -> Decimal:
        return self.amount - self.before


@dataclass(frozen=True)
class Part:
    """What one client is of the whole: its share, now and before, and its class."""

    line: Line
    share: Decimal
    share_before: Decimal
    running: Decimal
    grade: str


@dataclass(frozen=True)
class Rest:
    """Those that are not named: how many, what they bring together, and their part."""

    count: int
    amount: Decimal
    share: Decimal


@dataclass(frozen=True)
class Step:
    """Clients that came, grew, shrank or went: how many, what that made, the largest of them."""

    move: str
    count: int
    amount: Decimal
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Loss:
    """What would be left without one client, and how it would be spread."""

    line: Line
    left: Figures
    spread: Concentration


@dataclass(frozen=True)
class Named:
    """How many clients a book names: the largest, and of each kind of move. None is all of them."""

    largest: int | None = 20
    movers: int | None = 6
    at_risk: int = 10


ALL = Named(None, None)


@dataclass(frozen=True)
class Book:
    """A portfolio of one currency by one measure: the largest first, beside what was before.

    Shares are parts of the `whole`: of what those brought who brought something.
    """

    currency: str
    measure: str
    now: Figures
    before: Figures
    whole: Decimal
    count: int
    count_before: int
    spread: Concentration
    spread_before: Concentration
    is_compared: bool
    parts: tuple[Part, ...]
    rest: Rest
    steps: tuple[Step, ...]
    losses: tuple[Loss, ...]
    months: tuple[Month, ...]


def book(
    currency: str,
    measure: str,
    lines: Sequence[Line],
    months: Sequence[Month],
    figures: Mapping[UUID, Figures],
    named: Named = ALL,
) -> Book:
    """Of lines of which the largest comes first; `figures` are those of the clients at risk."""
    clients = [line for line in lines if line.amount]
    spread = Spread.of(line.amount for line in lines)
    spread_before = Spread.of(line.before for line in lines)
    now = total(one.now for one in months)
    parts = tuple(_parts(clients[: named.largest], spread.total, spread_before.total))
    compared = any(line.before for line in lines)
    return Book(
        currency=currency,
        measure=measure,
        now=now,
        before=total(one.before for one in months if one.before),
        whole=spread.total,
        count=len(clients),
        count_before=sum(1 for line in lines if line.before),
        spread=spread.told,
        spread_before=spread_before.told,
        is_compared=compared,
        parts=parts,
        rest=_rest(clients, len(parts), spread.total),
        steps=_steps(lines if compared else (), named.movers),
        losses=tuple(
            Loss(line, now - figures[line.key], spread.without(line.amount).told)
            for line in at_risk(lines, named)
        ),
        months=tuple(months),
    )


def at_risk(lines: Sequence[Line], named: Named = ALL) -> list[Line]:
    """The clients whose loss is told."""
    return [line for line in lines if line.amount][: named.at_risk]


def _parts(clients: Iterable[Line], whole: Decimal, whole_before: Decimal) -> Iterator[Part]:
    running = NOTHING
    for line in clients:
        share = _share(line.amount, whole)
        grade, running = class_of(share, running), running + share
        yield Part(line, share, _share(line.before, whole_before), running, grade)


def _share(amount: Decimal, whole: Decimal) -> Decimal:
    return max(amount, NOTHING) / whole if whole else NOTHING


def _rest(clients: Sequence[Line], named: int, whole: Decimal) -> Rest:
    others = clients[named:]
    earned = sum((line.amount for line in others if line.amount > 0), NOTHING)
    return Rest(len(others), sum((line.amount for line in others), NOTHING), _share(earned, whole))


def _steps(lines: Iterable[Line], most: int | None) -> tuple[Step, ...]:
    """From what was to what is: before + gained + grew - shrank - lost = now."""
    moved: dict[str, list[Line]] = {move: [] for move in MOVES}
    for line in lines:
        if line.amount != line.before:
            moved[_move(line.amount, line.before)].append(line)
    return tuple(
        Step(
            move,
            len(found),
            sum((line.difference for line in found), NOTHING),
            tuple(nsmallest(len(found) if most is None else most, found, key=_by_difference)),
        )
        for move, found in moved.items()
    )


def _by_difference(line: Line) -> tuple[Decimal, bool]:
    """The largest first; of equals, who brings nothing now comes last."""
    return -abs(line.difference), not line.amount


def _move(now: Decimal, before: Decimal) -> str:
    """Whoever brought nothing before is gained; whoever brings nothing now is lost."""
    if now > 0 >= before:
        return GAINED
    if before > 0 >= now:
        return LOST
    return GREW if now > before else SHRANK
