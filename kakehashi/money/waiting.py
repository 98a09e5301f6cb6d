"""A portfolio at once; of very many accounts once it was added up in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kakehashi.money import actions, kept
from kakehashi.money.analysis import Named
from kakehashi.money.asking import Asked
from kakehashi.money.models import Tally
from kakehashi.money.queries import book as queries
from kakehashi.money.queries import targets
from kakehashi.money.shown import Shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal

    from kakehashi.money.models import Target
    from kakehashi.money.queries.targets import Aim
    from kakehashi.people.models import Person

PAGE = Tally.Form.PAGE
ON_A_PAGE = Named()


@dataclass(frozen=True)
class Page:
    """What is known of a portfolio: nothing while it is still being added up."""

    shown: Shown | None
    tally: Tally | None = None


@dataclass(frozen=True)
class Aims:
    """Targets beside what has come of them, and what is being added up for others."""

    known: list[Aim]
    tally: Tally | None = None


def is_large(asked: Asked) -> bool:
    return queries.is_large(asked.scope, asked.today)


def page_of(asked: Asked, at: dt.datetime, named: Named = ON_A_PAGE) -> Page:
    """A portfolio with as many names as there is room for."""
    if is_large(asked):
        return _added_up(asked, at)
    return Page(Shown(asked, queries.books(asked.question, named)))


def aims_of_offices(reader: Person, today: dt.date, at: dt.datetime) -> Aims:
    """Targets, of which a month is running, of the offices that the reader leads."""
    known: list[Aim] = []
    waiting: Tally | None = None
    for target in targets.of_offices(reader, today):
        sums, tally = _brought(Asked(targets.portfolio_of(target), reader, today), target, at)
        if sums is None:
            waiting = waiting or tally
        else:
            known += targets.aims([target], sums, today)
    return Aims(known, waiting)


def _brought(
    asked: Asked, target: Target, at: dt.datetime
) -> tuple[Mapping[str, Decimal] | None, Tally | None]:
    if not is_large(asked):
        return targets.brought(asked.scope, [target], asked.today), None
    page = _added_up(asked, at)
    return page.shown.brought if page.shown else None, page.tally


def _added_up(asked: Asked, at: dt.datetime) -> Page:
    tally = actions.tally_of(asked=asked, form=PAGE, at=at)
    shown = _as_kept(asked, tally)
    if shown is None or shown.is_whole:
        return Page(shown, tally)
    # a target was set since
    return Page(None, actions.ask_for_tally(asked=asked, form=PAGE, at=at))


def _as_kept(asked: Asked, tally: Tally) -> Shown | None:
    if tally.found is None:
        return None
    return Shown(asked, kept.read(tally.found["books"]), kept.amounts(tally.found["brought"]))
