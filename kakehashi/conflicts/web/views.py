"""Who sees an account: a page for everybody who sees it themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kakehashi.clients.models import Account
from kakehashi.conflicts import queries
from kakehashi.policy.engine import hats

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

MOST = 200  # rows without a ground that are shown; the rest is found by name
PARTIAL = {"contact", "job"}


@require_safe
def who_sees(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Grounds of everybody; a filter by name answers "does she see it?"."""
    account = get_object_or_404(Account.objects.select_related("parent"), pk=pk)
    if hats(account.pk) <= PARTIAL:  # the name alone is seen: neither the team nor its reasons
        raise Http404
    wanted = request.GET.get("q", "").strip()
    standings = queries.who_sees(account, reader=request.person)
    if wanted:
        standings = [s for s in standings if _is_called(s, wanted)]
    else:
        standings = [s for s in standings if s.because]
    context = {
        "account": account,
        "q": wanted,
        "standings": standings[:MOST],
        "seeing": sum(s.sees for s in standings),
    }
    return render(request, "conflicts/who_sees.html", context)


def _is_called(standing: queries.Standing, wanted: str) -> bool:
    person = standing.person
    names = (person.name, person.name_kana, person.name_en, person.handle or "", person.email)
    return any(wanted.casefold() in name.casefold() for name in names)
