"""What follows from hits: a table for each mode, and what a clause itself says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kakehashi.conflicts.terms import Mode, Origin, Result, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kakehashi.conflicts.checking.facts import Promise

USUAL: dict[tuple[str, str], str] = {
    (Mode.STRICT, Severity.DIRECT): Result.BLOCKED,
    (Mode.STRICT, Severity.ADJACENT): Result.CONSENT,
    (Mode.STRICT, Severity.INDIRECT): Result.SAFEGUARDS,
    (Mode.SPLIT, Severity.DIRECT): Result.SAFEGUARDS,
    (Mode.SPLIT, Severity.ADJACENT): Result.SAFEGUARDS,
    (Mode.SPLIT, Severity.INDIRECT): Result.CLEAR,
}


@dataclass(frozen=True)
class Rules:
    """The agency's mode and its table."""

    mode: str = Mode.STRICT
    table: Mapping[tuple[str, str], str] = field(default_factory=lambda: USUAL)

    def result_of(self, severity: str, promise: Promise | None) -> Result:
        """What follows from one hit. What is written down is judged strictly in either mode."""
        if promise is not None and promise.origin == Origin.CLAUSE:
            if promise.safeguards:
                return Result.SAFEGUARDS
            return Result(self.table[Mode.STRICT, severity])
        found = Result(self.table[self.mode, severity])
        if promise is not None and promise.safeguards and found.weight > Result.SAFEGUARDS.weight:
            return Result.SAFEGUARDS
        return found


def overall(results: Iterable[str]) -> Result:
    """The worst of all; clear if there is none."""
    return max((Result(r) for r in results), key=lambda r: r.weight, default=Result.CLEAR)
