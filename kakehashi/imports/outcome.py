"""What a run did, or would do, and what stood against it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from kakehashi.imports.reading import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_PROBLEMS = 200_000
"""Problems beyond these are counted, not kept: nobody reads them, and memory is finite."""


@dataclass(frozen=True)
class Repair:
    """A cell that was wrong and was mended on the way in."""

    row: int
    column: str
    value: str
    became: str
    reason: str


@dataclass
class Problems:
    """The problems of one run, and the rows they reject."""

    kept: list[Problem] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    left_out: int = 0
    repairs: list[Repair] = field(default_factory=list)

    def add(self, row: int, column: str, value: str, reason: str) -> None:
        self.rows.add(row)
        if len(self.kept) < MOST_PROBLEMS:
            self.kept.append(Problem(row, column, value, reason))
        else:
            self.left_out += 1

    def extend(self, problems: Iterable[Problem]) -> None:
        for each in problems:
            self.add(each.row, each.column, each.value, each.reason)

    def sorted(self) -> list[Problem]:
        return sorted(self.kept, key=lambda problem: problem.row)


@dataclass(frozen=True)
class Counts:
    """How many rows are new, differ from what stands, say what stands, cannot be taken."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0


@dataclass(frozen=True)
class Outcome:
    """The result of a rehearsal or a real run: the same path, so the same counts."""

    kind: str
    rows: int
    would: Counts
    goes_through: bool
    rehearsed: bool
    problems: list[Problem]
    left_out: int = 0
    ignored: list[str] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)

    @property
    def loaded(self) -> bool:
        """Whether the run was for good: what there was to change is changed."""
        return self.goes_through and not self.rehearsed

    @property
    def counts(self) -> Counts:
        """What the run does: with a rejected row and no leave to go on without it, nothing."""
        if self.goes_through:
            return self.would
        return Counts(0, 0, self.would.unchanged, self.would.rejected)

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "rows": self.rows,
            **asdict(self.counts),
            "problems": [asdict(problem) for problem in self.problems],
            **({"repairs": [asdict(repair) for repair in self.repairs]} if self.repairs else {}),
        }
