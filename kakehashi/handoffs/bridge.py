"""The balls of an account as its bridge shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from kakehashi.clients.crossings import Crossing, Span
from kakehashi.handoffs import phrasing, queries

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.clients.models import Account
    from kakehashi.handoffs.models import Handoff

SHOWN = 12


def crossing(account: Account, at: dt.datetime) -> Span:
    """The open balls of an account, the most urgent ones in full."""
    balls, count = queries.of_account(account, shown=SHOWN)
    return Span(
        crossings=[_crossing(ball, at) for ball in balls],
        count=count,
        all_path=f"{reverse('handoffs:balls')}?account={account.pk}",
        ask_path=f"{reverse('handoffs:ask')}?account={account.pk}",
    )


def _crossing(ball: Handoff, at: dt.datetime) -> Crossing:
    late = ball.is_late(at)
    said = phrasing.late_by if late else phrasing.until
    return Crossing(
        title=ball.title,
        path=ball.path,
        side="ours" if ball.is_ours else "theirs",
        who=ball.asked_of,
        since=phrasing.since(ball.asked_at, at),
        until=said(ball.due_at, at),
        used=(at - ball.asked_at) / (ball.due_at - ball.asked_at),
        is_late=late,
    )
