"""How a page with one form answers: shown, refused with 422, or done and on to the next page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render

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
    shell: str = "ui/base.html"
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
