"""What is done with a brief as a whole, each at an address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kakehashi.briefs import actions, origin
from kakehashi.briefs.models import Brief
from kakehashi.briefs.web.forms import (
    BeginForm,
    DropForm,
    LeadForm,
    ReleaseForm,
    SendForm,
    ShareForm,
)
from kakehashi.briefs.web.readers import brief_or_404
from kakehashi.clients.web.account_page import account_page, crumbs
from kakehashi.clients.web.answers import Page, answer
from kakehashi.policy.engine import Refused, objection
from kakehashi.policy.middleware import for_contacts
from kakehashi.requests import queries as requests
from kakehashi.requests.models import Channel
from kakehashi.ui.formats import reader_name
from kakehashi.ui.web.silence import found_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

SPOKEN = {Channel.PHONE, Channel.MEETING}
"""Ways of a request that brief us by word of mouth."""


def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new brief on an account."""
    account = account_page(request, pk).account
    made: list[Brief] = []
    back = reverse("briefs:of-account", args=[account.pk])
    page = Page(
        title=_("Begin a brief"),
        submit=_("Begin the brief"),
        back=back,
        crumbs=crumbs(account, (_("Briefs"), back)),
        objection=objection(request.person, "briefs.begin", account),
    )

    def act(data: dict[str, Any]) -> None:
        made.append(actions.begin(account=account, by=request.person, at=now(), **data))

    def done() -> tuple[str, str]:
        return reverse("briefs:brief", args=[made[0].pk]), _("The brief is begun. It is yours.")

    form = BeginForm(request.POST or None, account=account)
    return answer(request, page, form, act, done)


def begin_from(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The brief that an accepted request asks for, with what the client wrote in it."""
    asked = found_or_404(requests.one, pk)
    made: list[Brief] = []
    back = reverse("requests:request", args=[asked.pk])
    page = Page(
        title=_("Begin the brief"),
        submit=_("Begin the brief"),
        back=back,
        crumbs=[
            (reader_name(asked.account), reverse("requests:account", args=[asked.account_id])),
            (asked.title, back),
        ],
        lead=_("What the client wrote stands in it from the first, and the files are cited."),
        objection=origin.against(request.person, asked),
    )

    def act(data: dict[str, Any]) -> None:
        made.append(
            actions.begin(account=asked.account, request=asked, by=request.person, at=now(), **data)
        )

    def done() -> tuple[str, str]:
        return reverse("briefs:brief", args=[made[0].pk]), _("The brief is begun. It is yours.")

    initial = {
        "title": asked.title,
        "language": asked.written_by.language,
        "form": Brief.Form.VERBAL if asked.channel in SPOKEN else Brief.Form.WRITTEN,
    }
    form = BeginForm(request.POST or None, account=asked.account, initial=initial)
    return answer(request, page, form, act, done)


def share(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the client see it, and fill it in."""
    found = brief_or_404(pk)
    page = page_for(request, found, "share", _("Open to the client"), _("Open"))
    page.lead = _(
        "The client reads the sections and the shared comments, and may fill them in while it is "
        "a draft. Internal comments, research and objections stay with us."
    )
    form = ShareForm(request.POST or None, account=found.account)
    return answer(
        request,
        page,
        form,
        lambda data: actions.share(brief=found, by=request.person, at=now(), **data),
        lambda: (page.back, _("The client sees the brief now.")),
    )


@require_POST
@for_contacts
def hand_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The client has filled in what they can."""
    found = brief_or_404(pk)
    try:
        actions.hand_back(brief=found, by=request.person, at=now())
    except (Refused, ValidationError) as refusal:
        reason = refusal.reason if isinstance(refusal, Refused) else refusal.messages[0]
        messages.error(request, reason)
    else:
        messages.success(request, _("Thank you. It is our turn again."))
    return redirect("briefs:brief", pk=found.pk)


def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send it round among our own people."""
    found = brief_or_404(pk)
    page = page_for(request, found, "release", _("Send for approval"), _("Send round"))
    page.lead = _(
        "They are asked one after the other. Whoever wrote in the brief does not approve."
    )
    form = ReleaseForm(request.POST or None, brief=found, by=request.person)
    return answer(
        request,
        page,
        form,
        lambda _data: actions.release(brief=found, route=form.route, by=request.person, at=now()),
        lambda: (page.back, _("It goes round. Whose turn it is stands below.")),
    )


def send_to_client(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the client sign it."""
    found = brief_or_404(pk)
    page = page_for(request, found, "send_to_client", _("Send to the client"), _("Send round"))
    page.lead = _("They sign one after the other exactly the version our people approved.")
    form = SendForm(request.POST or None, brief=found)
    return answer(
        request,
        page,
        form,
        lambda _data: actions.send_to_client(
            brief=found, approvers=form.approvers, by=request.person, at=now()
        ),
        lambda: (page.back, _("The client is asked to sign.")),
    )


def lead_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody else leads it."""
    found = brief_or_404(pk)
    page = page_for(request, found, "lead_on", _("Who leads it"), _("Hand on"))
    form = LeadForm(request.POST or None)
    return answer(
        request,
        page,
        form,
        lambda data: actions.lead_on(brief=found, by=request.person, at=now(), **data),
        lambda: (page.back, _("It is theirs now.")),
    )


def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It will not be needed."""
    found = brief_or_404(pk)
    page = page_for(request, found, "drop", _("Drop the brief"), _("Drop"))
    page.kind = "danger"
    form = DropForm(request.POST or None)
    return answer(
        request,
        page,
        form,
        lambda data: actions.drop(brief=found, by=request.person, at=now(), **data),
        lambda: (page.back, _("The brief is dropped.")),
    )


def end_here(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nothing follows from it."""
    found = brief_or_404(pk)
    page = page_for(request, found, "end_here", _("Nothing follows"), _("Leave it at that"))
    page.lead = _("The brief stays accepted; it waits for nobody any more.")
    form = DropForm(request.POST or None)
    return answer(
        request,
        page,
        form,
        lambda data: actions.end_here(brief=found, by=request.person, at=now(), **data),
        lambda: (page.back, _("It waits for nobody any more.")),
    )


def page_for(
    request: HttpRequest,
    found: Brief,
    verb: str,
    title: str,
    submit: str,
    thing: Any = None,
) -> Page:
    """What a page with one form about a brief, or a thing beside it, says around it."""
    back = reverse("briefs:brief", args=[found.pk])
    of_account = reverse("briefs:of-account", args=[found.account_id])
    return Page(
        title=title,
        submit=submit,
        back=back,
        crumbs=[(reader_name(found.account), of_account), (found.title, back)],
        objection=objection(request.person, f"briefs.{verb}", thing or found),
    )
