"""What a conflicts officer does, and what others do with what it means for them."""

from kakehashi.conflicts.actions.checks import (
    answer_consent,
    ask_check,
    decide,
    record_consent,
    run_check,
    settle,
    take_up_consent,
)
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
    "answer_consent",
    "ask_check",
    "decide",
    "exempt",
    "flag_ended",
    "lift_wall",
    "raise_wall",
    "record_attempts",
    "record_consent",
    "remove_from_side",
    "run_check",
    "settle",
    "take_up_consent",
    "tell_affected",
    "tell_attempts",
    "withdraw_exemption",
]
