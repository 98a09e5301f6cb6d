"""What an account brought, and what changed on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kakehashi.base.periods import Months, last_twelve_months, month_after, month_of
from kakehashi.clients.queries import history, revenue
from kakehashi.clients.web.account_page import account_page, context
from kakehashi.clients.web.charts import bars
from kakehashi.clients.web.lists import with_

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

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
    asked = request.GET
    entries, found = history.of_account(
        page.account, after=asked.get("after", ""), before=asked.get("before", "")
    )
    shown = context(
        page,
        "history",
        entries=entries,
        previous=found.previous and with_(asked, before=found.previous),
        next=found.next and with_(asked, after=found.next),
    )
    return render(request, "clients/history.html", shown)
