"""The states of a ball and the moves between them: the one table.

| state | meaning |
|---|---|
| open | somebody is asked and has not answered |
| answered | the answer is recorded: who decided, who typed it |
| returned | a question came back instead: who asked is asked now |
| moved | somebody else is asked instead, or until another time: the new ball points here |
| taken_back | who asked needs no answer any more |
"""

from __future__ import annotations

OPEN, ANSWERED, RETURNED, MOVED, TAKEN_BACK = "open", "answered", "returned", "moved", "taken_back"

MOVES: dict[str, frozenset[str]] = {
    OPEN: frozenset({ANSWERED, RETURNED, MOVED, TAKEN_BACK}),
    ANSWERED: frozenset(),
    RETURNED: frozenset(),
    MOVED: frozenset(),
    TAKEN_BACK: frozenset(),
}
FREE = "ask"
"""The subject of a ball that was passed by hand: it is about itself and nothing else."""

GOES_ON = frozenset({RETURNED, MOVED})
"""States that are entered only together with a new open ball for the same thing."""
