"""What is done with a request, each at an address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kakehashi.clients.web.account_page import crumbs
from kakehashi.clients.web.answers import Page
from kakehashi.clients.web.answers import answer as carry_out
from kakehashi.policy.engine import objection
from kakehashi.policy.middleware import for_contacts
from kakehashi.requests import actions, queries, states
from kakehashi.requests.web import forms
from kakehashi.requests.web.readers import request_or_404
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.clients.web.forms.base import ActionForm
    from kakehashi.requests.models import ClientRequest

    Make = Callable[[ClientRequest], ActionForm]


def _act(  # noqa: PLR0913 - what a page with one act says
    request: HttpRequest,
    pk: UUID,
    verb: str,
    make: Make,
    *,
    title: str,
    submit: str,
    said: str,
    kind: str = "primary",
) -> HttpResponse:
    """A page with one form that carries out one verb on a request."""
    found = request_or_404(pk)
    back = reverse("requests:request", args=[found.pk])

    def act(data: dict[str, Any]) -> None:
        getattr(actions, verb)(request=found, by=request.person, at=now(), **data)

    page = Page(
        title=title,
        submit=submit,
        back=back,
        crumbs=_crumbs(request, found),
        lead=found.title,
        kind=kind,
        objection=objection(request.person, f"requests.{verb}", found),
        template="requests/act.html",
        context={"question": _question(verb, found)},
    )
    return carry_out(request, page, make(found), act, lambda: (back, said))


def _crumbs(request: HttpRequest, found: ClientRequest) -> list[tuple[str, str]]:
    if not request.person.is_ours:
        return []
    requests = reverse("requests:account", args=[found.account_id])
    own = reverse("requests:request", args=[found.pk])
    return crumbs(found.account, (_("Requests"), requests), (found.title, own))


def _question(verb: str, found: ClientRequest) -> str:
    """What was asked, above the form of the answer."""
    if verb not in {"answer", "record_answer"} or found.state != states.ASKED:
        return ""
    return next((ball.note for ball in queries.balls_of(found) if ball.note), "")


def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _act(
        request,
        pk,
        "accept",
        lambda _found: forms.WordForm(request.POST or None),
        title=_("Accept the request"),
        submit=_("Accept"),
        said=_("Accepted. You have it until work begins."),
    )


def ask_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _act(
        request,
        pk,
        "ask_back",
        lambda found: forms.AskBackForm(request.POST or None, request=found),
        title=_("Ask the client"),
        submit=pgettext("a question", "Ask"),
        said=_("The client is asked."),
    )


def decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _act(
        request,
        pk,
        "decline",
        lambda _found: forms.DeclineForm(request.POST or None),
        title=_("Decline the request"),
        submit=_("Decline"),
        said=_("Declined. Whoever asked is told why."),
        kind="danger",
    )


def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _act(
        request,
        pk,
        "finish",
        lambda _found: forms.WordForm(request.POST or None),
        title=_("It is done"),
        submit=_("Done"),
        said=_("Done. Whoever asked is told."),
    )


def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _act(
        request,
        pk,
        "note",
        lambda _found: forms.NoteForm(request.POST or None),
        title=_("A note among ourselves"),
        submit=_("Write down"),
        said=_("Written down. No client reads it."),
    )


def record_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _act(
        request,
        pk,
        "record_answer",
        lambda found: forms.RecordAnswerForm(request.POST or None, account=found.account),
        title=_("Record the client's answer"),
        submit=_("Record"),
        said=_("The answer is recorded."),
    )


@for_contacts
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = request_or_404(pk)
    return _act(
        request,
        pk,
        "answer",
        lambda _found: forms.AnswerForm(request.POST or None, request.FILES or None),
        title=_("Answer"),
        submit=_("Answer"),
        said=_("Answered. %(who)s is told.") % {"who": reader_name(found.kept_by)},
    )


@for_contacts
def say(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _act(
        request,
        pk,
        "say",
        lambda _found: forms.SayForm(request.POST or None, request.FILES or None),
        title=_("Say more"),
        submit=_("Send"),
        said=_("Sent. The other side is told."),
    )


@for_contacts
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _act(
        request,
        pk,
        "withdraw",
        lambda _found: forms.WithdrawForm(request.POST or None),
        title=_("Withdraw the request"),
        submit=_("Withdraw"),
        said=_("Withdrawn."),
        kind="danger",
    )
