"""In the background: what a client's contact decided is carried on."""

from __future__ import annotations

from uuid import UUID

from django.utils.timezone import now
from procrastinate.contrib.django import app

from kakehashi.approvals import actions
from kakehashi.policy.acting import acting_as_system


@app.task(name=actions.GO_ON)
def go_on(circulation_id: str) -> None:
    """Ask who is next, or end it. May run twice: it only makes balls agree with decisions."""
    with acting_as_system("carry_on_approval"):
        actions.go_on(circulation_id=UUID(circulation_id), at=now())
