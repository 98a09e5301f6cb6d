"""Nouns of this package: what is advertised, what was promised, who competes, who is kept apart."""

from kakehashi.conflicts.models.categories import (
    Category,
    CategoryLink,
    CategoryPair,
    CategoryWord,
    Scheme,
)
from kakehashi.conflicts.models.checks import Check, Consent, Hit, Policy, Recheck
from kakehashi.conflicts.models.clearing import ConsentRequest, Decision, Receipt
from kakehashi.conflicts.models.commitments import (
    Commitment,
    CommitmentCategory,
    MediaAdjacency,
    NamedCompetitor,
)
from kakehashi.conflicts.models.competing import Rivalry
from kakehashi.conflicts.models.seating import SeatPermit
from kakehashi.conflicts.models.sides import (
    Attempt,
    Behind,
    Exemption,
    Member,
    Side,
    SideRule,
    Told,
    WallNotice,
)
from kakehashi.conflicts.models.walls import Denial, Wall

__all__ = [
    "Attempt",
    "Behind",
    "Category",
    "CategoryLink",
    "CategoryPair",
    "CategoryWord",
    "Check",
    "Commitment",
    "CommitmentCategory",
    "Consent",
    "ConsentRequest",
    "Decision",
    "Denial",
    "Exemption",
    "Hit",
    "MediaAdjacency",
    "Member",
    "NamedCompetitor",
    "Policy",
    "Receipt",
    "Recheck",
    "Rivalry",
    "Scheme",
    "SeatPermit",
    "Side",
    "SideRule",
    "Told",
    "Wall",
    "WallNotice",
]
