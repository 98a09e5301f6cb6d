"""Where jobs and templates are shown, and what tells their parts apart."""

from __future__ import annotations

from kakehashi.history.kinds import register as record


def register() -> None:
    record("traffic.Job", page="traffic:job", about=("number", "title"))
    record("traffic.Assignment", about=("person_id",))
    record("traffic.Dependency", about=("task_id", "needs_id"))
    record("traffic.Review", page="traffic:review", about=("title", "round"))
    record("traffic.Template", page="traffic:edit-template")
