"""The first page of everybody: what is theirs, and what they look after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from kakehashi.clients.models import Account, Contact, Seat
from kakehashi.clients.queries.listing import MINE, Filters, listed
from kakehashi.handoffs.queries import pace, people_led, waiting_for
from kakehashi.handoffs.web import courts
from kakehashi.home import queries
from kakehashi.money import queries as money
from kakehashi.money.queries import targets
from kakehashi.policy.engine import hats
from kakehashi.policy.middleware import for_contacts
from kakehashi.policy.roles import FUNCTIONS, LINE, RoleCode
from kakehashi.requests.queries import of_client
from kakehashi.traffic.queries import desk

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest, HttpResponse

    from kakehashi.base.periods import Months

LARGEST = 8
MAKES = {
    f"role:{code}"
    for code in (
        RoleCode.TRAFFIC,
        RoleCode.CREATIVE,
        RoleCode.CREATIVE_DIRECTOR,
        RoleCode.MEDIA,
        RoleCode.PRODUCTION,
    )
}
LEADS = {f"role:{code}" for code in LINE}
LOOKS_AFTER = {f"role:{code}" for code in LINE | FUNCTIONS}


@for_contacts
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not request.person.is_ours:
        return _client_home(request)
    today = localdate()
    months = money.recent_months(today)
    worn = hats(None)
    served = queries.served(request.person, today)
    own, _more = listed(request.person, Filters(team=MINE), today, size=queries.OWN)
    seen = queries.number_seen()
    all_tasks = worn & MAKES or request.GET.get("tasks") == "all"
    tasks = desk.of(request.person, today, desk.MOST if all_tasks else desk.FIRST)
    context: dict[str, Any] = {
        "today": today,
        "months": months,
        "own": own,
        "served": served,
        "aims": targets.own(request.person, today),
        "seen": seen,
        "large": seen > queries.LARGE,
        "looks_after": bool(worn & LOOKS_AFTER) or seen > len(served),
        "watch": queries.watch(today) if "role:conflicts_officer" in worn else None,
        "steps": queries.moving_in() if "role:administrator" in worn else None,
        "ledger": queries.ledger(months.last) if "role:finance" in worn else None,
        "leads": bool(worn & LEADS) or bool(people_led()),
        "desk": tasks if tasks.count or worn & MAKES else None,
        "pace": pace(served[: queries.PACED], now()),
        **courts.context(request),
    }
    if seen and not context["large"]:
        context |= _portfolio(months, today)
    return render(request, "home/home.html", context)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The part that comes after the page where it takes a moment."""
    today = localdate()
    months = money.recent_months(today)
    return render(request, "home/figures.html", {"months": months, **_portfolio(months, today)})


def _portfolio(months: Months, today: dt.date) -> dict[str, Any]:
    found = money.portfolios(months)
    costs = money.costs(months)
    return {
        "reported": queries.REPORTED,
        "portfolios": [
            {
                "whole": p,
                "largest": money.named(p.slices[:LARGEST]),
                "rest": sum((s.share for s in p.slices[LARGEST:]), start=p.top1 * 0),
                "rest_count": max(len(p.slices) - LARGEST, 0),
                "key": queries.key_share(p, today),
                "cost": costs.get(p.currency),
            }
            for p in found
        ],
    }


def _client_home(request: HttpRequest) -> HttpResponse:
    """A client contact's page: their accounts and the people who serve them."""
    today = localdate()
    accounts = Account.objects.order_by("sort_key", "id")
    seats = Seat.objects.filter(queries.on(today)).select_related("person")
    team: dict[Any, list[Seat]] = {account.pk: [] for account in accounts}
    for seat in seats.order_by("-lead", "person__sort_key", "id"):
        if seat.account_id in team:
            team[seat.account_id].append(seat)
    context = {
        "today": today,
        "accounts": [(account, team[account.pk]) for account in accounts],
        "balls": waiting_for(request.person),
        "at": now(),
        "requests": [one for one in of_client() if one.is_open],
        "shared": Contact.objects.select_related("person").order_by("person__sort_key", "id"),
    }
    return render(request, "home/client.html", context)
