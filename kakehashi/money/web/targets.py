"""Targets: set, changed and dropped, each on its own page below the portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kakehashi.base.periods import fiscal_year_of
from kakehashi.clients.models import Account, Company
from kakehashi.clients.web.answers import Page, answer
from kakehashi.money import actions
from kakehashi.money.asking import MINE, Asked, NotThere
from kakehashi.money.models import Target
from kakehashi.money.queries import targets
from kakehashi.money.web.forms import ChangeTargetForm, SetTargetForm
from kakehashi.people.models import Office, Person
from kakehashi.policy.engine import Refused, objection
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


def set_target(request: HttpRequest) -> HttpResponse:
    """Of the portfolio that the address names, or the reader's own; at first for a fiscal year."""
    named = request.GET.copy()
    named.setdefault("whose", MINE)
    question = Asked(named, request.person, localdate())
    try:
        of = question.scope.thing
    except NotThere:
        raise Http404 from None
    if not isinstance(of, Account | Company | Office | Person):
        raise Http404
    year = fiscal_year_of(question.today, question.year_end)
    known = [question.currency] if question.currency else []
    form = SetTargetForm(
        request.POST or None,
        currencies=known or ["JPY"],
        initial={"first": year.first, "last": year.last, "measure": question.measure},
    )
    page = Page(
        title=_("Set a target"),
        submit=_("Set it"),
        back=_address(question.query()),
        crumbs=[(_("Portfolio"), _address("")), (reader_name(of), _address(question.query()))],
        lead=reader_name(of),
        objection=objection(request.person, "money.set_target", of),
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.set_target(of=of, by=request.person, at=now(), **data),
        lambda: (_address(question.query()), _("The target is set.")),
    )


def change_target(request: HttpRequest, pk: UUID) -> HttpResponse:
    target = _target_or_404(pk)
    form = ChangeTargetForm(request.POST or None, row=target, currencies=[target.currency])
    page = Page(
        title=_("Change the target"),
        submit=_("Save"),
        back=_portfolio_of(target),
        crumbs=[
            (_("Portfolio"), _address("")),
            (reader_name(target.of), _portfolio_of(target)),
        ],
        lead=reader_name(target.of),
        objection=objection(request.person, "money.change_target", target),
        template="money/target.html",
        context={"target": target},
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.change_target(target=target, by=request.person, at=now(), **data),
        lambda: (_portfolio_of(target), _("Saved.")),
    )


@require_POST
def drop_target(request: HttpRequest, pk: UUID) -> HttpResponse:
    target = _target_or_404(pk)
    try:
        actions.drop_target(target=target, by=request.person, at=now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("The target is dropped."))
    return redirect(_portfolio_of(target))


def _target_or_404(pk: UUID) -> Target:
    whose = Target.objects.select_related("account", "company", "office", "person")
    return get_object_or_404(whose, pk=pk)


def _portfolio_of(target: Target) -> str:
    asked = targets.portfolio_of(target)
    return _address(urlencode({"whose": asked["whose"], "currency": target.currency}))


def _address(query: str) -> str:
    path = reverse("money:portfolio")
    return f"{path}?{query}" if query else path
