"""The states of a brief and the moves between them: the one table.

| state | meaning | whose court |
|---|---|---|
| draft | it is being written; the client fills gaps where it is shared | who leads it |
| checking | a version goes round among our own people | whose turn it is |
| checked | our people have approved; the client has not been asked to sign yet | who leads it |
| signing | the same version goes round among the client's approvers | the client |
| accepted | everybody has approved this version | who leads it, until work follows |
| dropped | it will not be needed any more | nobody: it is settled |

A creative brief is accepted once our people have approved it: the client does not sign it. Who
changes what was approved, by one character, has a draft again, and what was approved is overtaken.
An accepted brief is settled once something follows it, or once its lead has said that nothing will.
"""

from __future__ import annotations

DRAFT, CHECKING, CHECKED = "draft", "checking", "checked"
SIGNING, ACCEPTED, DROPPED = "signing", "accepted", "dropped"

MOVES: dict[str, frozenset[str]] = {
    DRAFT: frozenset({CHECKING, DROPPED}),
    CHECKING: frozenset({DRAFT, CHECKED, ACCEPTED}),
    CHECKED: frozenset({DRAFT, CHECKING, SIGNING, DROPPED}),
    SIGNING: frozenset({DRAFT, CHECKED, ACCEPTED}),
    ACCEPTED: frozenset({DRAFT, CHECKING, SIGNING}),
    DROPPED: frozenset(),
}
WITH_LEAD = {DRAFT, CHECKED, ACCEPTED}
"""States in which who leads the brief has a ball; in CHECKING and SIGNING the steps have theirs."""

RAISED, ANSWERED, RESOLVED = "raised", "answered", "resolved"
OBJECTION_MOVES: dict[str, frozenset[str]] = {
    RAISED: frozenset({ANSWERED, RESOLVED}),
    ANSWERED: frozenset({RAISED, RESOLVED}),
    RESOLVED: frozenset(),
}
"""A planner's objection: who leads the brief answers it, the planner is satisfied or asks again."""


def may_move(old: str, new: str) -> bool:
    return new in MOVES[old]


def waits_for_lead(state: str, *, followed: bool) -> bool:
    """Whether who leads a brief has a ball; once work has followed it waits no more."""
    return state in WITH_LEAD and not followed
