"""Work in the background: whom it acts for is known, and its arguments are ids only."""

from __future__ import annotations

import inspect
import re

from procrastinate.contrib.django import app as queue

from kakehashi.policy.visibility import SYSTEM_TASKS
from tests.architecture.source import first_text, modules

ALIASES = "builtin:"  # procrastinate knows its own tasks by two names
IDS = re.compile(r"\w+_id|timestamp")
ONLY_POLICY = {"policy.queue", "policy.acting"}


def acting_as_system() -> dict[str, set[str]]:
    """Which modules act as nobody in particular, by the name they give for it."""
    found: dict[str, set[str]] = {}
    for module in modules():
        for name, call in module.calls():
            if name == "acting_as_system":
                said = first_text(call)
                assert said, f"{module.name} does not say plainly why it acts as the system"
                found.setdefault(said, set()).add(module.name)
    return found


def test_the_list_of_system_tasks_is_complete_and_used():
    """`retry_stalled` touches the queue's own tables only, and becomes nobody."""
    assert set(acting_as_system()) | {"retry_stalled"} == set(SYSTEM_TASKS)


def test_only_commands_and_tasks_act_as_the_system():
    places = {name for names in acting_as_system().values() for name in names}
    allowed = {name for name in places if {"commands", "tasks"} & set(name.split("."))}

    assert {name for name in places - allowed if not name.startswith("demo.")} == set()


def test_no_page_acts_as_the_system():
    found = {name for names in acting_as_system().values() for name in names}

    assert {name for name in found if "web" in name.split(".")} == set()


def test_arguments_of_tasks_are_ids():
    """A job's row outlives what was seen when it was made: it carries no word of it."""
    loose = {
        f"{name}({argument})"
        for name, task in queue.tasks.items()
        if not name.startswith(ALIASES) and not name.startswith("procrastinate.")
        for argument in inspect.signature(task.func).parameters
        if not IDS.fullmatch(argument)
    }

    assert loose == set()


def test_every_task_acts_as_somebody_or_as_the_system():
    """A task that becomes nobody would find every table empty, and say that all is well."""
    found = {
        name: inspect.getsource(inspect.getmodule(task.func))
        for name, task in queue.tasks.items()
        if not name.startswith((ALIASES, "procrastinate.", "policy."))
    }

    assert [name for name, text in found.items() if "acting_as" not in text] == []
