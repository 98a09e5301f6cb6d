"""Who could staff an account: for everybody who sees it; grounds and permits for officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from kakehashi.clients.queries import days, offices
from kakehashi.clients.web.account_page import account_page, context, crumbs
from kakehashi.clients.web.answers import Page, answer
from kakehashi.conflicts import actions
from kakehashi.conflicts.because import told
from kakehashi.conflicts.models import SeatPermit
from kakehashi.conflicts.queries.seating import permits
from kakehashi.conflicts.queries.staffing import could_staff
from kakehashi.conflicts.queries.walls import is_officer
from kakehashi.conflicts.web.staffing_forms import PermitForm
from kakehashi.conflicts.web.walls import for_officers
from kakehashi.people.models import Person
from kakehashi.policy.engine import Refused, objection
from kakehashi.policy.roles import RoleCode
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kakehashi.clients.models import Account
    from kakehashi.conflicts.queries.staffing import Candidate


@require_safe
def staffing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Our people by role and office: available, not available, or for the officer to say."""
    page = account_page(request, pk)
    officer = is_officer()
    role = request.GET.get("role", "")
    role = role if role in RoleCode.values else ""
    office = _office(request.GET.get("office", ""))
    found = could_staff(page.account, page.today, role=role, office=office, officer=officer)
    shown = context(
        page,
        "people",
        staffing=found,
        rows=[(one, _reasons(one)) for one in found.candidates],
        officer=officer,
        permits=permits(page.account) if officer else [],
        role=role,
        office=str(office or ""),
        roles=[("", _("Every role")), *RoleCode.choices],
        offices=_offices(),
        may={
            "give_seat": page.may("give_seat"),
            "permit": objection(request.person, "conflicts.permit_seat", page.account),
        },
    )
    return render(request, "conflicts/staffing.html", shown)


def _reasons(one: Candidate) -> list[str]:
    """What stands against somebody in sentences, each once, the longest first."""
    return list(dict.fromkeys(" ".join(told(each.because)) for each in one.standing))


def _office(typed: str) -> UUID | None:
    try:
        return UUID(typed) if typed else None
    except ValueError as error:
        raise Http404 from error


def _offices() -> list[tuple[str, str]]:
    every = pgettext("a filter", "Every office")
    inset = "\u3000"
    return [
        ("", every),
        *((str(one.pk), inset * depth + reader_name(one)) for one, depth in offices.in_order()),
    ]


@for_officers
def permit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Permit a seat that is refused, for a reason and until a day."""
    account = account_page(request, pk).account
    back = _address(account)
    page = Page(
        title=_("Permit a seat"),
        lead=_(
            "Who gives the seat says a last day no later than yours. Nothing here tells them why."
        ),
        submit=_("Permit"),
        back=back,
        crumbs=crumbs(account, (_("Who could staff this?"), back)),
        objection=objection(request.person, "conflicts.permit_seat", account),
    )

    def act(data: dict[str, Any]) -> None:
        actions.permit_seat(account=account, by=request.person, at=now(), **data)

    wanted = Person.objects.filter(
        handle=request.GET.get("person", ""), side=Person.Side.OURS
    ).first()
    form = PermitForm(request.POST or None, initial={"person": wanted}, today=days.today(account))
    return answer(request, page, form, act, lambda: (back, _("The seat is permitted.")))


@for_officers
@require_POST
def withdraw_permit(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(SeatPermit.objects.select_related("account"), pk=pk)
    try:
        actions.withdraw_permit(permit=found, by=request.person, at=now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("The permission is withdrawn."))
    return redirect(_address(found.account))


def _address(account: Account) -> str:
    return reverse("conflicts:staffing", args=[account.pk])
