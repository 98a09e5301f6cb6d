"""The states of an account and the moves between them: the one table.

| state | meaning |
|---|---|
| prospect | we would like to serve it; nothing was bought yet |
| active | we serve it |
| dormant | a client of ours without work at present |
| lost | it went elsewhere, or never came |
"""

from __future__ import annotations

PROSPECT, ACTIVE, DORMANT, LOST = "prospect", "active", "dormant", "lost"

MOVES: dict[str, frozenset[str]] = {
    PROSPECT: frozenset({ACTIVE, LOST}),
    ACTIVE: frozenset({DORMANT, LOST}),
    DORMANT: frozenset({ACTIVE, LOST}),
    LOST: frozenset({PROSPECT, ACTIVE}),
}
REASONED = frozenset({DORMANT, LOST})
"""States that are entered only with a reason: the agency learns from them."""


def may_move(old: str, new: str) -> bool:
    return new in MOVES[old]


def needs_reason(new: str) -> bool:
    return new in REASONED
