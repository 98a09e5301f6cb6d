"""What an account brought, what changed on it, and what changed of what it brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kakehashi.base.periods import Months, last_twelve_months, month_after, month_of
from kakehashi.clients.queries import revenue
from kakehashi.clients.web.account_page import account_page, context
from kakehashi.clients.web.charts import bars
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
    found = history.of_record(page.account, number=_number(request))
    return _told(request, page, "history", found)


@require_safe
def money_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which figures were corrected, by whom; cost only for those who see it."""
    page = account_page(request, pk)
    found = history.of_tables(REVENUE, page.account.pk, number=_number(request))
    return _told(request, page, "money", found)


def _number(request: HttpRequest) -> int:
    return history.number_of(request.GET.get("page", ""))


def _told(request: HttpRequest, page: AccountPage, tab: str, found: history.Page) -> HttpResponse:
    shown = context(
        page,
        tab,
        entries=found.entries,
        previous=found.previous and f"?page={found.previous}",
        next=found.next and f"?page={found.next}",
    )
    return render(request, "clients/history.html", shown)
