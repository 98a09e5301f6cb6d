"""The hits of a check, the worst first: counted and weighed at once, read in full when asked for.

In a large agency one case may touch thousands of clients, of whom nobody reads more than some.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from kakehashi.conflicts import because
from kakehashi.conflicts.checking.facts import Sentence
from kakehashi.conflicts.checking.judging import WEIGHTS, Found, worst_first
from kakehashi.conflicts.queries.on_file import Row, Shape
from kakehashi.conflicts.terms import Origin, Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from kakehashi.conflicts.because import Told
    from kakehashi.conflicts.checking.facts import Holder, Promise
    from kakehashi.conflicts.checking.judging import Judge
    from kakehashi.conflicts.checking.weighing import Rules
    from kakehashi.conflicts.queries.categories import Vocabulary
    from kakehashi.conflicts.queries.on_file import OnFile

AT_ONCE = 200
"""So many hits are read together."""


@dataclass(frozen=True)
class Struck:
    """One hit with what follows from it, its reasons not yet spoken.

    They are put together when somebody asks: in a large agency most of thousands are not read.
    """

    found: Found
    result: Result
    teller: Teller = field(repr=False, compare=False)

    @property
    def because(self) -> list[Told]:
        return self.teller.reasons(self.found, self.result)

    @property
    def commitment(self) -> str | None:
        return self.found.promise.code if self.found.promise else None

    @property
    def level(self) -> str | None:
        return str(self.found.promise.level) if self.found.promise else None


class Teller:
    """Puts hits into sentences, with what follows from each."""

    def __init__(self, words: Vocabulary, rules: Rules) -> None:
        self.words = words
        self.rules = rules

    def hit(self, found: Found) -> Struck:
        return Struck(found, self.rules.result_of(found.touched.severity, found.promise), self)

    def reasons(self, found: Found, result: Result) -> list[Told]:
        """Why a hit is one, and what follows from it."""
        sentences = [*self._stands_on(found.holder, found), *found.touched.because]
        sentences.append(self._consent(found) or self._follows(found, result))
        return because.kept(sentences, self.words.names)

    def _stands_on(self, holder: Holder, found: Found) -> list[Sentence]:
        """A commitment tells of itself first; without one it is said that there is none."""
        return [] if found.promise else [Sentence("no_clause", {"account": holder.name})]

    def _consent(self, found: Found) -> Sentence | None:
        given = found.permission
        if given is None:
            return None
        return Sentence(
            "consented",
            {
                "account": found.holder.name, "starts": given.given_on,
                "until": given.expires_on, "conditions": given.conditions,
            },
        )  # fmt: skip

    def _follows(self, found: Found, result: Result) -> Sentence:
        promise, severity = found.promise, str(found.touched.severity)
        if promise is not None and promise.safeguards and result == Result.SAFEGUARDS:
            return Sentence("satisfied", {"safeguards": list(promise.safeguards)})
        if promise is not None and promise.origin == Origin.CLAUSE:
            return Sentence("strict", {"severity": severity, "result": str(result)})
        filled = {"mode": str(self.rules.mode), "severity": severity, "result": str(result)}
        return Sentence("by_mode", filled)


BY_WEIGHT = list(WEIGHTS)
Rank = tuple[int, bool]
"""How badly somebody is hit, and whether without a commitment: what hits are sorted by first."""


class Many:
    """Hits that follow from a shape: it is judged once, whoever has it."""

    def __init__(self, on_file: OnFile, judge: Judge, tell: Teller) -> None:
        self.on_file = on_file
        self.judge = judge
        self.tell = tell

    def verdict(self, shape: Shape) -> tuple[Rank, Result] | None:
        """How badly all of a shape are hit, and what follows."""
        if shape.severity is None:
            return self._of_market(shape)
        promise = self.on_file.promise_like(shape)
        if not self.judge.applies(promise):
            return None
        severity = BY_WEIGHT[shape.severity]
        return (shape.severity, False), self.tell.rules.result_of(severity, promise)

    def _of_market(self, shape: Shape) -> tuple[Rank, Result] | None:
        touched = self.judge.unwritten(self.on_file.holder_like(shape), set())
        if touched is None:
            return None
        rank = WEIGHTS[touched.severity], True
        return rank, self.tell.rules.result_of(touched.severity, None)

    def read(self, rows: Sequence[Row]) -> list[Struck]:
        """Some of them in full."""
        promises, holders = self.on_file.whole(rows)
        return [self.tell.hit(self._found(row, promises, holders)) for row in rows]

    def _found(
        self, row: Row, promises: Mapping[UUID, Promise], holders: Mapping[UUID, Holder]
    ) -> Found:
        holder = holders[row.account]
        promise = promises[row.commitment] if row.commitment else None
        touched = self.judge.touches(promise) if promise else self.judge.unwritten(holder, set())
        if touched is None:
            raise LookupError("what a case touches changed while it was read")
        return Found(holder, promise, touched)


class Hits(Sequence[Struck]):
    """All hits of a check, the worst first."""

    def __init__(self, few: Iterable[Struck], shapes: Iterable[Shape], many: Many) -> None:
        self._many = many
        self.results: set[Result] = set()
        self._number = 0
        self._closed: dict[Rank, list[Struck | Shape]] = {}
        self._hits: list[Struck | Row] = []
        for struck in few:
            self._add(worst_first(struck.found)[:2], struck.result, struck, 1)
        for shape in shapes:
            if verdict := many.verdict(shape):
                self._add(*verdict, shape, shape.number)

    def _add(self, rank: Rank, result: Result, what: Struck | Shape, number: int) -> None:
        self._closed.setdefault(rank, []).append(what)
        self.results.add(result)
        self._number += number

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Struck]:
        for start in range(0, len(self), AT_ONCE):
            yield from self[start : start + AT_ONCE]

    @overload
    def __getitem__(self, at: int) -> Struck: ...
    @overload
    def __getitem__(self, at: slice) -> list[Struck]: ...
    def __getitem__(self, at: int | slice) -> Struck | list[Struck]:
        places = range(len(self))[at]
        if isinstance(places, int):
            return self._read([places])[0]
        return self._read(places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def _read(self, places: Sequence[int]) -> list[Struck]:
        """In full what was not read so far."""
        self._open(max(places, default=-1))
        unread = {at: hit for at in places if isinstance(hit := self._hits[at], Row)}
        if unread:
            for at, struck in zip(unread, self._many.read(list(unread.values())), strict=True):
                self._hits[at] = struck
        return [hit for at in places if isinstance(hit := self._hits[at], Struck)]

    def _open(self, last: int) -> None:
        """Put hits in their order down to one of them."""
        while len(self._hits) <= last:
            found: list[Struck | Row] = []
            for what in self._closed.pop(min(self._closed)):
                found += [what] if isinstance(what, Struck) else what.rows()
            self._hits += sorted(found, key=_codes)


def _codes(hit: Struck | Row) -> tuple[str, str]:
    return hit[:2] if isinstance(hit, Row) else worst_first(hit.found)[2:]
