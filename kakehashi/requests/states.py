"""The states of a client's request and the moves between them: the one table.

| state | meaning |
|---|---|
| waiting | waits for us to say what becomes of it |
| asked | we have asked something back; waits for the client, or for another of their people |
| accepted | we do it; waits for us to begin |
| begun | work has begun from it, with a page and a court of its own |
| done | it is done and needed nothing more |
| declined | we do not do it, and have said why |
| withdrawn | the client needs it no more |

In the first three somebody has the ball; of the others nobody has. What is closed stays closed: who
writes again makes a new request that follows it.
"""

from __future__ import annotations

WAITING, ASKED, ACCEPTED = "waiting", "asked", "accepted"
BEGUN, DONE, DECLINED, WITHDRAWN = "begun", "done", "declined", "withdrawn"

MOVES: dict[str, frozenset[str]] = {
    WAITING: frozenset({ASKED, ACCEPTED, DONE, DECLINED, WITHDRAWN}),
    ASKED: frozenset({ASKED, WAITING, ACCEPTED, DONE, DECLINED, WITHDRAWN}),
    ACCEPTED: frozenset({BEGUN, DONE, DECLINED}),
    BEGUN: frozenset(),
    DONE: frozenset(),
    DECLINED: frozenset(),
    WITHDRAWN: frozenset(),
}
OPEN = frozenset({WAITING, ASKED, ACCEPTED})
BY_CLIENTS = frozenset({(ASKED, WAITING), (WAITING, WITHDRAWN), (ASKED, WITHDRAWN)})
"""What a client's contact may move by themselves; all else is ours to do."""

REQUEST = "request"
"""The subject of balls about a request."""
TO_TAKE_UP, QUESTION, TO_BEGIN = "requests.take_up", "requests.question", "requests.begin"
"""What is asked of somebody in the states waiting, asked and accepted: the kinds of balls."""

MAIL_IN = "mail-in"
"""The subject of the one ball that waits while mail of an account is held: the account itself."""
TO_LOOK_AT_MAIL = "requests.held_mail"
