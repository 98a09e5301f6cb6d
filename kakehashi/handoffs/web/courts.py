"""The courts as other pages show them: home, an account, the portal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.timezone import now

from kakehashi.handoffs import queries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kakehashi.handoffs.models import Handoff

BY_DATE, BY_ACCOUNT = "date", "account"


def context(request: HttpRequest) -> dict[str, Any]:
    """What templates/handoffs/courts.html shows of what the reader looks after."""
    at = now()
    by = BY_ACCOUNT if request.GET.get("by") == BY_ACCOUNT else BY_DATE
    away = queries.deputised()
    courts = queries.courts(queries.looked_after(request.person), at)
    return {
        "at": at,
        "by": by,
        "courts": [(court, _groups(court.balls, by)) for court in courts],
        "away": away,
        "deputised_ids": {absence.person_id for absence in away},
    }


def _groups(balls: list[Handoff], by: str) -> list[tuple[Any, list[Handoff]]]:
    """By date one group in order of time; by account one each, the most urgent first."""
    if by == BY_DATE:
        return [(None, balls)] if balls else []
    order: dict[Any, int] = {}
    for ball in balls:
        order.setdefault(ball.account_id, len(order))
    arranged = sorted(balls, key=lambda ball: order[ball.account_id])
    groups = [list(rows) for _key, rows in groupby(arranged, lambda ball: ball.account_id)]
    return [(group[0].account, group) for group in groups]
