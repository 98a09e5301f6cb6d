"""What is done with jobs, their tasks, and what the agency makes them from."""

from kakehashi.traffic.actions.changes import ask_change
from kakehashi.traffic.actions.jobs import edit_job, open_job
from kakehashi.traffic.actions.moves import move_job
from kakehashi.traffic.actions.plan import plan_back, use_template
from kakehashi.traffic.actions.renewal import Judgement, judge_brief
from kakehashi.traffic.actions.reviews import CARRY_ON, answer_review, carry_on_review
from kakehashi.traffic.actions.tasks import (
    add_task,
    begin_task,
    edit_task,
    finish_task,
    remove_task,
    reopen_task,
)
from kakehashi.traffic.actions.team import settle_team
from kakehashi.traffic.actions.templates import (
    Line,
    close_template,
    edit_template,
    make_template,
    set_pattern,
)

__all__ = [
    "CARRY_ON",
    "Judgement",
    "Line",
    "add_task",
    "answer_review",
    "ask_change",
    "begin_task",
    "carry_on_review",
    "close_template",
    "edit_job",
    "edit_task",
    "edit_template",
    "finish_task",
    "judge_brief",
    "make_template",
    "move_job",
    "open_job",
    "plan_back",
    "remove_task",
    "reopen_task",
    "set_pattern",
    "settle_team",
    "use_template",
]
