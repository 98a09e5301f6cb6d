"""The courts as other pages show them: home, an account, the portal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import now

from kakehashi.handoffs import queries
from kakehashi.handoffs.web import filters

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kakehashi.handoffs.models import Handoff

BY_DATE, BY_ACCOUNT = "date", "account"


def context(request: HttpRequest) -> dict[str, Any]:
    """What templates/handoffs/courts.html shows of what the reader looks after and wants to see."""
    at = now()
    by = BY_ACCOUNT if request.GET.get("by") == BY_ACCOUNT else BY_DATE
    form = filters.FilterForm(request.GET)
    wanted = form.wanted
    away = queries.deputised()
    parts = [wanted.of(part) for part in queries.looked_after(request.person)]
    courts = queries.courts(parts, at)
    kept = by if by == BY_ACCOUNT else ""
    return {
        "at": at,
        "by": by,
        "courts": [(court, _groups(court.balls, by), _all(form, court)) for court in courts],
        "away": away,
        "deputised_ids": {absence.person_id for absence in away},
        "is_filtered": bool(wanted),
        "courts_address": filters.address(reverse("handoffs:courts"), form.chosen, by=kept),
        "home_address": filters.address("/", form.chosen, by=kept),
        "other_way": filters.address("/", form.chosen, by="" if kept else BY_ACCOUNT),
        **filters.context(form, by=kept),
    }


def _all(form: filters.FilterForm, court: queries.Court) -> str:
    return filters.address(reverse("handoffs:balls"), form.chosen, court=court.name)


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
