"""Who sees an account: a page for everybody who sees it themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kakehashi.clients.web.account_page import account_page, context
from kakehashi.conflicts import queries
from kakehashi.conflicts.queries import walls

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

MOST = 200  # rows without a ground that are shown; the rest is found by name


@require_safe
def who_sees(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Grounds of everybody; a filter by name answers "does she see it?"."""
    page = account_page(request, pk)
    wanted = request.GET.get("q", "").strip()
    standings = queries.who_sees(page.account, reader=request.person)
    if wanted:
        standings = [s for s in standings if _is_called(s, wanted)]
    else:
        standings = [s for s in standings if s.because]
    flagged = walls.flagged_at(page.account)
    shown = context(page, "who-sees", q=wanted, standings=standings[:MOST], flagged=flagged)
    return render(request, "conflicts/who_sees.html", shown)


def _is_called(standing: queries.Standing, wanted: str) -> bool:
    person = standing.person
    names = (person.name, person.name_kana, person.name_en, person.handle or "", person.email)
    return any(wanted.casefold() in name.casefold() for name in names)
