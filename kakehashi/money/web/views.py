"""The portfolio: on its page, in a workbook, on paper; of very many accounts once added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from kakehashi.money import actions, kept, printing
from kakehashi.money.analysis import Named
from kakehashi.money.asking import Asked, NotThere
from kakehashi.money.models import Tally
from kakehashi.money.queries import book as queries
from kakehashi.money.queries import tallies, targets
from kakehashi.money.shown import Shown
from kakehashi.policy.engine import objection

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """Shares, concentration, gains and losses of the accounts the reader sees."""
    question = _asked(request)
    context: dict[str, Any] = {"asked": question, "steps": queries.STEPS}
    if _is_large(question):
        context["tally"] = tally = _page_of(question)
        shown = _kept(question, tally)
    else:
        shown = Shown(question, queries.books(question.question, Named()))
    if shown:
        context |= {"shown": shown, **_targets(request, shown)}
    status = 422 if question.problem else 200
    return render(request, "money/portfolio.html", context, status=status)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """Every client of it, to count on with."""
    question = _asked(request)
    if _is_large(question):
        address = question.address(question.currency)
        tally = _tally(question, Tally.Form.WORKBOOK, address)
        if tally.error:
            tally = _ask_for(question, Tally.Form.WORKBOOK, address)
        return redirect("money:tally", pk=tally.pk)
    shown = Shown(question, queries.books(question.question))
    return _as_workbook(printing.workbook(shown, now()), printing.file_name(shown))


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The page, to be handed over."""
    question = _asked(request)
    if _is_large(question):
        shown = _kept(question, _page_of(question))
        if shown is None:
            return redirect(f"{reverse('money:portfolio')}?{question.query()}")
    else:
        shown = Shown(question, queries.books(question.question, Named()))
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
    if _is_large(question):
        _ask_for(question, Tally.Form.PAGE, question.address())
    return redirect(f"{reverse('money:portfolio')}?{question.query()}")


def _asked(request: HttpRequest) -> Asked:
    question = Asked(request.GET, request.person, localdate())  # type: ignore[attr-defined]
    try:
        question.scope  # noqa: B018 (looks whether it is there)
    except NotThere:
        raise Http404 from None
    return question


def _is_large(question: Asked) -> bool:
    return queries.is_large(question.scope, question.today)


def _page_of(question: Asked) -> Tally:
    """The figures of a page as they were added up, or the job that adds them up."""
    found = _tally(question, Tally.Form.PAGE, question.address())
    shown = _kept(question, found)
    if shown is None or shown.is_whole:
        return found
    return _ask_for(question, Tally.Form.PAGE, question.address())  # a target was set since


def _tally(question: Asked, form: str, address: str) -> Tally:
    return actions.tally_of(
        form=form, question=address, day=question.today, by=question.reader, at=now()
    )


def _ask_for(question: Asked, form: str, address: str) -> Tally:
    return actions.ask_for_tally(
        form=form, question=address, day=question.today, by=question.reader, at=now()
    )


def _kept(question: Asked, tally: Tally) -> Shown | None:
    if tally.found is None:
        return None
    books, brought = kept.read(tally.found["books"]), kept.amounts(tally.found["brought"])
    return Shown(question, books, brought)


def _counts_no_more(tally: Tally) -> bool:
    return not tallies.still_counting(tally, today=localdate(), at=now())


def _as_workbook(file: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(file, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


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
