"""What a conflicts officer does, and what others do with what it means for them."""

from kakehashi.conflicts.actions.walls import (
    SideOf,
    acknowledge,
    add_to_side,
    exempt,
    flag_ended,
    lift_wall,
    raise_wall,
    record_attempts,
    remove_from_side,
    tell_affected,
    tell_attempts,
    withdraw_exemption,
)

__all__ = [
    "SideOf",
    "acknowledge",
    "add_to_side",
    "exempt",
    "flag_ended",
    "lift_wall",
    "raise_wall",
    "record_attempts",
    "remove_from_side",
    "tell_affected",
    "tell_attempts",
    "withdraw_exemption",
]
