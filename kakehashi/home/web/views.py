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
from kakehashi.money import kept
from kakehashi.money import queries as money
from kakehashi.money.actions import tally_of
from kakehashi.money.asking import NOTHING as WITHOUT
from kakehashi.money.asking import Asked
from kakehashi.money.models import Tally
from kakehashi.money.queries import book, targets
from kakehashi.policy.engine import hats
from kakehashi.policy.middleware import for_contacts
from kakehashi.policy.roles import FUNCTIONS, LINE, RoleCode
from kakehashi.requests.queries import of_client
from kakehashi.traffic.queries import desk

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest, HttpResponse

    from kakehashi.base.periods import Months
    from kakehashi.money.analysis import Book

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
    """The part that comes after the page where it takes a moment, or in the background."""
    today = localdate()
    months = money.recent_months(today)
    if not book.is_large(book.Scope(), today):
        return render(request, "home/figures.html", {"months": months, **_portfolio(months, today)})
    question = Asked({"by": book.BY_ACCOUNT, "beside": WITHOUT}, request.person, today)
    tally = tally_of(
        form=Tally.Form.PAGE, question=question.address(), day=today, by=request.person, at=now()
    )
    if tally.found is None:
        return render(request, "home/later.html", {"tally": tally, "steps": book.STEPS})
    context = {
        "months": months,
        **_added_up(kept.read(tally.found["books"]), months, today, cost=question.sees_cost),
    }
    return render(request, "home/figures.html", context)


def _added_up(found: list[Book], months: Months, today: dt.date, *, cost: bool) -> dict[str, Any]:
    """The same of what was added up in the background."""
    largest = {one.currency: one.parts[:LARGEST] for one in found}
    keys = {part.line.key for parts in largest.values() for part in parts}
    names = Account.objects.in_bulk(keys)
    return {
        "reported": queries.REPORTED,
        "portfolios": [
            {
                "whole": one.spread,
                "currency": one.currency,
                "net_revenue": one.now.net_revenue,
                "count": one.count,
                "largest": [
                    money.Named(names[part.line.key], part.line.amount, part.share)
                    for part in largest[one.currency]
                ],
                "rest": 1 - largest[one.currency][-1].running if one.whole else 0,
                "rest_count": max(one.count - LARGEST, 0),
                "key": queries.key_share_of(one, months, today),
                "cost": one.now if cost and one.now.costed else None,
            }
            for one in found
        ],
    }


def _portfolio(months: Months, today: dt.date) -> dict[str, Any]:
    found = money.portfolios(months)
    costs = money.costs(months)
    return {
        "reported": queries.REPORTED,
        "portfolios": [
            {
                "whole": p,
                "currency": p.currency,
                "net_revenue": p.net_revenue,
                "count": len(p.slices),
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
