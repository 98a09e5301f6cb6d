"""Mail that does not arrive: for administrators; one's own address for its person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kakehashi.notify import actions, queries, states
from kakehashi.notify.models import Bounce
from kakehashi.policy.engine import Refused, objection, require
from kakehashi.policy.middleware import for_contacts

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def undelivered(request: HttpRequest) -> HttpResponse:
    """What did not go out and why, and the addresses that bounce."""
    require(request.person, "notify.try_again", None)
    mails = queries.undelivered()
    context = {
        "stuck": [mail for mail in mails if mail.state == states.STUCK],
        "waiting": [mail for mail in mails if mail.state == states.WAITING],
        "held": [mail for mail in mails if mail.state == states.HELD],
        "bounces": list(queries.bounces()[: queries.SHOWN]),
    }
    return render(request, "notify/undelivered.html", context)


@require_POST
def try_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    if not actions.try_again(mail_id=pk, by=request.person, at=now()):
        raise Http404
    messages.success(request, _("The mail is being sent again."))
    return redirect("notify:undelivered")


@require_POST
def try_all(request: HttpRequest) -> HttpResponse:
    """Every refused mail once more: after the mail server was put right."""
    require(request.person, "notify.try_again", None)
    stuck = [mail for mail in queries.undelivered() if mail.state == states.STUCK]
    tried = sum(actions.try_again(mail_id=mail.id, by=request.person, at=now()) for mail in stuck)
    words = ngettext(
        "%(number)d mail is being sent again.", "%(number)d mails are being sent again.", tried
    )
    messages.success(request, words % {"number": tried})
    return redirect("notify:undelivered")


@for_contacts
@require_POST
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mail to this address again, and back to where the reader may go from there."""
    bounce = get_object_or_404(Bounce, pk=pk)
    try:
        actions.lift_bounce(bounce=bounce, by=request.person, at=now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("Mail goes to this address again."))
    if objection(request.person, "notify.try_again", None) is None:
        return redirect("notify:undelivered")
    return redirect("notify:choices")
