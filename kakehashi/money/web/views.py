"""The portfolio: on its page, in a workbook, on paper; of very many accounts once added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from kakehashi.money import actions, printing
from kakehashi.money.asking import Asked, NotThere
from kakehashi.money.models import Tally
from kakehashi.money.queries import book as queries
from kakehashi.money.queries import tallies
from kakehashi.money.shown import Shown
from kakehashi.money.waiting import is_large, page_of
from kakehashi.policy.engine import objection

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """Shares, concentration, gains and losses of the accounts the reader sees."""
    question = _asked(request)
    page = page_of(question, now())
    context: dict[str, Any] = {"asked": question, "steps": queries.STEPS, "tally": page.tally}
    if page.shown:
        context |= {"shown": page.shown, **_targets(request, page.shown)}
    status = 422 if question.problem else 200
    return render(request, "money/portfolio.html", context, status=status)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """Every client of it, to count on with."""
    question = _asked(request)
    if is_large(question):
        form, at = Tally.Form.WORKBOOK, now()
        tally = actions.tally_of(asked=question, form=form, at=at)
        if tally.error:
            tally = actions.ask_for_tally(asked=question, form=form, at=at)
        return redirect("money:tally", pk=tally.pk)
    shown = Shown(question, queries.books(question.question))
    return _as_workbook(printing.workbook(shown, now()), printing.file_name(shown))


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The page, to be handed over."""
    question = _asked(request)
    shown = page_of(question, now()).shown
    if shown is None:
        return redirect(f"{reverse('money:portfolio')}?{question.query()}")
    answer = HttpResponse(printing.paper(shown, now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{printing.file_name(shown)}.pdf"'
    return answer


@require_safe
def tally(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is; where it is done, its page, or a workbook to take along."""
    found = get_object_or_404(Tally.objects.defer("file"), pk=pk)
    context = {"tally": found, "gone": _counts_no_more(found), "steps": queries.STEPS}
    if request.headers.get("HX-Request"):
        answer = render(request, "money/parts/adding.html", context)
        if found.finished_at:
            answer["HX-Refresh"] = "true"
        return answer
    if found.form == Tally.Form.PAGE:
        return redirect(f"{reverse('money:portfolio')}?{found.question}")
    return render(request, "money/workbook.html", context)


@require_safe
def tally_file(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """A workbook, for as long as its reader sees what is in it."""
    found = get_object_or_404(Tally, pk=pk, form=Tally.Form.WORKBOOK)
    if found.file is None or _counts_no_more(found):
        raise Http404
    return _as_workbook(bytes(found.file), f"portfolio-{found.day.isoformat()}")


@require_POST
def add_up_anew(request: HttpRequest) -> HttpResponse:
    """For who knows that something has changed."""
    question = _asked(request)
    if is_large(question):
        actions.ask_for_tally(asked=question, form=Tally.Form.PAGE, at=now())
    return redirect(f"{reverse('money:portfolio')}?{question.query()}")


def _asked(request: HttpRequest) -> Asked:
    question = Asked(request.GET, request.person, localdate())  # type: ignore[attr-defined]
    try:
        question.scope  # noqa: B018 (looks whether it is there)
    except NotThere:
        raise Http404 from None
    return question


def _counts_no_more(tally: Tally) -> bool:
    return not tallies.still_counting(tally, today=localdate(), at=now())


def _as_workbook(file: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(file, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _targets(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """What somebody's portfolio is to bring; nobody in particular has no target."""
    question = shown.asked
    if question.scope.thing is None:
        return {}
    currency = shown.currency or question.currency
    address = reverse("money:set-target")
    return {
        "may_set": objection(request.person, "money.set_target", question.scope.thing),  # type: ignore[attr-defined]
        "set_address": f"{address}?{question.query(currency=currency)}",
    }
