"""Nouns of this package: what is advertised, what was promised, who competes, who is kept apart."""

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
    "Denial",
    "Exemption",
    "Member",
    "Side",
    "SideRule",
    "Told",
    "Wall",
    "WallNotice",
]
