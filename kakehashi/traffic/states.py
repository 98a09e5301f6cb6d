"""The states of a job and the moves between them: the one table, on two lines.

Production and billing go on beside each other. A job is open until its billing is closed, which
takes work that is delivered or cancelled. Each move names the ability it takes (see abilities.md).

| line | state | meaning | whose move |
|---|---|---|---|
| production | proposed | asked for; nobody works on it yet | who runs the job |
| production | in_production | the departments work on it | who makes it |
| production | internal_review | we look at it ourselves | who runs the job |
| production | client_review | the client looks at it | the client, or who runs the job |
| production | released | handed in to the media or the printer (入稿, 納品) | who runs the job |
| production | delivered | seen published, broadcast or received (掲載・放送確認) | nobody |
| production | on_hold | stopped for a time, with a reason | who runs the job |
| production | cancelled | stopped for good, with a reason | nobody |
| billing | not_estimated | no price was named | who runs the job |
| billing | estimated | we know what it will cost | who runs the job |
| billing | awaiting_approval | the client has the estimate | who runs the job and asks them |
| billing | approved | the client agreed to the price | who runs the job, once work is over |
| billing | ready_to_bill | finance may invoice it | who bills it |
| billing | invoiced | the client has the invoice | who bills it |
| billing | paid | the money is there | who bills it |
| billing | unbillable | ours, or not to be charged | who bills it, once work is over |
| billing | closed | nothing more will happen | nobody |
"""

from __future__ import annotations

from dataclasses import dataclass

PRODUCTION, BILLING = "production", "billing"

PROPOSED, IN_PRODUCTION, INTERNAL_REVIEW = "proposed", "in_production", "internal_review"
CLIENT_REVIEW, RELEASED, DELIVERED = "client_review", "released", "delivered"
ON_HOLD, CANCELLED = "on_hold", "cancelled"

NOT_ESTIMATED, ESTIMATED, AWAITING_APPROVAL = "not_estimated", "estimated", "awaiting_approval"
APPROVED, READY_TO_BILL, INVOICED, PAID = "approved", "ready_to_bill", "invoiced", "paid"
UNBILLABLE, CLOSED = "unbillable", "closed"

WORK, SHOW, RELEASE, STOP = "move_work", "show_client", "release_work", "stop_work"
PRICE, BILL = "move_price", "bill"

LINES: dict[str, dict[str, dict[str, str]]] = {
    PRODUCTION: {
        PROPOSED: {IN_PRODUCTION: WORK, ON_HOLD: STOP, CANCELLED: STOP},
        IN_PRODUCTION: {INTERNAL_REVIEW: WORK, ON_HOLD: STOP, CANCELLED: STOP},
        INTERNAL_REVIEW: {
            IN_PRODUCTION: WORK, CLIENT_REVIEW: SHOW, ON_HOLD: STOP, CANCELLED: STOP,
        },
        CLIENT_REVIEW: {IN_PRODUCTION: WORK, RELEASED: RELEASE, ON_HOLD: STOP, CANCELLED: STOP},
        RELEASED: {DELIVERED: RELEASE, IN_PRODUCTION: WORK, CANCELLED: STOP},
        DELIVERED: {},
        ON_HOLD: {
            PROPOSED: STOP, IN_PRODUCTION: STOP, INTERNAL_REVIEW: STOP, CLIENT_REVIEW: STOP,
            CANCELLED: STOP,
        },
        CANCELLED: {},
    },
    BILLING: {
        NOT_ESTIMATED: {ESTIMATED: PRICE, UNBILLABLE: PRICE},
        ESTIMATED: {AWAITING_APPROVAL: PRICE, UNBILLABLE: PRICE},
        AWAITING_APPROVAL: {APPROVED: PRICE, ESTIMATED: PRICE, UNBILLABLE: PRICE},
        APPROVED: {READY_TO_BILL: PRICE, ESTIMATED: PRICE, UNBILLABLE: PRICE},
        READY_TO_BILL: {INVOICED: BILL, APPROVED: PRICE},
        INVOICED: {PAID: BILL, READY_TO_BILL: BILL},
        PAID: {CLOSED: BILL},
        UNBILLABLE: {NOT_ESTIMATED: PRICE, CLOSED: BILL},
        CLOSED: {},
    },
}  # fmt: skip
OPEN = frozenset(LINES[BILLING]) - {CLOSED}
"""Billing states of a job that is open."""
BEGINNING = {PRODUCTION: PROPOSED, BILLING: NOT_ESTIMATED}
REASONED = frozenset({ON_HOLD, CANCELLED, UNBILLABLE})
"""States that are entered only with a reason."""
BACKWARD = frozenset(
    {
        (PRODUCTION, INTERNAL_REVIEW, IN_PRODUCTION),
        (PRODUCTION, CLIENT_REVIEW, IN_PRODUCTION),
        (PRODUCTION, RELEASED, IN_PRODUCTION),
        (BILLING, AWAITING_APPROVAL, ESTIMATED),
        (BILLING, APPROVED, ESTIMATED),
        (BILLING, READY_TO_BILL, APPROVED),
        (BILLING, INVOICED, READY_TO_BILL),
        (BILLING, UNBILLABLE, NOT_ESTIMATED),
    }
)
"""Moves back, which take a reason too."""
ENDED = frozenset({DELIVERED, CANCELLED})
"""Production states in which the work is over."""
AGREED = frozenset({APPROVED, READY_TO_BILL, INVOICED, PAID})
"""Billing states in which the client has agreed to a price: a change after it is counted so."""
RESTS = frozenset({APPROVED, UNBILLABLE})
"""Billing states in which nobody has anything to do before the work is over."""

RUNS, MAKES, CLIENT, BILLS = "runs", "makes", "client", "bills"
COURTS: dict[str, dict[str, str]] = {
    PRODUCTION: {
        PROPOSED: RUNS, IN_PRODUCTION: MAKES, INTERNAL_REVIEW: RUNS, CLIENT_REVIEW: CLIENT,
        RELEASED: RUNS, ON_HOLD: RUNS,
    },
    BILLING: {
        NOT_ESTIMATED: RUNS, ESTIMATED: RUNS, AWAITING_APPROVAL: RUNS, APPROVED: RUNS,
        READY_TO_BILL: BILLS, INVOICED: BILLS, PAID: BILLS, UNBILLABLE: BILLS,
    },
}  # fmt: skip
"""Who has the ball in which state; where none is named, nobody."""


@dataclass(frozen=True)
class Court:
    """Whose move it is on one line: the part of the job that is asked."""

    line: str
    state: str
    part: str


def verb(line: str, old: str, new: str) -> str | None:
    """The ability that a move takes; None where there is no such move."""
    return LINES[line].get(old, {}).get(new)


def needs_reason(line: str, old: str, new: str) -> bool:
    return new in REASONED or (line, old, new) in BACKWARD


def is_open(billing: str) -> bool:
    return billing in OPEN


def courts(production: str, billing: str) -> list[Court]:
    """Whose move it is in a pair of states: at least somebody's, while the job is open."""
    found = []
    if part := COURTS[PRODUCTION].get(production):
        found.append(Court(PRODUCTION, production, part))
    if billing in RESTS and production not in ENDED:
        return found
    if part := COURTS[BILLING].get(billing):
        found.append(Court(BILLING, billing, part))
    return found
