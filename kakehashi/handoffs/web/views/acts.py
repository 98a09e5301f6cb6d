"""What is done with a ball, each at an address of its own: a page, or a part of one for htmx."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kakehashi.clients.models import Account
from kakehashi.clients.web.lists import id_of
from kakehashi.handoffs import actions, queries
from kakehashi.handoffs.models import Handoff
from kakehashi.handoffs.web.forms import (
    AnswerForm,
    AskBackForm,
    AskForm,
    MoveForm,
    RecordForm,
    TakeBackForm,
)
from kakehashi.policy.engine import Refused, objection
from kakehashi.policy.middleware import for_contacts
from kakehashi.ui.formats import date_text, reader_name
from kakehashi.ui.toasts import Undo, done
from kakehashi.ui.web.silence import found_or_404

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.clients.web.forms.base import ActionForm

NEWS = "kakehashi:news"
UNPROCESSABLE = 422


@dataclass(frozen=True)
class Act:
    """One thing done with a ball, as its page says it."""

    ability: str
    title: str
    submit: str
    kind: str = "primary"


def ball_or_404(pk: UUID) -> Handoff:
    return found_or_404(queries.one, pk)


@dataclass(frozen=True)
class Said:
    """What is said when something is done, and the way back."""

    text: str
    undo: Undo | None = None


def _answered(request: HttpRequest, said: Said, address: str) -> HttpResponse:
    """Done: on a page go on, in a part of one say so and let whoever shows balls look again."""
    done(request, said.text, said.undo)
    if not request.headers.get("HX-Request"):
        return redirect(address)
    response = render(request, "handoffs/done.html")
    response["HX-Trigger-After-Settle"] = NEWS
    return response


def _act(
    request: HttpRequest,
    pk: UUID,
    act: Act,
    make: Callable[[Handoff], ActionForm],
    do: Callable[[Handoff, dict[str, Any]], Said],
) -> HttpResponse:
    ball = ball_or_404(pk)
    form = make(ball)
    refused = request.method == "POST"
    if refused:
        said: list[Said] = []
        if form.carry_out(lambda data: said.append(do(ball, data))):
            return _answered(request, said[0], _after(ball))
        ball = ball_or_404(pk)
    context = {
        "ball": ball,
        "act": act,
        "form": form,
        "at": now(),
        "objection": objection(request.person, act.ability, ball),
        "action": request.path,
        "back": reverse("handoffs:ball", args=[ball.pk]),
        "target": f"#act-{ball.pk}",
    }
    context["part"] = bool(request.headers.get("HX-Request"))
    part = "#form" if context["part"] else ""
    status = UNPROCESSABLE if refused else 200
    return render(request, f"handoffs/act.html{part}", context, status=status)


def _after(ball: Handoff) -> str:
    """The ball's page, unless it went out of sight with what was done."""
    if Handoff.objects.filter(pk=ball.pk).exists():
        return reverse("handoffs:ball", args=[ball.pk])
    return "/"


def _back(request: HttpRequest, ball: Handoff, fresh: Handoff) -> Undo | None:
    """The way back of passing on: to whoever had it, if the reader may do that too."""
    seen = Handoff.objects.filter(pk=fresh.pk).exists()
    if not seen or fresh.asked_of_id == ball.asked_of_id:
        return None
    if objection(request.person, "handoffs.move", fresh):
        return None
    return Undo(reverse("handoffs:move", args=[fresh.pk]), {"to": str(ball.asked_of_id)})


@for_contacts
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    def do(ball: Handoff, data: dict[str, Any]) -> Said:
        actions.answer(ball=ball, by=request.person, at=now(), **data)
        return Said(_("Answered. %(who)s is told.") % {"who": reader_name(ball.asked_by)})

    act = Act("handoffs.answer", _("Answer"), _("Answer"))
    return _act(request, pk, act, lambda _ball: AnswerForm(request.POST or None), do)


@for_contacts
def ask_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    def do(ball: Handoff, data: dict[str, Any]) -> Said:
        back = actions.ask_back(ball=ball, by=request.person, at=now(), **data)
        words = {"who": reader_name(back.asked_of), "until": date_text(back.due_at, "short")}
        return Said(_("%(who)s is asked, until %(until)s.") % words)

    act = Act("handoffs.ask_back", _("Ask back"), _("Ask back"))
    return _act(request, pk, act, lambda _ball: AskBackForm(request.POST or None), do)


def record(request: HttpRequest, pk: UUID) -> HttpResponse:
    def do(ball: Handoff, data: dict[str, Any]) -> Said:
        actions.record_answer(ball=ball, by=request.person, at=now(), **data)
        return Said(_("The answer is recorded."))

    act = Act("handoffs.record", _("Record an answer"), _("Record"))
    return _act(request, pk, act, lambda ball: RecordForm(request.POST or None, ball=ball), do)


def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    def do(ball: Handoff, data: dict[str, Any]) -> Said:
        to = data.pop("whom")
        fresh = actions.move(ball=ball, to=to, by=request.person, at=now(), **data)
        words = {"who": reader_name(fresh.asked_of), "until": date_text(fresh.due_at, "short")}
        return Said(_("%(who)s has it now, until %(until)s.") % words, _back(request, ball, fresh))

    act = Act("handoffs.move", _("Pass on, or another time"), _("Pass on"))
    return _act(request, pk, act, lambda ball: MoveForm(request.POST or None, ball=ball), do)


def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    def do(ball: Handoff, data: dict[str, Any]) -> Said:
        actions.take_back(ball=ball, by=request.person, at=now(), **data)
        return Said(_("Taken back. %(who)s is told.") % {"who": reader_name(ball.asked_of)})

    act = Act("handoffs.take_back", _("Take back"), _("Take back"), "danger")
    return _act(request, pk, act, lambda _ball: TakeBackForm(request.POST or None), do)


@require_POST
def remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    ball = ball_or_404(pk)
    try:
        actions.remind(ball=ball, by=request.person, at=now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return _remind_refused(request, ball)
    said = _("%(who)s is reminded.") % {"who": reader_name(ball.asked_of)}
    return _answered(request, Said(said), reverse("handoffs:ball", args=[ball.pk]))


def _remind_refused(request: HttpRequest, ball: Handoff) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "handoffs/done.html", status=UNPROCESSABLE)
    return redirect("handoffs:ball", pk=ball.pk)


def ask(request: HttpRequest) -> HttpResponse:
    """A new ball, on an account or on none."""
    account = _account(request)
    form = AskForm(request.POST or None, account=account)
    refused = request.method == "POST"
    if refused:
        made: list[Handoff] = []

        def do(data: dict[str, Any]) -> None:
            whom = data.pop("whom")
            made.append(actions.ask(of=whom, by=request.person, at=now(), **data))

        if form.carry_out(do):
            (ball,) = made
            words = {"who": reader_name(ball.asked_of), "until": date_text(ball.due_at, "short")}
            said = _("%(who)s is asked, until %(until)s.") % words
            undo = Undo(reverse("handoffs:take-back", args=[ball.pk]))
            address = reverse("handoffs:ball", args=[ball.pk])
            return _answered(request, Said(said, undo), address)
    context = {
        "account": account,
        "form": form,
        "objection": objection(request.person, "handoffs.ask", account),
        "back": reverse("clients:account", args=[account.pk]) if account else "/",
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "handoffs/ask.html", context, status=status)


@require_safe
def whom(request: HttpRequest) -> HttpResponse:
    """Whom one may ask on the account that was typed, as the choices of a list."""
    form = AskForm(account=AskForm.meant(request.GET.get("account", "")))
    return render(request, "handoffs/whom.html", {"groups": form.groups()})


def _account(request: HttpRequest) -> Account | None:
    """The account the ball is asked on: as it was typed, or from the address.

    A 404 behind the wall.
    """
    if typed := request.POST.get("account", ""):
        return AskForm.meant(typed)
    if not (named := request.GET.get("account", "")):
        return None
    found = Account.objects.filter(pk=id_of(named)).first()
    if found is None:
        raise Http404
    return found
