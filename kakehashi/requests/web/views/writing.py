"""A new request: written by a client's contact, or recorded by one of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from kakehashi.clients.web.account_page import crumbs
from kakehashi.clients.web.answers import Page, answer
from kakehashi.clients.web.lists import id_of
from kakehashi.clients.web.readers import account_or_404
from kakehashi.policy.engine import objection
from kakehashi.policy.middleware import for_contacts
from kakehashi.requests import actions, queries
from kakehashi.requests.web.forms import RecordForm, WriteForm
from kakehashi.requests.web.readers import request_or_404
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.requests.models import ClientRequest


@for_contacts
def write(request: HttpRequest) -> HttpResponse:
    """A client's contact asks us for something. Ours record requests on the account's page."""
    if request.person.is_ours:
        raise Http404
    accounts = queries.contact_accounts()
    follows = _followed(request)
    named = request.GET.get("account", "")
    wished = follows.account_id if follows else (id_of(named) if named else None)
    chosen = next((one for one in accounts if one.pk == wished), None)
    form = WriteForm(
        request.POST or None,
        request.FILES or None,
        accounts=[chosen] if follows and chosen else accounts,
        chosen=chosen,
    )
    made: list[ClientRequest] = []

    def act(data: dict[str, Any]) -> None:
        made.append(actions.write(by=request.person, at=now(), follows=follows, **data))

    page = Page(
        title=_("Ask for something"),
        submit=_("Send"),
        back="/",
        lead=_("It follows: %(title)s") % {"title": follows.title} if follows else "",
        objection=None if accounts else _("Nothing is open to you at the moment."),
        template="requests/act.html",
    )
    return answer(request, page, form, act, lambda: _written(made[0]))


def _written(made: ClientRequest) -> tuple[str, str]:
    words = {"who": reader_name(made.kept_by)}
    return _address(made), _("Sent. %(who)s looks after it.") % words


def _followed(request: HttpRequest) -> ClientRequest | None:
    named = request.GET.get("follows", "")
    return request_or_404(id_of(named)) if named else None


def record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What came by phone, in person or by mail, as one of ours writes it down."""
    account, worn = account_or_404(pk)
    form = RecordForm(request.POST or None, request.FILES or None, account=account)
    made: list[ClientRequest] = []

    def act(data: dict[str, Any]) -> None:
        made.append(actions.record(account=account, by=request.person, at=now(), **data))

    back = reverse("requests:account", args=[account.pk])
    page = Page(
        title=_("Record a request"),
        submit=_("Record"),
        back=back,
        crumbs=crumbs(account, (_("Requests"), back)),
        lead=_("In the client's words: whoever of them uses the portal can read it."),
        objection=objection(request.person, "requests.record", account, worn),
        template="requests/act.html",
    )
    return answer(
        request, page, form, act, lambda: (_address(made[0]), _("The request is recorded."))
    )


def _address(made: ClientRequest) -> str:
    return reverse("requests:request", args=[made.pk])
