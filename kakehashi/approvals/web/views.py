"""Pages of approvals: what waits and what was sent round, one circulation, each act of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kakehashi.approvals import actions, queries, rules
from kakehashi.approvals.subjects import subject_of
from kakehashi.approvals.web.forms import DecideForm, RecordForm, WithdrawForm
from kakehashi.clients.web.answers import Page, answer
from kakehashi.handoffs.queries import open_balls
from kakehashi.policy.engine import Refused, objection
from kakehashi.policy.middleware import for_contacts
from kakehashi.ui.formats import reader_name
from kakehashi.ui.web.silence import found_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.approvals.models import Circulation, Decision, Step
    from kakehashi.handoffs.models import Handoff

UNPROCESSABLE = 422


@dataclass(frozen=True)
class Shown:
    """A step as its page shows it: what stands decided, what was struck, what the reader may do."""

    step: Step
    decision: Decision | None
    struck: list[Decision]
    ball: Handoff | None
    is_turn: bool
    decide: str | None
    record: str | None
    take_back: str | None


@require_safe
def approval_list(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, and what they sent round."""
    shown = {
        "waiting": queries.waiting_for(request.person),
        "started": queries.started_by(request.person),
    }
    return render(request, "approvals/list.html", shown)


@require_safe
@for_contacts
def circulation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version going round: where it stands, what was said, what changed since."""
    return _page(request, circulation_or_404(pk))


@for_contacts
def decide(request: HttpRequest, pk: UUID, step_pk: UUID) -> HttpResponse:
    """The decision itself; refused, the page stands as it is now with the reason."""
    found = circulation_or_404(pk)
    step = _step_or_404(found, step_pk)
    if request.method != "POST":
        return redirect("approvals:circulation", pk=found.pk)
    form = DecideForm(request.POST, step=step)
    if form.carry_out(lambda data: actions.decide(step=step, by=request.person, at=now(), **data)):
        messages.success(request, _("Your decision is recorded."))
        return redirect("approvals:circulation", pk=found.pk)
    return _page(request, circulation_or_404(pk), form, status=UNPROCESSABLE)


def record(request: HttpRequest, pk: UUID, step_pk: UUID) -> HttpResponse:
    """What the client decided elsewhere."""
    found = circulation_or_404(pk)
    step = _step_or_404(found, step_pk)
    back = reverse("approvals:circulation", args=[found.pk])
    page = Page(
        title=_("Write down what %(who)s decided") % {"who": reader_name(step.holder)},
        submit=_("Record"),
        back=back,
        crumbs=[(found.title, back)],
        objection=objection(request.person, "approvals.record", step),
    )
    form = RecordForm(request.POST or None, step=step)
    return answer(
        request,
        page,
        form,
        lambda data: actions.record(step=step, by=request.person, at=now(), **data),
        lambda: (back, _("The decision is recorded.")),
    )


@require_POST
@for_contacts
def take_back(request: HttpRequest, pk: UUID, step_pk: UUID) -> HttpResponse:
    """Second thoughts, within minutes."""
    found = circulation_or_404(pk)
    step = _step_or_404(found, step_pk)
    try:
        actions.take_back(step=step, by=request.person, at=now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Your decision is taken back. It is your turn again."))
    return redirect("approvals:circulation", pk=found.pk)


def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nobody needs to decide any more."""
    found = circulation_or_404(pk)
    back = reverse("approvals:circulation", args=[found.pk])
    page = Page(
        title=_("Withdraw from approval"),
        submit=_("Withdraw"),
        back=back,
        crumbs=[(found.title, back)],
        kind="danger",
        objection=objection(request.person, "approvals.withdraw", found),
    )
    form = WithdrawForm(request.POST or None)
    return answer(
        request,
        page,
        form,
        lambda data: actions.withdraw(circulation=found, by=request.person, at=now(), **data),
        lambda: (back, _("Withdrawn. Whoever was asked is told.")),
    )


def circulation_or_404(pk: UUID) -> Circulation:
    return found_or_404(queries.one, pk)


def _step_or_404(found: Circulation, pk: UUID) -> Step:
    return found_or_404(queries.step_of, found, pk)


def _page(
    request: HttpRequest, found: Circulation, form: DecideForm | None = None, *, status: int = 200
) -> HttpResponse:
    steps = _shown(request, found)
    mine = next((one for one in steps if one.is_turn and not one.decide), None)
    subject = subject_of(found)
    context: dict[str, Any] = {
        "circulation": found,
        "at": now(),
        "steps": steps,
        "mine": mine,
        "form": form or (DecideForm(step=mine.step) if mine else None),
        "changes": subject.changes(found.subject_id),
        "printed": subject.printed(found.subject_id) if subject.printed else "",
        "may_withdraw": objection(request.person, "approvals.withdraw", found),
        "is_ours": request.person.is_ours,
        "label": subject.label,
    }
    return render(request, "approvals/circulation.html", context, status=status)


def _shown(request: HttpRequest, found: Circulation) -> list[Shown]:
    steps = list(found.steps.all())
    turn = {one.pk for one in rules.turn_of(found)} if found.is_open else set()
    balls = {
        ball.subject_id: ball
        for ball in open_balls()
        .filter(subject_kind=queries.KIND, subject_id__in=[one.pk for one in steps])
        .select_related("asked_of")
    }
    return [_one(request, step, balls.get(step.pk), is_turn=step.pk in turn) for step in steps]


def _one(request: HttpRequest, step: Step, ball: Handoff | None, *, is_turn: bool) -> Shown:
    decision = rules.decision_on(step)

    def may(verb: str) -> str | None:
        return objection(request.person, f"approvals.{verb}", step)

    return Shown(
        step=step,
        decision=decision,
        struck=[one for one in step.decisions.all() if rules.is_taken_back(one)],
        ball=ball,
        is_turn=is_turn,
        decide=may("decide"),
        record=may("record") if is_turn else "-",
        take_back=may("take_back") if decision is not None else "-",
    )
