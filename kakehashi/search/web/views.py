"""All results on a page, the first ones in the palette, and the account an action is done on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kakehashi.base.text import one_line
from kakehashi.clients.web.lists import id_of
from kakehashi.policy.engine import Refused, objection
from kakehashi.policy.middleware import for_contacts
from kakehashi.search import actions, queries
from kakehashi.search.destinations import ON_ACCOUNT
from kakehashi.search.kinds import BY_NAME
from kakehashi.search.offers import Offers, offered
from kakehashi.search.queries import Found, Hit, best, find, pinned, pinned_ids, recent, shown
from kakehashi.search.web.context import row_at
from kakehashi.ui.toasts import Undo, done

if TYPE_CHECKING:
    from django.http import HttpRequest

PALETTE, OF_A_KIND = 10, 4
SIZE, PAGES = 20, 5
RECENT = 8
RECENT_BESIDE = 5  # of the navigation
UNPROCESSABLE = 422
NEWS = "kakehashi:pins"


def _typed(request: HttpRequest) -> str:
    return one_line(request.GET.get("q", ""))[: queries.LONGEST]


@require_safe
@for_contacts
def results(request: HttpRequest) -> HttpResponse:
    """Everything that was found, of all kinds or of one; without words what was opened last."""
    ours, typed = request.person.is_ours, _typed(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in BY_NAME else ""
    page = _page(request)
    found = find(typed, most=SIZE * page, ours=ours)
    offers = offered(request.person, typed) if not kind else Offers([], [])
    part = found.of(kind)[(page - 1) * SIZE : page * SIZE]
    rest = found.is_more_than(page * SIZE, kind)
    context = {
        "q": typed,
        "kind": kind,
        "facets": _facets(request.GET, found, kind),
        "certain": shown([hit for hit in part if hit.certain], ours=ours),
        "alike": shown([hit for hit in part if not hit.certain], ours=ours),
        "offers": [*offers.first, *offers.more] if page == 1 else [],
        **({} if typed else _kept(request, RECENT)),
        "previous": _with(request.GET, page=page - 1) if page > 1 else "",
        "next": _with(request.GET, page=page + 1) if rest and page < PAGES else "",
        "cut": rest and page == PAGES,
    }
    return render(request, "search/results.html", context)


@require_safe
@for_contacts
@never_cache
def palette(request: HttpRequest) -> HttpResponse:
    """The options of the palette: a part of a page, for whoever types."""
    ours, typed = request.person.is_ours, _typed(request)
    found = find(typed, most=OF_A_KIND, ours=ours)
    offers = offered(request.person, typed)
    hits = best(found, most=PALETTE, of_a_kind=OF_A_KIND)
    parts = {
        "first": offers.first[:OF_A_KIND],
        "certain": shown([hit for hit in hits if hit.certain], ours=ours),
        "more": offers.more[:OF_A_KIND],
        "alike": shown([hit for hit in hits if not hit.certain], ours=ours),
    }
    context = {
        **parts,
        "q": typed,
        "options": sum(map(len, parts.values())),
        **({} if typed else _kept(request, RECENT)),
        "total": found.total and found.counted(),
    }
    return render(request, "search/palette.html", context)


@require_safe
def choose(request: HttpRequest, action: str) -> HttpResponse:
    """On which account: one's own, or those that are found."""
    place = ON_ACCOUNT.get(action)
    if place is None:
        raise Http404
    typed = _typed(request)
    hits = find(typed, most=SIZE, ours=True).of("account")
    accounts = (queries.accounts(hits) if typed else queries.own_accounts())[:SIZE]
    worn = queries.hats_on(accounts) if place.ability else {}
    context = {
        "place": place,
        "q": typed,
        "accounts": [
            (
                account,
                place.path(account.pk),
                objection(request.person, place.ability, account, worn[account.pk])
                if place.ability
                else None,
            )
            for account in accounts
        ],
    }
    return render(request, "search/choose.html", context)


def _kept(request: HttpRequest, most: int) -> dict[str, Any]:
    """What somebody pinned, and what else they opened last, as far as they see it now."""
    ours, ids = request.person.is_ours, pinned_ids(request.person)
    last = [hit for hit in recent(request.person, most=actions.KEPT) if hit.pk not in ids]
    return {
        "pinned": pinned(request.person, ours=ours) if ids else [],
        "recent": shown(last, ours=ours)[:most],
    }


@require_safe
@never_cache
def kept(request: HttpRequest) -> HttpResponse:
    """What is pinned and what was opened last: a part of the navigation."""
    return render(request, "search/kept.html", _kept(request, RECENT_BESIDE))


@require_POST
@for_contacts
def pin(request: HttpRequest) -> HttpResponse:
    """Keep a row at hand."""
    hit = _hit_or_404(request)
    try:
        actions.pin(hit=hit, by=request.person, at=now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return _pinned(request, hit, status=UNPROCESSABLE)
    said = _("Pinned. It stands in the navigation and comes first when you find.")
    if not request.person.is_ours:
        said = _("Pinned. It comes first when you find.")
    done(request, said, _way(hit, "search:unpin"))
    return _pinned(request, hit)


@require_POST
@for_contacts
def unpin(request: HttpRequest) -> HttpResponse:
    hit = _hit_or_404(request)
    actions.unpin(hit=hit, by=request.person)
    done(request, _("No longer pinned."), _way(hit, "search:pin"))
    return _pinned(request, hit)


def _hit_or_404(request: HttpRequest) -> Hit:
    """The row a form names, if its reader sees it."""
    kind = BY_NAME.get(request.POST.get("kind", ""))
    pk = id_of(request.POST.get("pk", ""))
    if kind is None or pk is None or not shown([Hit(kind, pk)], ours=request.person.is_ours):
        raise Http404
    return Hit(kind, pk)


def _way(hit: Hit, route: str) -> Undo:
    return Undo(reverse(route), {"kind": hit.kind.name, "pk": str(hit.pk)})


def _pinned(request: HttpRequest, hit: Hit, status: int = 200) -> HttpResponse:
    """Said on the page of the row, or in place of its button."""
    if not request.headers.get("HX-Request"):
        (row,) = shown([hit], ours=request.person.is_ours)
        return redirect(row.path)
    context = {"kind": hit.kind.name, "pk": hit.pk, "bare": "bare" in request.POST}
    response = render(request, "search/pin_again.html", context, status=status)
    response["HX-Trigger-After-Settle"] = NEWS
    return response


@require_POST
@for_contacts
def opened(request: HttpRequest) -> HttpResponse:
    """A page that somebody looks at stands among what they opened last."""
    hit = row_at(request.POST.get("path", ""))
    if hit is not None and shown([hit], ours=request.person.is_ours):
        actions.remember(hit=hit, by=request.person, at=now())
    return HttpResponse(status=204)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return min(int(asked), PAGES) if asked.isdecimal() and int(asked) > 0 else 1


def _facets(asked: QueryDict, found: Found, kind: str) -> list[tuple[str, str, str, bool]]:
    """Each kind with its address, how many there are, and whether it is the one shown."""
    return [
        (
            str(BY_NAME[name].label),
            _with(asked, kind=name, page=None),
            found.counted(name),
            name == kind,
        )
        for name in found.totals
    ]


def _with(asked: QueryDict, **changes: Any) -> str:
    """The same address with some parts changed; None leaves one out."""
    query = asked.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"
