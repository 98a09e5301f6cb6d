"""A portfolio as its page, its workbook and its paper show it: with names, and in order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.money.analysis import (
    BILLINGS,
    GAINED,
    GREW,
    LOST,
    MARGIN,
    NET_REVENUE,
    SHRANK,
    change,
)
from kakehashi.money.queries import book as queries
from kakehashi.money.queries import targets
from kakehashi.money.queries.book import BY_ACCOUNT
from kakehashi.ui.formats import number_text, percent_text, reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal
    from uuid import UUID

    from kakehashi.base.periods import Months
    from kakehashi.clients.models import Account, Company
    from kakehashi.money.analysis import Book, Figures, Line, Loss, Month, Part
    from kakehashi.money.asking import Asked
    from kakehashi.money.models import Target
    from kakehashi.money.queries.targets import Aim


@dataclass(frozen=True)
class Row:
    """A client with its name, and where its own portfolio is."""

    line: Line
    thing: Account | Company
    query: str

    @property
    def name(self) -> str:
        return reader_name(self.thing)

    @property
    def amount(self) -> Decimal:
        return self.line.amount

    @property
    def before(self) -> Decimal:
        return self.line.before

    @property
    def difference(self) -> Decimal:
        return self.line.difference

    @property
    def growth(self) -> Decimal | None:
        return change(self.amount, self.before)


@dataclass(frozen=True)
class Move:
    """Clients that came, grew, shrank or went: the largest of them by name."""

    code: str
    name: str
    count: int
    amount: Decimal
    rows: list[Row]


@dataclass(frozen=True)
class AtRisk:
    """What would be left without a client, and how much less that is."""

    row: Row
    loss: Loss
    whole: Figures

    @property
    def revenue_change(self) -> Decimal | None:
        return change(self.loss.left.net_revenue, self.whole.net_revenue)

    @property
    def margin_change(self) -> Decimal | None:
        return change(self.loss.left.margin, self.whole.margin)


@dataclass(frozen=True)
class Summed:
    """One sum of it: its name and its term, and what to say beside it."""

    name: str
    term: str
    amount: Decimal
    note: str


class Shown:
    """What is shown of one of several books."""

    def __init__(
        self, asked: Asked, books: list[Book], brought: Mapping[str, Decimal] | None = None
    ) -> None:
        self.asked = asked
        self.books = books
        self.brought = brought

    @cached_property
    def book(self) -> Book | None:
        """That of the currency asked for, else of the one with most clients."""
        asked = [book for book in self.books if book.currency == self.asked.currency]
        return next(iter((*asked, *self.books)), None)

    @property
    def currency(self) -> str:
        return self.book.currency if self.book else ""

    @property
    def query(self) -> str:
        """What is shown, as an address says it."""
        return self.asked.query(currency=self.currency)

    @property
    def currencies(self) -> list[tuple[str, str, bool]]:
        """Each currency, its address, and whether it is the one that is shown."""
        return [
            (one.currency, self.asked.query(currency=one.currency), one is self.book)
            for one in self.books
        ]

    @property
    def against(self) -> Months | None:
        """The period of comparison, if there is anything to compare with."""
        return self.asked.against if self.book and self.book.is_compared else None

    @cached_property
    def month_rows(self) -> list[tuple[Month, Decimal, Decimal | None, Decimal | None]]:
        """Each month with what is measured of it, of the month before, and the growth."""
        assert self.book is not None
        measure = self.asked.measure
        rows: list[tuple[Month, Decimal, Decimal | None, Decimal | None]] = []
        for one in self.book.months:
            now = one.now.of(measure)
            before = one.before.of(measure) if one.before and self.against else None
            rows.append((one, now, before, None if before is None else change(now, before)))
        return rows

    @property
    def begins(self) -> dt.date | None:
        """The first month of comparison with revenue, where months before it have none."""
        months = [one for one in self.book.months if one.before] if self.book else []
        known = [one.compared for one in months if one.before and one.before.net_revenue]
        return known[0] if known and months[0].compared != known[0] else None

    @cached_property
    def _names(self) -> Mapping[UUID, Account | Company]:
        assert self.book is not None
        named = [part.line for part in self.book.parts]
        named += [line for step in self.book.steps for line in step.lines]
        return queries.names_of({line.key for line in named}, self.asked.by)

    def _row(self, line: Line) -> Row:
        whose = f"{self.asked.whose_of(self.asked.by)}:{line.key}"
        query = self.asked.query(whose=whose, by=BY_ACCOUNT, currency=self.currency)
        return Row(line, self._names[line.key], query)

    @cached_property
    def largest(self) -> list[tuple[Row, Part]]:
        assert self.book is not None
        return [(self._row(part.line), part) for part in self.book.parts]

    @property
    def now(self) -> Figures:
        assert self.book is not None
        return self.book.now

    @property
    def before(self) -> Figures | None:
        return self.book.before if self.book and self.against else None

    @property
    def total(self) -> Decimal:
        return self.now.of(self.asked.measure)

    @property
    def total_before(self) -> Decimal:
        assert self.book is not None
        return self.book.before.of(self.asked.measure)

    @cached_property
    def moves(self) -> list[Move]:
        """From what was to what is, step by step."""
        assert self.book is not None
        names = {
            GAINED: _("New"),
            GREW: _("Grew"),
            SHRANK: _("Shrank"),
            LOST: _("Gone"),
        }
        return [
            Move(
                step.move,
                names[step.move],
                step.count,
                step.amount,
                [self._row(line) for line in step.lines],
            )
            for step in self.book.steps
        ]

    @cached_property
    def aims(self) -> list[Aim]:
        """What it is to bring, and what has come of that."""
        currency, today = self.currency or self.asked.currency, self.asked.today
        found = [one for one in self._targets if one.currency == currency]
        sums = self.brought
        if sums is None:
            sums = targets.brought(self.asked.scope, found, today)
        return targets.aims(found, sums, today)

    @cached_property
    def _targets(self) -> list[Target]:
        return targets.standing(self.asked.scope, self.asked.months)

    @property
    def is_whole(self) -> bool:
        """Whether what has come of each target is known, also of one that was changed since."""
        return self.brought is None or {targets.name_of(one) for one in self._targets} <= set(
            self.brought
        )

    @cached_property
    def at_risk(self) -> list[AtRisk]:
        assert self.book is not None
        return [AtRisk(self._row(loss.line), loss, self.now) for loss in self.book.losses]

    @property
    def sums(self) -> list[Summed]:
        """What was brought, and how that stands to what was."""
        sums = [
            Summed(_("Net revenue"), NET_REVENUE, self.now.net_revenue, self._against(NET_REVENUE)),
            Summed(_("Billings"), BILLINGS, self.now.billings, self._against(BILLINGS)),
        ]
        if self.asked.sees_cost:
            rate = _("%(rate)s of net revenue") % {"rate": percent_text(self.now.rate)}
            sums.append(Summed(_("Margin"), MARGIN, self.now.margin, rate))
        return sums

    def _against(self, measure: str) -> str:
        """Growth always tells its direction."""
        before = self.before
        growth = change(self.now.of(measure), before.of(measure)) if before else None
        if growth is None:
            return ""
        sign = "+" if growth > 0 else ""
        return _("%(change)s against before") % {"change": f"{sign}{percent_text(growth)}"}

    @property
    def was(self) -> dict[str, str]:
        """The measures of concentration in the period of comparison; empty without one."""
        if self.book is None or not self.against:
            return {}
        spread = self.book.spread_before
        said = {
            "count": number_text(self.book.count_before),
            "top1": percent_text(spread.top1),
            "top5": percent_text(spread.top5),
            "hhi": number_text(spread.hhi),
            "effective_number": number_text(spread.effective_number, 1),
        }
        return {name: _("before: %(value)s") % {"value": value} for name, value in said.items()}

    @property
    def client_name(self) -> str:
        return _("Account") if self.asked.by == BY_ACCOUNT else _("Client family")

    @property
    def clients_name(self) -> str:
        return _("Accounts") if self.asked.by == BY_ACCOUNT else _("Client families")
