"""Desks and who keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kakehashi.clients.web.answers import Page, answer
from kakehashi.handoffs import actions
from kakehashi.handoffs.models import Desk
from kakehashi.handoffs.queries import all_desks
from kakehashi.handoffs.web.desk_forms import DeskForm, KeeperForm
from kakehashi.policy.engine import objection
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    may = objection(request.person, "handoffs.keep_desks", None)
    shown = {"desks": all_desks(localdate()), "may_keep": may}
    return render(request, "handoffs/desks.html", shown)


def open_desk(request: HttpRequest) -> HttpResponse:
    page = _page(request, _("New desk"), _("Open the desk"))
    return answer(
        request,
        page,
        DeskForm(request.POST or None),
        lambda data: actions.open_desk(by=request.person, **data),
        lambda: (reverse("handoffs:desks"), _("The desk is open.")),
    )


def keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    desk = get_object_or_404(Desk, pk=pk, closed_on=None)
    page = _page(request, _("Who keeps %(desk)s") % {"desk": reader_name(desk)}, _("Save"))

    def act(data: dict[str, Any]) -> None:
        actions.keep_desk(desk=desk, by=request.person, **data)

    return answer(
        request,
        page,
        KeeperForm(request.POST or None, today=localdate()),
        act,
        lambda: (reverse("handoffs:desks"), _("Saved.")),
    )


def _page(request: HttpRequest, title: str, submit: str) -> Page:
    desks = reverse("handoffs:desks")
    return Page(
        title=title,
        submit=submit,
        back=desks,
        crumbs=[(_("Desks"), desks)],
        objection=objection(request.person, "handoffs.keep_desks", None),
    )
