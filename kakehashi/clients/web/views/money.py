"""What an account brought, what changed on it, and what changed of what it brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kakehashi.base.periods import Months, last_twelve_months, month_after, month_of
from kakehashi.clients.queries import revenue
from kakehashi.clients.web.account_page import account_page, context
from kakehashi.clients.web.charts import bars
from kakehashi.clients.web.lists import with_
from kakehashi.history import queries as history

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.clients.web.account_page import AccountPage

REVENUE = ("money_revenue", "money_revenuecost")
MONTHS = 25  # this month, the last twelve, and the twelve before for comparison


@require_safe
def account_money(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Two years month by month, in each currency; cost and margin where they are seen."""
    page = account_page(request, pk)
    this = month_of(page.today)
    months = Months(month_after(this, 1 - MONTHS), this)
    year = last_twelve_months(page.today)
    found = revenue.months_of(page.account, months)
    currencies = [
        {
            "currency": currency,
            "rows": rows,
            "chart": bars(months, {row.month: row.net_revenue for row in rows}, currency),
            "has_cost": any(row.cost is not None for row in rows),
            "year": revenue.total(rows, year),
            "before": revenue.total(rows, year.earlier(len(year))),
        }
        for currency, rows in found.items()
    ]
    shown = context(page, "money", currencies=currencies, year=year)
    return render(request, "clients/money.html", shown)


@require_safe
def account_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    page = account_page(request, pk)
    after, before = _edge(request)
    entries, found = history.of_record(page.account, after=after, before=before)
    return _told(request, page, "history", entries, found)


@require_safe
def money_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which figures were corrected, by whom; cost only for those who see it."""
    page = account_page(request, pk)
    after, before = _edge(request)
    entries, found = history.of_tables(REVENUE, page.account.pk, after=after, before=before)
    return _told(request, page, "money", entries, found)


def _edge(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("after", ""), request.GET.get("before", "")


def _told(
    request: HttpRequest,
    page: AccountPage,
    tab: str,
    entries: list[history.Entry],
    found: history.Found,
) -> HttpResponse:
    shown = context(
        page,
        tab,
        entries=entries,
        previous=found.previous and with_(request.GET, before=found.previous),
        next=found.next and with_(request.GET, after=found.next),
    )
    return render(request, "clients/history.html", shown)
