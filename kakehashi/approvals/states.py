"""The states of a circulation and the moves between them: the one table.

| state | meaning |
|---|---|
| open | somebody's decision is waited for: whose turn it is has a ball |
| approved | everybody who was to decide has approved this very version |
| returned | somebody sent it back and said why; nobody further is asked |
| withdrawn | who began it needs no decision any more |
| overtaken | there is a newer version: what was decided holds for the old one only |

A decision is taken back within minutes, before anybody built on it: the circulation is open again.
"""

from __future__ import annotations

import datetime as dt

OPEN, APPROVED, RETURNED = "open", "approved", "returned"
WITHDRAWN, OVERTAKEN = "withdrawn", "overtaken"

MOVES: dict[str, frozenset[str]] = {
    OPEN: frozenset({APPROVED, RETURNED, WITHDRAWN, OVERTAKEN}),
    APPROVED: frozenset({OPEN, OVERTAKEN}),
    RETURNED: frozenset({OPEN, OVERTAKEN}),
    WITHDRAWN: frozenset(),
    OVERTAKEN: frozenset(),
}
SECOND_THOUGHTS = dt.timedelta(minutes=15)
"""How long somebody may take back what they decided."""


def may_move(old: str, new: str) -> bool:
    return new in MOVES[old]
