"""What is done with briefs."""

from kakehashi.briefs.actions.beside import (
    answer_objection,
    ask_again,
    cite,
    comment,
    direct,
    note,
    object_to,
    resolve_objection,
    say,
    uncite,
)
from kakehashi.briefs.actions.going_round import release, send_to_client, settled
from kakehashi.briefs.actions.templates import (
    add_section,
    begin_with_usual,
    edit_section,
    make_template,
    remove_section,
    retire_template,
)
from kakehashi.briefs.actions.writing import (
    begin,
    drop,
    end_here,
    hand_back,
    lead_on,
    share,
    take_up,
    write_section,
)

__all__ = [
    "add_section",
    "answer_objection",
    "ask_again",
    "begin",
    "begin_with_usual",
    "cite",
    "comment",
    "direct",
    "drop",
    "edit_section",
    "end_here",
    "hand_back",
    "lead_on",
    "make_template",
    "note",
    "object_to",
    "release",
    "remove_section",
    "resolve_objection",
    "retire_template",
    "say",
    "send_to_client",
    "settled",
    "share",
    "take_up",
    "uncite",
    "write_section",
]
