"""Walls for conflicts officers; to everybody else these pages are not there."""

from __future__ import annotations

import datetime as dt
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kakehashi.clients.web.answers import Page, answer
from kakehashi.conflicts import actions
from kakehashi.conflicts.models import Exemption, Side, SideRule, Wall, WallNotice
from kakehashi.conflicts.queries import walls as queries
from kakehashi.conflicts.web import wall_report
from kakehashi.conflicts.web.wall_forms import AddToSideForm, ExemptForm, LiftForm, WallForm
from kakehashi.policy.engine import Objections, Refused, objection

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest

    View = Callable[..., HttpResponse]

TRIED_SINCE = dt.timedelta(days=90)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACTS = ("conflicts.change_wall", "conflicts.exempt", "conflicts.lift_wall")


def for_officers(view: View) -> View:
    """A page that only conflicts officers find."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if not queries.is_officer():
            raise Http404
        return view(request, *args, **named)

    return shown


@for_officers
@require_safe
def wall_list(request: HttpRequest) -> HttpResponse:
    context = {
        "standing": queries.standing_walls(),
        "lifted": queries.lifted_walls(),
        "today": localdate(),
        "may": objection(request.person, "conflicts.raise_wall", None),
    }
    return render(request, "conflicts/walls.html", context)


@for_officers
def raise_wall(request: HttpRequest) -> HttpResponse:
    page = Page(
        title=_("Put up a wall"),
        lead=_(
            "It holds from the moment you save: each side is denied what is behind the other. "
            "Those affected are told in general words."
        ),
        submit=_("Put up the wall"),
        back=reverse("conflicts:walls"),
        crumbs=[(_("Walls"), reverse("conflicts:walls"))],
        objection=objection(request.person, "conflicts.raise_wall", None),
    )
    made: list[Wall] = []

    def act(data: dict[str, Any]) -> None:
        made.append(actions.raise_wall(by=request.person, at=now(), **data))

    def done() -> tuple[str, str]:
        return reverse("conflicts:wall", args=[made[0].pk]), _("The wall stands.")

    return answer(request, page, WallForm(request.POST or None), act, done)


@for_officers
@require_safe
def wall(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Wall.objects.select_related("raised_by", "lifted_by"), pk=pk)
    context = {
        "wall": found,
        "today": localdate(),
        "sides": queries.sides(found),
        "denials": queries.denials(found),
        "exemptions": queries.exemptions(found),
        "waiting": queries.not_acknowledged(found),
        "read": queries.acknowledged(found),
        "tried": queries.tried(found, now() - TRIED_SINCE),
        "may": Objections(request.person, found).each(ACTS),
    }
    return render(request, "conflicts/wall.html", context)


@for_officers
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Wall, pk=pk)
    page = _page(request, found, _("Lift the wall"), "conflicts.lift_wall", kind="danger")
    page.lead = _("Nobody is denied anything by this wall from then on. What it was stays on file.")

    def act(data: dict[str, Any]) -> None:
        actions.lift_wall(wall=found, by=request.person, at=now(), **data)

    return answer(
        request, page, LiftForm(request.POST or None), act,
        lambda: (page.back, _("The wall is lifted.")),
    )  # fmt: skip


@for_officers
def exempt(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Wall, pk=pk)
    page = _page(request, found, _("Make an exception"), "conflicts.exempt")
    page.lead = _("It lets one person see behind the wall until a day. It gives no seat.")

    def act(data: dict[str, Any]) -> None:
        actions.exempt(wall=found, by=request.person, at=now(), **data)

    return answer(
        request, page, ExemptForm(request.POST or None, wall=found), act,
        lambda: (page.back, _("The exception holds.")),
    )  # fmt: skip


@for_officers
@require_POST
def withdraw_exemption(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Exemption.objects.select_related("wall"), pk=pk)
    try:
        actions.withdraw_exemption(exemption=found, by=request.person, at=now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("The exception is withdrawn."))
    return redirect("conflicts:wall", pk=found.wall_id)


@for_officers
def add_to_side(request: HttpRequest, pk: UUID) -> HttpResponse:
    side = get_object_or_404(Side.objects.select_related("wall"), pk=pk)
    title = _("Add to the side “%(side)s”") % {"side": side.name}
    page = _page(request, side.wall, title, "conflicts.change_wall")

    def act(data: dict[str, Any]) -> None:
        actions.add_to_side(side=side, by=request.person, at=now(), **data)

    return answer(
        request, page, AddToSideForm(request.POST or None), act, lambda: (page.back, _("Added."))
    )


@for_officers
@require_POST
def remove_from_side(request: HttpRequest, pk: UUID) -> HttpResponse:
    rule = get_object_or_404(SideRule.objects.select_related("side__wall"), pk=pk)
    try:
        actions.remove_from_side(rule=rule, by=request.person)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("Taken off the side."))
    return redirect("conflicts:wall", pk=rule.side.wall_id)


@for_officers
@require_safe
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Wall.objects.select_related("raised_by", "lifted_by"), pk=pk)
    context = {"wall": found, "at": now(), "parts": wall_report.parts(found, now())}
    return render(request, "conflicts/report.html", context)


@for_officers
@require_safe
def report_file(_request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Wall.objects.select_related("raised_by", "lifted_by"), pk=pk)
    response = HttpResponse(wall_report.workbook(found, now()), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{_file_name(found)}.xlsx"'
    return response


@for_officers
@require_safe
def report_paper(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same to be filed or handed to a client's auditor."""
    found = get_object_or_404(Wall.objects.select_related("raised_by", "lifted_by"), pk=pk)
    response = HttpResponse(wall_report.paper(found, now()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_file_name(found)}.pdf"'
    return response


def _file_name(wall: Wall) -> str:
    return f"wall-{wall.pk.hex[-8:]}-{localdate().isoformat()}"


def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a wall changes for the reader, in general words; they say that they have read it."""
    found = get_object_or_404(WallNotice, pk=pk, person=request.person)
    if request.method == "POST":
        try:
            actions.acknowledge(notice=found, by=request.person, at=now())
        except Refused as refusal:
            messages.error(request, refusal.reason)
        else:
            messages.success(request, _("Thank you. It is noted."))
        return redirect("conflicts:notice", pk=found.pk)
    may = objection(request.person, "conflicts.acknowledge", found)
    return render(request, "conflicts/notice.html", {"notice": found, "may": may})


def _page(
    request: HttpRequest, found: Wall, title: str, ability: str, kind: str = "primary"
) -> Page:
    back = reverse("conflicts:wall", args=[found.pk])
    return Page(
        title=title,
        submit=title if kind == "danger" else _("Save"),
        back=back,
        crumbs=[(_("Walls"), reverse("conflicts:walls")), (found.name, back)],
        kind=kind,
        objection=objection(request.person, ability, found),
    )
