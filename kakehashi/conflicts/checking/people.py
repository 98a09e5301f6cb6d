"""Who may not serve an account: seats on rivals at the same time, and the personnel barrier."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kakehashi.conflicts.checking import rivals
from kakehashi.conflicts.checking.facts import Sentence, meet
from kakehashi.conflicts.checking.relations import Relation
from kakehashi.conflicts.checking.time import months_later

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from kakehashi.conflicts.checking.facts import Case, Holder, Promise
    from kakehashi.conflicts.checking.judging import Judge
    from kakehashi.conflicts.checking.relations import Closeness, Tree


@dataclass(frozen=True)
class Served:
    """That a person served, serves or is to serve an account."""

    person: UUID
    holder: Holder
    starts_on: dt.date
    ends_on: dt.date | None = None


@dataclass(frozen=True)
class Objection:
    """Why somebody may not take a seat, and the last day on which that holds (None: no end)."""

    person: UUID
    holder: Holder
    until: dt.date | None
    because: tuple[Sentence, ...]
    promise: Promise | None = None


def last_day(objection: Objection) -> dt.date:
    """The last day on which an objection holds; one without an end outlasts all others."""
    return objection.until or dt.date.max


class Staffing:
    """Asks for each person what stands against a seat in a case."""

    def __init__(self, judge: Judge, promises: Iterable[Promise]) -> None:
        self.judge = judge
        self.barriers: dict[UUID, list[Promise]] = {}
        for promise in promises:
            if promise.personnel_barrier_months:
                self.barriers.setdefault(promise.holder.account, []).append(promise)

    def objections(self, served: Iterable[Served]) -> list[Objection]:
        """Everything that stands against these people, the longest first for each."""
        found = [
            objection
            for seat in served
            for objection in (self.at_once(seat), *self.barred(seat))
            if objection is not None
        ]
        return sorted(found, key=lambda one: (str(one.person), -last_day(one).toordinal()))

    def at_once(self, seat: Served) -> Objection | None:
        """Nobody serves two accounts at once that compete."""
        case = self.judge.case
        if not self._overlaps(seat) or not self.competes(seat.holder):
            return None
        sentence = Sentence(
            "seat_at_once",
            {"account": seat.holder.name, "starts": seat.starts_on, "ends": seat.ends_on},
        )
        reason = why_they_compete(case, seat.holder, self.judge)
        return Objection(seat.person, seat.holder, seat.ends_on, (sentence, *reason))

    def barred(self, seat: Served) -> Iterable[Objection]:
        """Who served a rival stays away for the months that its commitment says."""
        start = self.judge.case.starts_on
        for promise in self.barriers.get(seat.holder.account, ()):
            until = seat.ends_on and months_later(seat.ends_on, promise.personnel_barrier_months)
            if until is not None and start is not None and start > until:
                continue
            if not self._promised_away(promise):
                continue
            filled = {
                "code": promise.code, "account": seat.holder.name, "ends": seat.ends_on,
                "months": promise.personnel_barrier_months, "until": until,
            }  # fmt: skip
            code = "barrier" if until else "barrier_serving"
            yield Objection(seat.person, seat.holder, until, (Sentence(code, filled),), promise)

    def competes(self, holder: Holder) -> bool:
        """Declared, or of the same leaf category in a country of both."""
        return bool(why_they_compete(self.judge.case, holder, self.judge))

    def _promised_away(self, promise: Promise) -> bool:
        """Whether the case is a rival by the commitment, whichever of our units leads it."""
        case = self.judge.case
        return (
            self.judge.subject(promise) is not None
            and meet(case.countries, promise.countries)
            and meet(case.disciplines, promise.disciplines)
        )

    def _overlaps(self, seat: Served) -> bool:
        case = self.judge.case
        return (
            seat.ends_on is None or case.starts_on is None or case.starts_on <= seat.ends_on
        ) and (case.ends_on is None or seat.starts_on <= case.ends_on)


def why_they_compete(case: Case, holder: Holder, judge: Judge) -> tuple[Sentence, ...]:
    """The ground on which two accounts compete for their people; empty if they do not."""
    if judge.is_own_family(holder):
        return ()
    found = list(rivals.pairings(case, holder, judge.declared))
    direct = [pairing for pairing in rivals.compete(found) if not pairing.by_family]
    if direct:
        declared = direct[0].declared
        return (
            Sentence("declared", {
                "one": declared.one.name, "other": declared.other.name, "ground": declared.ground,
            }),
        )  # fmt: skip
    if rivals.are_apart(found) or not meet(case.countries, holder.countries):
        return ()
    close = _same_leaf(case, holder, judge.tree)
    if close is not None:
        code = "category_declared_pair" if close.declared else "category_same"
        return (Sentence(code, {"case_category": close.case, "promised_category": close.promised}),)
    if words := case.words & holder.words:
        return (Sentence("same_word", {"word": min(words)}),)
    return ()


def _same_leaf(case: Case, holder: Holder, tree: Tree) -> Closeness | None:
    """The same most special category, or two that somebody declared to compete."""
    theirs = leaves(holder.categories, tree)
    for one in sorted(leaves(case.categories, tree), key=str):
        for other in sorted(theirs, key=str):
            close = tree.rivalry(one, other)
            if close and (close.declared or close.standing.relation is Relation.SAME):
                return close
    return None


def leaves(categories: frozenset[UUID], tree: Tree) -> frozenset[UUID]:
    """Of some categories those without another of them below."""
    above = {up for one in categories for up in tree.lineages[one][:-1]}
    return frozenset(one for one in categories if one not in above)
