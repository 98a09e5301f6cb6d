"""What a reader asks of a portfolio: whose, which months, beside which, by what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kakehashi.base.dates import fiscal_year, parse_month
from kakehashi.base.errors import Unreadable
from kakehashi.base.periods import Months, fiscal_year_months
from kakehashi.clients.queries.offices import in_order
from kakehashi.money.analysis import BILLINGS, MARGIN, MEASURES, NET_REVENUE
from kakehashi.money.queries import book as queries
from kakehashi.money.queries import recent_months
from kakehashi.money.queries.book import ACCOUNT, BY_ACCOUNT, BY_CLIENT, COMPANY, OFFICE, PERSON
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from kakehashi.people.models import Person

    Options = list[tuple[str, str]]

MINE = "mine"
TWELVE, FISCAL, FISCAL_BEFORE, OWN = "twelve", "fiscal", "fiscal-before", "own"
A_YEAR_BEFORE, JUST_BEFORE, NOTHING = "year", "before", "none"
OURS_END = "03-31"  # fiscal years of an agency in Japan; a client's own where it is known
LONGEST = 120  # months
INDENT = "\N{EM SPACE}"


class NotThere(Exception):
    """There is no such portfolio, or none for this reader."""


@dataclass(frozen=True)
class Asked:
    """One reader's question, as its address says it; what cannot be is told in `problem`."""

    given: Mapping[str, str]
    reader: Person
    today: dt.date

    @cached_property
    def scope(self) -> queries.Scope:
        """Outside of what the reader sees is nothing, as on every other page."""
        whose = self.given.get("whose", "")
        if whose == MINE:
            return queries.Scope(PERSON, self.reader)
        kind, _colon, pk = whose.partition(":")
        if not kind:
            return queries.Scope()
        try:
            scope = queries.found(kind, UUID(pk)) if kind in queries.KINDS else None
        except ValueError:
            scope = None
        if scope is None:
            raise NotThere(whose)
        return scope

    @cached_property
    def whose(self) -> str:
        if self.scope.thing is None:
            return ""
        if self.scope == queries.Scope(PERSON, self.reader):
            return MINE
        return f"{self.scope.kind}:{self.scope.thing.pk}"

    @cached_property
    def year_end(self) -> str:
        thing = self.scope.thing
        if self.scope.kind == ACCOUNT:
            thing = thing.company  # type: ignore[union-attr]
        return getattr(thing, "fiscal_year_end", "") or OURS_END

    @cached_property
    def period(self) -> str:
        usual = OWN if self.given.get("from") or self.given.get("to") else TWELVE
        return _known(self.given.get("period"), (TWELVE, FISCAL, FISCAL_BEFORE, OWN), usual)

    @cached_property
    def _months(self) -> tuple[Months, str]:
        """The months asked for, or the usual ones and what is wrong with those asked for."""
        usual = recent_months(self.today)
        if self.period == TWELVE:
            return usual, ""
        if self.period == OWN:
            try:
                return self._own(usual), ""
            except (Unreadable, ValueError) as refusal:
                return usual, str(refusal)
        year = fiscal_year(self.today, self.year_end)
        if self.period == FISCAL_BEFORE:
            return fiscal_year_months(year - 1, self.year_end), ""
        first = fiscal_year_months(year, self.year_end).first
        return Months(first, max(first, usual.last)), ""

    def _own(self, usual: Months) -> Months:
        first, last = self.given.get("from", ""), self.given.get("to", "")
        months = Months(
            parse_month(first) if first else usual.first, parse_month(last) if last else usual.last
        )
        if len(months) > LONGEST:
            raise Unreadable(_("Ask for ten years at most."))
        return months

    @property
    def months(self) -> Months:
        return self._months[0]

    @property
    def problem(self) -> str:
        return self._months[1]

    @cached_property
    def beside(self) -> str:
        known = (A_YEAR_BEFORE, JUST_BEFORE, NOTHING)
        return _known(self.given.get("beside"), known, A_YEAR_BEFORE)

    @cached_property
    def against(self) -> Months | None:
        if self.beside == NOTHING:
            return None
        length = len(self.months)
        years = -(-length // 12) * 12  # so that the two do not overlap
        return self.months.earlier(years if self.beside == A_YEAR_BEFORE else length)

    @cached_property
    def by(self) -> str:
        return _known(self.given.get("by"), (BY_CLIENT, BY_ACCOUNT), BY_CLIENT)

    @cached_property
    def sees_cost(self) -> bool:
        return queries.sees_cost()

    @cached_property
    def measure(self) -> str:
        measure = _known(self.given.get("measure"), MEASURES, NET_REVENUE)
        return NET_REVENUE if measure == MARGIN and not self.sees_cost else measure

    @property
    def currency(self) -> str:
        return self.given.get("currency", "")

    @property
    def question(self) -> queries.Question:
        return queries.Question(
            self.scope, self.months, self.against, self.by, self.measure, self.today
        )

    # What can be chosen, and how an address says it

    @cached_property
    def whose_options(self) -> Options:
        offices = [
            (f"{OFFICE}:{office.pk}", INDENT * depth + reader_name(office))
            for office, depth in in_order()
        ]
        mine = [("", _("All accounts you see")), (MINE, _("Accounts you serve"))]
        known = {key for key, _label in (*mine, *offices)}
        named = [] if self.whose in known else [(self.whose, reader_name(self.scope.thing))]
        return [*named, *mine, *offices]

    @property
    def period_options(self) -> Options:
        return [
            (TWELVE, _("Last twelve months")),
            (FISCAL, _("This fiscal year so far")),
            (FISCAL_BEFORE, _("Last fiscal year")),
            (OWN, _("Months of your choice")),
        ]

    @property
    def beside_options(self) -> Options:
        return [
            (A_YEAR_BEFORE, _("The same months a year before")),
            (JUST_BEFORE, _("As many months before")),
            (NOTHING, pgettext("compared with", "Nothing")),
        ]

    @property
    def by_options(self) -> Options:
        return [(BY_CLIENT, _("Client families")), (BY_ACCOUNT, _("Accounts"))]

    @property
    def measure_options(self) -> Options:
        known = [(NET_REVENUE, _("Net revenue")), (BILLINGS, _("Billings"))]
        return [*known, (MARGIN, _("Margin"))] if self.sees_cost else known

    @property
    def measure_name(self) -> str:
        return dict(self.measure_options)[self.measure]

    @property
    def scope_name(self) -> str:
        return dict(self.whose_options)[self.whose].strip(INDENT)

    def address(self, currency: str = "") -> str:
        """The same question is the same address, whatever its months were named by."""
        first, last = (f"{month:%Y-%m}" for month in (self.months.first, self.months.last))
        return self.query(**{"period": OWN, "from": first, "to": last, "currency": currency})

    def query(self, **other: str) -> str:
        """This question as an address says it, with something else in it."""
        said = {
            "whose": self.whose,
            "period": self.period,
            "from": self.given.get("from", "") if self.period == OWN else "",
            "to": self.given.get("to", "") if self.period == OWN else "",
            "beside": self.beside,
            "by": self.by,
            "measure": self.measure,
            "currency": self.currency,
            **other,
        }
        return urlencode({name: value for name, value in said.items() if value})

    def whose_of(self, by: str) -> str:
        """What names one of the parts in an address."""
        return COMPANY if by == BY_CLIENT else ACCOUNT


def _known(value: str | None, known: tuple[str, ...], usual: str) -> str:
    return value if value in known else usual
