"""What stands beside a brief: research notes, the strategic direction, objections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kakehashi.briefs import actions
from kakehashi.briefs.web.forms import AnswerForm, DirectionForm, NoteForm, WordsForm
from kakehashi.briefs.web.readers import brief_or_404, objection_or_404
from kakehashi.briefs.web.views.acts import page_for
from kakehashi.clients.web.answers import answer
from kakehashi.policy.engine import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was found out, from where, as of when."""
    found = brief_or_404(pk)
    page = page_for(request, found, "note", _("Write a research note"), _("Write down"))
    return answer(
        request,
        page,
        NoteForm(request.POST or None),
        lambda data: actions.note(brief=found, by=request.person, at=now(), **data),
        lambda: (page.back, _("Written down. The brief cites it.")),
    )


def direct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The strategic direction of the campaign."""
    found = brief_or_404(pk)
    page = page_for(request, found, "direct", _("Strategic direction"), _("Save"))
    standing = found.direction
    initial = {"title": standing.title, "text": standing.text} if standing else {}
    return answer(
        request,
        page,
        DirectionForm(request.POST or None, initial=initial),
        lambda data: actions.direct(brief=found, by=request.person, at=now(), **data),
        lambda: (page.back, _("The direction stands beside the brief.")),
    )


def object_to(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The planner says what is off strategy."""
    found = brief_or_404(pk)
    page = page_for(request, found, "object_to", _("Off strategy"), _("Object"))
    page.lead = _("It blocks the brief until you say that it is resolved.")
    return answer(
        request,
        page,
        WordsForm(request.POST or None),
        lambda data: actions.object_to(brief=found, by=request.person, at=now(), **data),
        lambda: (page.back, _("Whoever leads the brief is asked.")),
    )


def answer_objection(request: HttpRequest, pk: UUID, objection_pk: UUID) -> HttpResponse:
    """Answer the planner."""
    found = brief_or_404(pk)
    raised = objection_or_404(found, objection_pk)
    title = _("Answer the objection")
    page = page_for(request, found, "answer_objection", title, _("Answer"), raised)
    page.lead = raised.text
    return answer(
        request,
        page,
        AnswerForm(request.POST or None),
        lambda data: actions.answer_objection(
            objection=raised, by=request.person, at=now(), **data
        ),
        lambda: (page.back, _("Answered. The planner looks at it.")),
    )


def ask_again(request: HttpRequest, pk: UUID, objection_pk: UUID) -> HttpResponse:
    """The answer does not settle it."""
    found = brief_or_404(pk)
    raised = objection_or_404(found, objection_pk)
    title = _("Still off strategy")
    page = page_for(request, found, "ask_again", title, _("Object"), raised)
    page.lead = raised.answer
    return answer(
        request,
        page,
        WordsForm(request.POST or None),
        lambda data: actions.ask_again(objection=raised, by=request.person, at=now(), **data),
        lambda: (page.back, _("Whoever leads the brief is asked.")),
    )


@require_POST
def resolve(request: HttpRequest, pk: UUID, objection_pk: UUID) -> HttpResponse:
    """It is on strategy again."""
    found = brief_or_404(pk)
    raised = objection_or_404(found, objection_pk)
    try:
        actions.resolve_objection(objection=raised, by=request.person, at=now())
    except (Refused, ValidationError) as refusal:
        reason = refusal.reason if isinstance(refusal, Refused) else refusal.messages[0]
        messages.error(request, reason)
    else:
        messages.success(request, _("Resolved. It blocks the brief no longer."))
    return redirect("briefs:brief", pk=found.pk)
