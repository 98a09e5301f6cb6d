"""The gallery, the choice of appearance, and the pages for what could not be shown.

config/urls.py names the error pages as its handlers; none of them touches the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from kakehashi.policy.middleware import for_contacts
from kakehashi.ui import gallery as samples
from kakehashi.ui.context import THEME_COOKIE, THEMES, Shell
from kakehashi.ui.glossary import terms

if TYPE_CHECKING:
    from django.http import HttpRequest

A_YEAR = 365 * 24 * 60 * 60


@require_safe
@login_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for our own people; reads nothing from the database."""
    if not request.person.is_ours:  # type: ignore[attr-defined] # set by ActingPerson
        raise Http404
    return render(request, "ui/gallery.html", samples.context())


@for_contacts
@login_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms in the reader's order, or those called like what they look for."""
    q = request.GET.get("q", "")[:100]
    shown = {"q": q, "terms": terms(q)}
    part = "#terms" if request.headers.get("HX-Request") else ""
    return render(request, f"ui/glossary.html{part}", shown)


@for_contacts
@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or as the device, on this device."""
    here = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        here, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(here if safe and here.startswith("/") else "/")
    chosen = request.POST.get("theme")
    if chosen in THEMES:
        response.set_cookie(THEME_COOKIE, chosen, max_age=A_YEAR, samesite="Lax")
    return response


def error_page(request: HttpRequest, status: int, name: str) -> HttpResponse:
    html = render_to_string(f"{name}.html", {"shell": Shell(request), "status": status})
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return error_page(request, 400, "400")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return error_page(request, 403, "403")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The same words whether nothing is there or the reader may not see it."""
    return error_page(request, 404, "404")


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500, "500")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return error_page(request, 403, "403_csrf")
