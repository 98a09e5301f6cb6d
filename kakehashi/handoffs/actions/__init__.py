"""What is done with balls and desks."""

from kakehashi.handoffs.actions.balls import (
    About,
    Overtaken,
    answer,
    ask,
    ask_back,
    look_at,
    move,
    pass_stranded,
    record_answer,
    remind,
    take_back,
)
from kakehashi.handoffs.actions.desks import keep_desk, open_desk
from kakehashi.handoffs.actions.things import ask_about, call_off, settle

__all__ = [
    "About",
    "Overtaken",
    "answer",
    "ask",
    "ask_about",
    "ask_back",
    "call_off",
    "keep_desk",
    "look_at",
    "move",
    "open_desk",
    "pass_stranded",
    "record_answer",
    "remind",
    "settle",
    "take_back",
]
