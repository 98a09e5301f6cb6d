"""What can be begun from an accepted request: packages above register it, a brief first of all.

A package calls `register` in its AppConfig.ready, and `requests.actions.begin` in the transaction
in which it makes the thing: the request is settled then, and the thing has a court of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kakehashi.policy.ways import Ways

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kakehashi.requests.models import ClientRequest


@dataclass(frozen=True)
class Thing:
    """What was begun from a request, as its page names it."""

    label: str | Promise
    title: str
    path: str


WAYS: Ways[ClientRequest, Thing] = Ways()
register, steps, begun = WAYS.register, WAYS.steps, WAYS.made
