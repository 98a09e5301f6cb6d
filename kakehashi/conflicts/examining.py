"""A check from question to answer: reads what is on file, judges it, weighs it, says why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kakehashi.conflicts import because
from kakehashi.conflicts.checking import weighing
from kakehashi.conflicts.checking.judging import MARKET, Judge, worst_first
from kakehashi.conflicts.checking.people import Staffing, last_day
from kakehashi.conflicts.hits import Hits, Many, Teller
from kakehashi.conflicts.models import Commitment, Policy
from kakehashi.conflicts.queries.categories import load_vocabulary
from kakehashi.conflicts.queries.facts import Reader
from kakehashi.conflicts.queries.on_file import OnFile
from kakehashi.conflicts.queries.units import load_units
from kakehashi.conflicts.terms import Level, Mode, Result, Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from kakehashi.conflicts.because import Told
    from kakehashi.conflicts.checking.facts import Case
    from kakehashi.conflicts.checking.judging import Found
    from kakehashi.conflicts.checking.people import Objection
    from kakehashi.conflicts.checking.relations import Tree
    from kakehashi.conflicts.checking.weighing import Rules
    from kakehashi.conflicts.hits import Struck
    from kakehashi.conflicts.queries.categories import Vocabulary
    from kakehashi.conflicts.queries.facts import Question
    from kakehashi.conflicts.queries.on_file import Few
    from kakehashi.conflicts.queries.units import Units


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
    hits: Sequence[Struck] = ()
    people: list[Kept] = field(default_factory=list)
    consented: list[Struck] = field(default_factory=list)
    possible: list[Like] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


def examine(question: Question, today: dt.date, mode: str = "") -> Answer:
    """Answer a question as of today; `mode` instead of the agency's own, to see the difference."""
    words, units = load_vocabulary(), load_units()
    reader = Reader(question, words, units)
    case = reader.case()
    on_file = OnFile(reader, case)
    judge = Judge(case, words.tree, on_file.declared, today)
    tell = Teller(words, load_rules(mode))
    few, one_by_one, silent = judged_one_by_one(judge, on_file)
    struck = [tell.hit(one) for one in one_by_one]
    shapes = on_file.many(reach(case, words.tree), silent, but=few)
    hits = Hits(
        (one for one in struck if one.found.permission is None), shapes, Many(on_file, judge, tell)
    )
    objections = Staffing(judge, few.barriers).objections(few.served)
    for seat in question.seats:
        objections += against_seat(seat, words, units, today)
    return Answer(
        weighing.overall(hits.results),
        tell.rules.mode,
        hits,
        [Kept(one, because.kept(one.because, words.names)) for one in longest(objections)],
        [one for one in struck if one.found.permission is not None],
        list(alike(question)),
        sorted(case.words),
    )


def judged_one_by_one(judge: Judge, on_file: OnFile) -> tuple[Few, list[Found], list[UUID]]:
    """The few, what the case touches of them, and the accounts of whose market they speak."""
    permissions = [one for one in on_file.permissions(judge.day) if judge.covers(one)]
    few = on_file.few(permissions)
    by_promise, written = judge.by_promise(few.promises, permissions)
    by_rivalry = judge.by_rivalry(few.holders, written, permissions)
    silent = [account for account, grounds in written.items() if MARKET in grounds]
    return few, sorted([*by_promise, *by_rivalry], key=worst_first), silent


def against_seat(
    question: Question, words: Vocabulary, units: Units, today: dt.date
) -> list[Objection]:
    """What stands against people who are to serve one account: accounts compete one by one."""
    reader = Reader(question, words, units)
    case = reader.case()
    on_file = OnFile(reader, case)
    few = on_file.few([])
    return Staffing(Judge(case, words.tree, on_file.declared, today), few.barriers).objections(
        few.served
    )


def reach(case: Case, tree: Tree) -> dict[Level, Mapping[UUID, Severity]]:
    """The categories that are touched at each level of a commitment, and how closely."""
    levels = (Level.CATEGORY, Level.COMPANY, Level.GROUP)
    found = {of: tree.touching(of) for of in {case.of(level) for level in levels}}
    return {level: found[case.of(level)] for level in levels}


def longest(objections: Iterable[Objection]) -> list[Objection]:
    """Of several objections to one person the one that holds longest."""
    found: dict[UUID, Objection] = {}
    for objection in sorted(objections, key=last_day, reverse=True):
        found.setdefault(objection.person, objection)
    return sorted(found.values(), key=lambda objection: str(objection.person))


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
