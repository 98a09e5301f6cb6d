"""Checks: asked on an account's page, decided by officers, consented to by clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from kakehashi.clients.web.account_page import account_page, address_of, crumbs
from kakehashi.clients.web.answers import Page, answer
from kakehashi.conflicts import actions
from kakehashi.conflicts.because import spoken
from kakehashi.conflicts.memo import printed
from kakehashi.conflicts.models import Check, ConsentRequest, Hit, Receipt
from kakehashi.conflicts.queries import checks as queries
from kakehashi.conflicts.queries import ruling, walls
from kakehashi.conflicts.web.check_forms import (
    AskCheckForm,
    ConsentForm,
    DecideForm,
    RecordConsentForm,
)
from kakehashi.conflicts.web.walls import for_officers
from kakehashi.policy.engine import objection
from kakehashi.policy.middleware import for_contacts

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refer an account to the officer; the answer is the same whatever there is to find."""
    account = account_page(request, pk).account
    page = Page(
        title=_("Check for conflicts"),
        lead=_(
            "The conflicts officer is asked whether we may take this on. You hear what was "
            "decided, not which clients were looked at."
        ),
        submit=_("Ask the conflicts officer"),
        back=address_of(account),
        crumbs=crumbs(account),
        objection=objection(request.person, "conflicts.ask_check", account),
    )
    made: list[Receipt] = []

    def act(_data: dict[str, Any]) -> None:
        made.append(actions.ask_check(account=account, by=request.person, at=now()))

    def done() -> tuple[str, str]:
        return _address(made[0].pk), _("Referred to the conflicts officer.")

    form = AskCheckForm(request.POST if request.method == "POST" else None)
    return answer(request, page, form, act, done)


@require_safe
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The receipt; for officers with what was found and decided."""
    rows = Receipt.objects.select_related("account", "asked_by", "decided_by")
    officer = walls.is_officer()
    receipt = queries.as_receipt(pk) if officer else get_object_or_404(rows, pk=pk)
    if receipt is None:
        raise Http404
    context: dict[str, Any] = {"receipt": receipt, "check": None}
    if officer:
        found = get_object_or_404(Check, pk=pk)
        context |= {
            "check": found,
            "hits": [(one, spoken(one.hit.because)) for one in queries.hits(found)],
            "general": queries.general_decisions(found),
            "possible": [(name, spoken(told)) for name, told in found.findings.get("possible", [])],
            "may": objection(request.person, "conflicts.decide", found),
        }
    return render(request, "conflicts/check.html", context)


@for_officers
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide of one hit."""
    rows = Hit.objects.select_related("account", "check_of__account__company", "check_of__company")
    hit = get_object_or_404(rows, pk=pk)
    return _decide(request, hit.check_of, hit, _("Decide: %(account)s") % {"account": hit.account})


@for_officers
def decide_all(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide of a check as a whole: clear it where nothing was hit, or decline it."""
    found = get_object_or_404(Check.objects.select_related("account", "company"), pk=pk)
    return _decide(request, found, None, _("Decide on the whole"))


def _decide(request: HttpRequest, of: Check, hit: Hit | None, title: str) -> HttpResponse:
    back = _address(of.pk)
    page = Page(
        title=title,
        submit=pgettext("to decide", "Decide"),
        back=back,
        crumbs=[(_("Conflict register"), reverse("conflicts:register")), (_("Check"), back)],
        objection=objection(request.person, "conflicts.decide", of),
    )

    def act(data: dict[str, Any]) -> None:
        actions.decide(check=of, hit=hit, by=request.person, at=now(), **data)

    form = DecideForm(request.POST or None, hit=hit)
    return answer(request, page, form, act, lambda: (back, _("Decided.")))


@for_contacts
def consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a client is asked; answered here by the contact, or recorded by the officer."""
    found = get_object_or_404(ConsentRequest.objects.select_related("account", "person"), pk=pk)
    is_asked = found.person_id == request.person.pk
    if not is_asked and not walls.is_officer():
        raise Http404
    kind = ConsentForm if is_asked else RecordConsentForm
    act = actions.answer_consent if is_asked else actions.record_consent
    ability = "conflicts.answer_consent" if is_asked else "conflicts.record_consent"
    form = kind(request.POST or None)
    page = Page(
        title=_("Request for consent"),
        submit=_("Answer") if is_asked else _("Record the answer"),
        back="/",
        template="conflicts/consent.html",
        objection=objection(request.person, ability, found),
        context={"asked": found},
    )

    def carry(data: dict[str, Any]) -> None:
        data.pop("answer", None)
        act(request=found, by=request.person, at=now(), **data)

    return answer(request, page, form, carry, lambda: (request.path, _("The answer is noted.")))


@for_officers
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    today = localdate()
    context = {
        "today": today,
        "register": queries.register(today),
        "standing": walls.standing_walls(),
        "unruled": ruling.is_open(),
    }
    return render(request, "conflicts/register.html", context)


@for_officers
@require_safe
def memo(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """The clearance memo: what was found, why, and what was decided of it."""
    found = get_object_or_404(Check.objects.select_related("company"), pk=pk)
    receipt = queries.as_receipt(pk)
    if receipt is None:
        raise Http404
    answer = HttpResponse(printed(found, receipt), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="clearance-{receipt.account.code}.pdf"'
    return answer


def _address(pk: UUID) -> str:
    return reverse("conflicts:check", args=[pk])
