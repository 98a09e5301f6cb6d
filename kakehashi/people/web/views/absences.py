"""Pages on which absences are planned, changed and cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kakehashi.people import actions
from kakehashi.people.models import Absence, Person
from kakehashi.people.web.answers import answer, at_once
from kakehashi.people.web.forms.posts import AbsenceForm, ChangeAbsenceForm
from kakehashi.people.web.views.person import about, address, form_page
from kakehashi.policy.engine import objection

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@form_page
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    form = AbsenceForm(request.POST or None)
    page = about(person, _("Plan an absence"), _("Save"), _("The absence has been saved."))
    page.objection = objection(request.person, "people.plan_absence", person)
    return answer(
        request,
        page,
        form,
        lambda told: actions.plan_absence(person=person, **told, by=request.person),
    )


@form_page
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    absence = get_object_or_404(Absence.objects.select_related("person", "deputy"), pk=pk)
    form = ChangeAbsenceForm(request.POST or None, row=absence)
    page = about(
        absence.person, _("Change the absence"), _("Save"), _("The absence has been saved.")
    )
    page.template = "people/absence.html"
    page.context = {"absence": absence}
    page.objection = objection(request.person, "people.plan_absence", absence.person)
    return answer(
        request,
        page,
        form,
        lambda told: actions.change_absence(absence=absence, **told, by=request.person),
    )


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    absence = get_object_or_404(Absence.objects.select_related("person"), pk=pk)
    return at_once(
        request,
        lambda version: actions.cancel_absence(absence=absence, version=version, by=request.person),
        said=_("The absence has been cancelled."),
        back=address(absence.person),
    )
