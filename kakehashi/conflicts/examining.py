"""A check from question to answer: reads what is on file, judges it, weighs it, says why."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kakehashi.conflicts import because
from kakehashi.conflicts.checking import weighing
from kakehashi.conflicts.checking.facts import Sentence
from kakehashi.conflicts.checking.judging import Judge
from kakehashi.conflicts.checking.people import Staffing
from kakehashi.conflicts.models import Commitment, Policy
from kakehashi.conflicts.queries.categories import load_vocabulary
from kakehashi.conflicts.queries.facts import Reader
from kakehashi.conflicts.queries.units import load_units
from kakehashi.conflicts.terms import Mode, Origin, Result, Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from kakehashi.conflicts.because import Told
    from kakehashi.conflicts.checking.facts import Holder
    from kakehashi.conflicts.checking.judging import Found
    from kakehashi.conflicts.checking.people import Objection
    from kakehashi.conflicts.checking.weighing import Rules
    from kakehashi.conflicts.queries.categories import Vocabulary
    from kakehashi.conflicts.queries.facts import Question


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


class Kept(NamedTuple):
    """Somebody of ours who may not serve the case, until when, and why."""

    objection: Objection
    because: list[Told]


class Like(NamedTuple):
    """A company or a name in a clause that is written almost as the case's company."""

    name: str
    likeness: float
    because: list[Told]


@dataclass
class Answer:
    """What came of a check."""

    result: Result
    mode: str
    hits: list[Struck] = field(default_factory=list)
    people: list[Kept] = field(default_factory=list)
    consented: list[Struck] = field(default_factory=list)
    possible: list[Like] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """No garbage is looked for meanwhile: tens of thousands of rows live until the answer stands.

    Looking through them again and again takes longer than all of the judging.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_nothing_to_collect()
def examine(question: Question, today: dt.date, mode: str = "") -> Answer:
    """Answer a question as of today; `mode` instead of the agency's own, to see the difference."""
    words, units = load_vocabulary(), load_units()
    reader = Reader(question, words, units)
    case = reader.case()
    on_file = reader.file(case)
    judge = Judge(case, words.tree, on_file.declared, today)
    rules = load_rules(mode)
    tell = Teller(words, rules)
    found = judge.found(on_file.promises, on_file.holders, on_file.permissions)
    struck = [tell.hit(one) for one in found]
    hits = [one for one in struck if one.found.permission is None]
    objections = Staffing(judge, on_file.barriers).objections(on_file.served)
    return Answer(
        weighing.overall(hit.result for hit in hits),
        rules.mode,
        hits,
        [Kept(one, because.kept(one.because, words.names)) for one in longest(objections)],
        [one for one in struck if one.found.permission is not None],
        list(alike(question)),
        sorted(case.words),
    )


def longest(objections: Iterable[Objection]) -> list[Objection]:
    """Of several objections to one person the one that holds longest."""
    found: dict[UUID, Objection] = {}
    for objection in objections:
        found.setdefault(objection.person, objection)
    return list(found.values())


def load_rules(mode: str = "") -> Rules:
    """The agency's mode and table; strict and usual where nobody has set anything."""
    policy = Policy.objects.first()
    if policy is None:
        return weighing.Rules(mode or Mode.STRICT)
    table = {
        (one, severity): str(getattr(policy, f"{one}_{severity}"))
        for one in Mode.values
        for severity in Severity.values
    }
    return weighing.Rules(mode or policy.mode, table)


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


def alike(question: Question) -> Iterable[Like]:
    """Names almost as the company's, each with where it stands."""
    clauses = {one.commitment for one in question.company.possible if one.commitment}
    codes = dict(Commitment.objects.filter(pk__in=clauses).values_list("pk", "code"))
    for one in question.company.possible:
        filled = {"name": one.name, "percent": round(one.likeness * 100)}
        if one.commitment is None:
            yield Like(one.name, one.likeness, [["alike_on_file", filled]])
        else:
            told = {**filled, "code": codes[one.commitment]}
            yield Like(one.name, one.likeness, [["alike_in_clause", told]])
