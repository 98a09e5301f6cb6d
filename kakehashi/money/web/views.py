"""The portfolio: on its page, in a workbook, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from kakehashi.money.analysis import Named
from kakehashi.money.queries import book as queries
from kakehashi.money.queries import targets
from kakehashi.money.web import printing
from kakehashi.money.web.asking import asked
from kakehashi.money.web.shown import Shown
from kakehashi.policy.engine import objection

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kakehashi.money.web.asking import Asked

MANY = 5_000  # accounts
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """Shares, concentration, gains and losses of the accounts the reader sees."""
    question = asked(request, localdate())
    if _takes_a_moment(request, question):
        return render(request, "money/portfolio.html", {"asked": question, "later": True})
    shown = Shown(question, queries.books(question.question, Named()))
    context = {"asked": question, "shown": shown, **_targets(request, shown)}
    status = 422 if question.problem else 200
    return render(request, "money/portfolio.html", context, status=status)


def _targets(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """What the portfolio of an account, an office or a person is to bring."""
    question = shown.asked
    if question.scope.kind not in targets.SET_FOR:
        return {}
    currency = shown.currency or question.currency
    address = reverse("money:set-target")
    return {
        "may_set": objection(request.person, "money.set_target", question.scope.thing),  # type: ignore[attr-defined]
        "set_address": f"{address}?{question.query(currency=currency)}",
    }


def _takes_a_moment(request: HttpRequest, question: Asked) -> bool:
    """Of very many accounts the figures come after the page."""
    whole = not question.whose and not question.problem
    at_once = "at-once" in request.GET or request.headers.get("HX-Request")
    return whole and not at_once and queries.sees_more_than(MANY)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """Every client of it, to count on with."""
    question = asked(request, localdate())
    shown = Shown(question, queries.books(question.question))
    answer = HttpResponse(printing.workbook(shown, now()), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{printing.file_name(shown)}.xlsx"'
    return answer


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The page, to be handed over."""
    question = asked(request, localdate())
    shown = Shown(question, queries.books(question.question, Named()))
    answer = HttpResponse(printing.paper(shown, now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{printing.file_name(shown)}.pdf"'
    return answer
