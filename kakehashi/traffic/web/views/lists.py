"""Jobs together: the list, the board, the month."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from kakehashi.base.periods import month_after, month_of
from kakehashi.clients.web.account_page import account_page, context
from kakehashi.policy.engine import objection
from kakehashi.traffic.queries import jobs
from kakehashi.traffic.web import board as boards

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

MOST = 250
OF_A_DAY = 6
SHOWN = 50


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """Every job the reader sees, filtered and sorted by its address."""
    part = "#rows" if request.headers.get("HX-Request") else ""
    return render(request, f"traffic/jobs.html{part}", boards.job_list(request))


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Open jobs by the state of their production."""
    part = "#board" if request.headers.get("HX-Request") else ""
    return render(request, f"traffic/board.html{part}", boards.board(request))


@require_safe
def column(request: HttpRequest, state: str) -> HttpResponse:
    """More cards of one column, for the end of it."""
    if state not in jobs.COLUMNS:
        raise Http404
    filters = boards.read(request.GET)
    found = jobs.column(
        request.person, filters, localdate(), state, after=request.GET.get("after", "")
    )
    shown = {"column": found, "question": boards.common(request, filters)["question"]}
    return render(request, "traffic/parts/cards.html", {**shown, "today": localdate()})


@require_safe
def account_jobs(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An account's open jobs, the most urgent first."""
    page = account_page(request, pk)
    found, count = jobs.of_account(page.account.pk, SHOWN)
    more = {
        "rows": jobs.rows_of(found, page.today),
        "count": count,
        "rest": max(count - SHOWN, 0),
        "open_path": f"{reverse('traffic:open-job')}?account={page.account.pk}",
        "may_open": objection(request.person, "traffic.open_job", page.account, page.worn),
    }
    return render(request, "traffic/account_jobs.html", context(page, "jobs", **more))


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """Live dates and the reader's own tasks, day by day."""
    today = localdate()
    first = _first_day(request.GET.get("month", ""), today)
    mine = request.GET.get("whose") == jobs.MINE
    weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar(first.year, first.month)
    live, tasks = jobs.in_month(request.person, weeks[0][0], weeks[-1][-1], mine=mine, most=MOST)
    whose = f"&whose={jobs.MINE}" if mine else ""
    shown: dict[str, Any] = {
        "first": first,
        "today": today,
        "mine": mine,
        "weeks": [[_day(day, first, live, tasks) for day in week] for week in weeks],
        "more": len(live) > MOST,
        "most": MOST,
        "previous": f"?month={month_after(first, -1):%Y-%m}{whose}",
        "next": f"?month={month_after(first, 1):%Y-%m}{whose}",
        "other": f"?month={first:%Y-%m}" + ("" if mine else f"&whose={jobs.MINE}"),
    }
    return render(request, "traffic/month.html", shown)


def _first_day(text: str, today: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return month_of(today)


def _day(day: dt.date, first: dt.date, live: list[Any], tasks: list[Any]) -> dict[str, Any]:
    here = [job for job in live if job.live_on == day]
    return {
        "day": day,
        "is_other": day.month != first.month,
        "live": here[:OF_A_DAY],
        "rest": max(len(here) - OF_A_DAY, 0),
        "tasks": [task for task in tasks if task.due_on == day],
        "all": f"{reverse('traffic:jobs')}?from={day}&to={day}",
    }
