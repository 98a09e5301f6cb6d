"""What the last act brought, and the way back where there is one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib import messages

if TYPE_CHECKING:
    from django.contrib.messages.storage.base import Message
    from django.http import HttpRequest


@dataclass(frozen=True)
class Undo:
    """A form that takes the act back: where it is sent and with what."""

    path: str
    fields: dict[str, str] = field(default_factory=dict)


def done(request: HttpRequest, said: str, undo: Undo | None = None) -> None:
    """Say that something was done; `undo` offers to take it back."""
    way = json.dumps([undo.path, undo.fields]) if undo else ""
    messages.success(request, said, extra_tags=way)


def undo_of(message: Message) -> Undo | None:
    """The way back that a message offers."""
    return Undo(*json.loads(message.extra_tags)) if message.extra_tags else None
