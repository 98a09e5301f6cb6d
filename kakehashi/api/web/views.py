"""The feed that programs fetch, and the page on which its addresses are made and revoked."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kakehashi.api import actions, queries
from kakehashi.api.feeds import calendar_text
from kakehashi.api.web.forms import FeedForm
from kakehashi.api.web.limits import too_often
from kakehashi.people.models import Person
from kakehashi.people.queries.calendars import calendar_of
from kakehashi.policy import scope
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import objection

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whose token it is, for a program that cannot sign in.

    A token that never was, was revoked or belongs to somebody who left is the same 404. Whoever
    tries many is answered no more; a right token is, for others behind the same address use it.
    """
    found = queries.live_feed(actions.hashed(token))
    if found is not None and too_often(request, "fetched", found.token_hash):
        return _refused(HTTPStatus.TOO_MANY_REQUESTS)
    body = None if found is None else _calendar(found.person_id, _site(request))
    if found is None or body is None:
        return _refused(HTTPStatus.TOO_MANY_REQUESTS if too_often(request, "unknown") else 404)
    queries.was_used(found, now())
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="kakehashi.ics"'
    return get_conditional_response(request, etag=etag, response=response) or response


def _calendar(person_id: UUID, site: str) -> bytes | None:
    """What the person may see now, in their language and zone; None if they work here no more."""
    with acting_as(person_id):
        if not scope.is_staff():
            return None
        person = Person.objects.get(pk=person_id)
        zone = calendar_of(person).zone
        with translation.override(person.language), timezone.override(zone):
            return calendar_text(person, zone, localdate(), site=site)


def _refused(status: int) -> HttpResponse:
    """Plain words, for a program; returned and not raised, so that the attempt stays counted."""
    said = _("Too many requests.") if status == HTTPStatus.TOO_MANY_REQUESTS else _("Not found.")
    response = HttpResponse(f"{said}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_feeds(request: HttpRequest) -> HttpResponse:
    """The addresses of one's calendar; a new one is shown here once, and never again."""
    form, fresh, made = FeedForm(request.POST or None), "", []
    if request.method == "POST" and form.carry_out(
        lambda told: made.append(actions.make_feed(**told, by=request.person, at=now()))
    ):
        fresh, form = _site(request) + reverse("api:feed", args=made), FeedForm()
    context = {
        "form": form,
        "fresh": fresh,
        "subscribe": fresh.partition("://")[2],
        "feeds": queries.own_feeds(),
        "no": objection(request.person, "api.make_feed", request.person),
    }
    return render(
        request, "api/feeds.html", context, status=UNPROCESSABLE if form.errors else HTTPStatus.OK
    )


@require_POST
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    if not actions.revoke_feed(feed=pk, by=request.person, at=now()):
        raise Http404
    messages.success(request, _("The address has been revoked. Nobody reads by it any more."))
    return redirect("api:feeds")


def _site(request: HttpRequest) -> str:
    """Where the reader has reached us, whatever mails say: another port, another name."""
    return request.build_absolute_uri("/").rstrip("/")
