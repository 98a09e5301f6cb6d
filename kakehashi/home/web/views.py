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
from kakehashi.money.analysis import Named
from kakehashi.money.asking import NOTHING as WITHOUT
from kakehashi.money.asking import Asked
from kakehashi.money.queries import book, targets
from kakehashi.money.shown import Shown
from kakehashi.money.waiting import aims_of_offices, page_of
from kakehashi.policy.engine import hats
from kakehashi.policy.middleware import for_contacts
from kakehashi.policy.roles import FUNCTIONS, LINE, RoleCode
from kakehashi.requests.queries import of_client
from kakehashi.traffic.queries import desk

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest, HttpResponse

LARGEST = 8
NAMED = Named(LARGEST, movers=0, at_risk=0)
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
    leads_offices = bool(worn & LEADS)
    served = queries.served(request.person, today)
    seen = queries.number_seen()
    all_tasks = worn & MAKES or request.GET.get("tasks") == "all"
    tasks = desk.of(request.person, today, desk.MOST if all_tasks else desk.FIRST)
    context: dict[str, Any] = {
        "today": today,
        "months": months,
        "served": served,
        "serves_many": len(served) > queries.LARGE,
        "seen": seen,
        "large": seen > queries.LARGE,
        "looks_after": bool(worn & LOOKS_AFTER) or seen > len(served),
        "watch": queries.watch(today) if "role:conflicts_officer" in worn else None,
        "steps": queries.moving_in() if "role:administrator" in worn else None,
        "ledger": queries.ledger(months.last) if "role:finance" in worn else None,
        "leads": leads_offices or bool(people_led()),
        "leads_offices": leads_offices,
        "desk": tasks if tasks.count or worn & MAKES else None,
        "pace": pace(served[: queries.PACED], now()),
        **courts.context(request),
    }
    if not context["serves_many"]:
        context |= _mine(request)
    if seen and not context["large"]:
        asked = _question(request, today)
        context |= _figures(Shown(asked, book.books(asked.question, NAMED)))
    if leads_offices and not context["large"]:
        context |= _of_offices(request)
    return render(request, "home/home.html", context)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Accounts and targets of who serves very many: they come after the page."""
    served = queries.served(request.person, localdate())
    return render(request, "home/mine.html", {"served": served, **_mine(request)})


def _mine(request: HttpRequest) -> dict[str, Any]:
    today = localdate()
    own, _more = listed(request.person, Filters(team=MINE), today, size=queries.OWN)
    return {"own": own, "aims": targets.own(request.person, today)}


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The part that comes after the page where it takes a moment, or in the background."""
    page = page_of(_question(request, localdate()), now(), NAMED)
    if page.shown is None:
        return render(request, "home/later.html", {"tally": page.tally, "steps": book.STEPS})
    return render(request, "home/figures.html", _figures(page.shown))


@require_safe
def office_targets(request: HttpRequest) -> HttpResponse:
    """The targets of the offices one leads, where that takes a moment, or in the background."""
    return render(request, "home/office_targets.html", _of_offices(request))


def _of_offices(request: HttpRequest) -> dict[str, Any]:
    return {"of_offices": aims_of_offices(request.person, localdate(), now()), "parts": book.STEPS}


def _question(request: HttpRequest, today: dt.date) -> Asked:
    """What each account that is seen brought in the last twelve months."""
    return Asked({"by": book.BY_ACCOUNT, "beside": WITHOUT}, request.person, today)


def _figures(shown: Shown) -> dict[str, Any]:
    """Portfolios of the accounts that are seen, by currency."""
    question, found = shown.asked, shown.books
    key = queries.key_lines(question.months, question.today)
    keys = {part.line.key for one in found for part in one.parts[:LARGEST]}
    names = Account.objects.in_bulk(keys)
    return {
        "months": question.months,
        "reported": queries.REPORTED,
        "portfolios": [
            {
                "book": one,
                "largest": [(names[part.line.key], part) for part in one.parts[:LARGEST]],
                "rest": 1 - one.parts[:LARGEST][-1].running if one.whole else 0,
                "rest_count": max(one.count - LARGEST, 0),
                "key": queries.key_share(one, key[one.currency]),
                "has_margin": question.sees_cost and one.now.costed,
            }
            for one in found
            if one.count
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
