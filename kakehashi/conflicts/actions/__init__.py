"""What a conflicts officer does, and what others do with what it means for them."""

from kakehashi.conflicts.actions.categories import (
    declare_pair,
    link_categories,
    mark_broad,
    place_word,
    plant_starter_tree,
    take_back_pair,
)
from kakehashi.conflicts.actions.checks import (
    answer_consent,
    ask_check,
    decide,
    record_consent,
    run_check,
    settle,
    take_up_consent,
)
from kakehashi.conflicts.actions.commitments import (
    edit_commitment,
    note_commitment,
    note_media_rule,
    remove_media_rule,
    withdraw_commitment,
)
from kakehashi.conflicts.actions.competing import (
    ask_for_rule,
    declare_rivalry,
    edit_rivalry,
    set_policy,
    take_back_rivalry,
)
from kakehashi.conflicts.actions.rechecks import recheck, tell_how_far
from kakehashi.conflicts.actions.reminding import remind
from kakehashi.conflicts.actions.seating import permit_seat, withdraw_permit
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
    "ask_for_rule",
    "decide",
    "declare_pair",
    "declare_rivalry",
    "edit_commitment",
    "edit_rivalry",
    "exempt",
    "flag_ended",
    "lift_wall",
    "link_categories",
    "mark_broad",
    "note_commitment",
    "note_media_rule",
    "permit_seat",
    "place_word",
    "plant_starter_tree",
    "raise_wall",
    "recheck",
    "record_attempts",
    "record_consent",
    "remind",
    "remove_from_side",
    "remove_media_rule",
    "run_check",
    "set_policy",
    "settle",
    "take_back_pair",
    "take_back_rivalry",
    "take_up_consent",
    "tell_affected",
    "tell_attempts",
    "tell_how_far",
    "withdraw_commitment",
    "withdraw_exemption",
    "withdraw_permit",
]
