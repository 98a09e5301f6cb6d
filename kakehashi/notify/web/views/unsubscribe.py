"""Stopping mail from the mail itself, without signing in.

The link is signed and names its person; whoever has the mail may use it. A mail program sends
one POST (RFC 8058) and everything that mail told of is stopped; a person finds a page to choose on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kakehashi.notify import actions, kinds, links, queries
from kakehashi.notify.states import Choice
from kakehashi.notify.web.forms import ChoicesForm
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as

if TYPE_CHECKING:
    from django.http import HttpRequest

ONE_CLICK = "List-Unsubscribe"
ALL, THESE = "all", "these"
UNPROCESSABLE = 422


@login_not_required
@csrf_exempt  # the link itself is the proof: mail programs have no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    claim = links.read(token)
    if claim is None:
        raise Http404
    with acting_as(claim.person_id):
        reader = Person.objects.filter(pk=claim.person_id, anonymised_at=None).first()
        if reader is None:
            raise Http404
        with translation.override(reader.language):
            request.LANGUAGE_CODE = reader.language
            return _answer(request, reader, claim)


def _answer(request: HttpRequest, reader: Person, claim: links.Claim) -> HttpResponse:
    sent = request.method == "POST"
    if sent and ONE_CLICK in request.POST:
        actions.unsubscribe(kinds_of_mail=claim.kinds, by=reader, at=now())
        return HttpResponse(_("No more of these mails will be sent."), content_type="text/plain")
    if sent and request.POST.get("stop") in {ALL, THESE}:
        stopped = claim.kinds if request.POST["stop"] == THESE else queries.choices_of(reader)
        actions.unsubscribe(kinds_of_mail=stopped, by=reader, at=now())
        return _done(request)
    standing = queries.choices_of(reader)
    form = ChoicesForm(request.POST if sent else None, standing=standing)

    def carry_out(_said: dict[str, Any]) -> None:
        actions.choose(choices=form.chosen, by=reader, at=now())

    if sent and form.carry_out(carry_out):
        return _done(request)
    context = {"form": form, "reader": reader, "told_of": _told_of(claim, standing)}
    return render(
        request, "notify/unsubscribe.html", context, status=UNPROCESSABLE if sent else 200
    )


def _done(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(request.path)


def _told_of(claim: links.Claim, standing: dict[str, Choice]) -> list[str]:
    """The kinds this mail told of that are still mailed."""
    return [
        str(kind.label)
        for kind in kinds.all_kinds()
        if kind.code in claim.kinds and standing[kind.code] != Choice.NEVER
    ]
