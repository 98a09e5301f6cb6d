"""Handovers: the sheet both sides read and confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kakehashi.clients import actions
from kakehashi.clients.models import Account, Handover
from kakehashi.clients.queries import handovers, sheet
from kakehashi.people.models import Person
from kakehashi.policy.engine import Refused, objection

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def handover_list(request: HttpRequest) -> HttpResponse:
    """Handovers the reader takes part in, open ones first."""
    mine = handovers.of_person(request.person)
    shown = {
        "open": [row for row in mine if row.handover.is_open],
        "closed": [row for row in mine if not row.handover.is_open],
        "today": localdate(),
    }
    return render(request, "clients/handovers.html", shown)


@require_safe
def handover(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet, in the reader's language or in the one they ask for to print it."""
    found = _handover_or_404(pk)
    by = {confirmation.by_id: confirmation for confirmation in found.confirmations.all()}
    asked = request.GET.get("in", "")
    language = asked if asked in Person.Language.values else translation.get_language()
    shown = {
        "handover": found,
        "sides": [
            (found.giver, by.get(found.giver_id)),
            (found.receiver, by.get(found.receiver_id)),
        ],
        "sees_account": Account.objects.filter(pk=found.account_id).exists(),
        "may_confirm": objection(request.person, "clients.confirm_handover", found),
        "may_withdraw": objection(request.person, "clients.withdraw_handover", found),
        "other_language": ("en", "English") if language == "ja" else ("ja", "日本語"),
        "takes_part": request.person.pk in {found.giver_id, found.receiver_id},
        "today": localdate(),
    }
    with translation.override(language):
        return render(request, "clients/handover.html", {**shown, "sheet": sheet.read(found.sheet)})


def _handover_or_404(pk: UUID) -> Handover:
    """By itself: who is to receive the seat may not see its account yet."""
    rows = Handover.objects.select_related("giver", "receiver", "proposed_by")
    return get_object_or_404(rows.prefetch_related("confirmations"), pk=pk)


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    said = _("You have confirmed the handover.")
    return _decide(request, pk, actions.confirm_handover, said)


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    said = _("The handover is withdrawn. The seat stays where it is.")
    return _decide(request, pk, actions.withdraw_handover, said)


def _decide(request: HttpRequest, pk: UUID, act: Callable[..., Any], said: str) -> HttpResponse:
    found = _handover_or_404(pk)
    try:
        act(handover=found, by=request.person, at=now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, said)
    return redirect(_address_after(found))


def _address_after(found: Handover) -> str:
    """The sheet, unless it went out of sight with the seat."""
    if Handover.objects.filter(pk=found.pk).exists():
        return reverse("clients:handover", args=[found.pk])
    return reverse("clients:handovers")
