"""What templates say of a ball."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from kakehashi.handoffs import phrasing
from kakehashi.handoffs.naming import kind_label
from kakehashi.handoffs.states import FREE

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.handoffs.models import Handoff

register = template.Library()


@register.filter
def ball_until(ball: Handoff, at: dt.datetime) -> str:
    """Until when, or how long it is late."""
    if ball.due_at < at:
        return phrasing.late_by(ball.due_at, at)
    return phrasing.until(ball.due_at, at)


@register.filter
def ball_since(ball: Handoff, at: dt.datetime) -> str:
    return phrasing.since(ball.asked_at, at)


@register.filter
def ball_late(ball: Handoff, at: dt.datetime) -> bool:
    return ball.is_late(at)


@register.filter
def ball_kind(ball: Handoff) -> str:
    """What kind of thing it is about; nothing for what was passed by hand."""
    return "" if ball.kind == FREE else kind_label(ball.kind)
