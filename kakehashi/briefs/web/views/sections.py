"""One section: written, and spoken about, inside and with the client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kakehashi.base.differences import pieces
from kakehashi.briefs import actions, rendering, states
from kakehashi.briefs.web.forms import SectionForm
from kakehashi.briefs.web.readers import brief_or_404, section_or_404
from kakehashi.policy.engine import Refused, objection
from kakehashi.policy.middleware import for_contacts
from kakehashi.ui.formats import language

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.briefs.models import Section

UNPROCESSABLE = 422


@for_contacts
def write(request: HttpRequest, pk: UUID, section_pk: UUID) -> HttpResponse:
    """Write a section. The second of two writers is told, and shown both."""
    brief = brief_or_404(pk)
    section = section_or_404(brief, section_pk)
    form = SectionForm(request.POST or None, row=section, account=brief.account)
    refused = request.method == "POST"
    back = f"{reverse('briefs:brief', args=[brief.pk])}#section-{section.pk}"

    def act(data: dict[str, Any]) -> None:
        actions.write_section(
            section=section,
            version=data["version"],
            text=data["text"],
            details=form.told,
            by=request.person,
            at=now(),
        )

    if refused and form.carry_out(act):
        messages.success(request, _("Saved."))
        return redirect(back)
    is_ours = request.person.is_ours
    shown = {
        "brief": brief,
        "section": section,
        "form": form,
        "back": back,
        "heading": rendering.heading(section, language()),
        "question": (section.question_en if language() == "en" else "") or section.question,
        "objection": objection(request.person, "briefs.write", section),
        "overtakes": is_ours and brief.state not in {states.DRAFT, states.DROPPED},
        "pieces": pieces(section.text, form.cleaned_data["text"]) if form.is_stale else [],
        "is_ours": is_ours,
    }
    return render(request, "briefs/write.html", shown, status=UNPROCESSABLE if refused else 200)


@require_POST
def comment(request: HttpRequest, pk: UUID, section_pk: UUID) -> HttpResponse:
    """Say something the client never reads."""
    return _say(request, pk, section_pk, actions.comment)


@require_POST
@for_contacts
def say(request: HttpRequest, pk: UUID, section_pk: UUID) -> HttpResponse:
    """Say something both sides read."""
    return _say(request, pk, section_pk, actions.say)


def _say(request: HttpRequest, pk: UUID, section_pk: UUID, act: Callable[..., Any]) -> HttpResponse:
    brief = brief_or_404(pk)
    section: Section = section_or_404(brief, section_pk)
    try:
        act(section=section, text=request.POST.get("text", ""), by=request.person, at=now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(f"{reverse('briefs:brief', args=[brief.pk])}#section-{section.pk}")
