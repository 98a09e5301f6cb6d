"""How a page with one form answers: shown, refused with 422, or done and on to the next page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import redirect, render

from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from kakehashi.people.web.forms.base import ActionForm

Crumb = tuple[str, str]
UNPROCESSABLE = 422


@dataclass
class Page:
    """What a page with one form says around it."""

    title: str
    submit: str
    back: str
    said: str
    crumbs: list[Crumb] = field(default_factory=list)
    lead: str = ""
    kind: str = "primary"
    objection: str | None = None
    template: str = "people/form.html"
    context: dict[str, Any] = field(default_factory=dict)


def answer(
    request: HttpRequest,
    page: Page,
    form: ActionForm,
    act: Callable[[dict[str, Any]], Any],
) -> HttpResponse:
    """Carry the form out, or show it; done, it goes back and says so there."""
    sent = request.method == "POST"
    if sent and form.carry_out(act):
        messages.success(request, page.said)
        return redirect(page.back)
    context = {"page": page, "form": form, **page.context}
    return render(request, page.template, context, status=UNPROCESSABLE if sent else 200)


def at_once(
    request: HttpRequest, act: Callable[[int], Any], *, said: str, back: str
) -> HttpResponse:
    """Do what a button without a form asks of the version that was shown; go back and say so."""
    version = request.POST.get("version", "")
    if not version.isdecimal():
        raise BadRequest
    try:
        act(int(version))
    except (Refused, Stale) as refusal:
        messages.error(request, getattr(refusal, "reason", None) or refusal.messages[0])
    else:
        messages.success(request, said)
    return redirect(back)
