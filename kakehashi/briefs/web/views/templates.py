"""The agency's templates: what each kind of work is briefed by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kakehashi.briefs import actions, queries
from kakehashi.briefs.models import Template, TemplateSection
from kakehashi.briefs.web.forms import AddSectionForm, EditSectionForm, TemplateForm
from kakehashi.clients.web.answers import Page, answer
from kakehashi.policy.engine import Refused, objection
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """What kinds of work are briefed by."""
    may = objection(request.person, "briefs.edit_templates", None)
    shown = {"templates": queries.templates(), "may_edit": may}
    return render(request, "briefs/templates.html", shown)


@require_safe
def template(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One template with its sections."""
    found = _template_or_404(pk)
    shown = {
        "template": found,
        "may_edit": objection(request.person, "briefs.edit_templates", None),
        "may_retire": objection(request.person, "briefs.retire_template", found),
    }
    return render(request, "briefs/template.html", shown)


def make(request: HttpRequest) -> HttpResponse:
    """A template for another kind of work."""
    made: list[Template] = []
    page = _page(request, _("New template"), reverse("briefs:templates"))

    def act(data: dict[str, Any]) -> None:
        made.append(actions.make_template(by=request.person, **data))

    def done() -> tuple[str, str]:
        return reverse("briefs:template", args=[made[0].pk]), _("Say what it asks.")

    return answer(request, page, TemplateForm(request.POST or None), act, done)


def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One thing more that is asked."""
    found = _template_or_404(pk)
    page = _page(request, _("Add a section"), _address(found), found)
    initial = {"position": found.sections.count() + 1}
    return answer(
        request,
        page,
        AddSectionForm(request.POST or None, initial=initial),
        lambda data: actions.add_section(template=found, by=request.person, **data),
        lambda: (page.back, _("Briefs begun from now on ask for it.")),
    )


def edit(request: HttpRequest, pk: UUID, section_pk: UUID) -> HttpResponse:
    """Ask otherwise."""
    found = _template_or_404(pk)
    section = get_object_or_404(TemplateSection, pk=section_pk, template=found)
    page = _page(request, _("Change the section"), _address(found), found)
    return answer(
        request,
        page,
        EditSectionForm(request.POST or None, row=section),
        lambda data: actions.edit_section(section=section, by=request.person, **data),
        lambda: (page.back, _("Briefs begun from now on ask for it.")),
    )


@require_POST
def remove(request: HttpRequest, pk: UUID, section_pk: UUID) -> HttpResponse:
    """Ask for it no longer."""
    found = _template_or_404(pk)
    section = get_object_or_404(TemplateSection, pk=section_pk, template=found)
    try:
        actions.remove_section(section=section, by=request.person)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("Briefs begun from now on do not ask for it."))
    return redirect("briefs:template", pk=found.pk)


@require_POST
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nobody begins a brief from it any more."""
    found = _template_or_404(pk)
    try:
        actions.retire_template(template=found, by=request.person, at=now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("The template is retired."))
    return redirect("briefs:templates")


def _template_or_404(pk: UUID) -> Template:
    return get_object_or_404(Template.objects.prefetch_related("sections"), pk=pk)


def _address(found: Template) -> str:
    return reverse("briefs:template", args=[found.pk])


def _page(request: HttpRequest, title: str, back: str, found: Template | None = None) -> Page:
    crumbs = [(_("Brief templates"), reverse("briefs:templates"))]
    if found is not None:
        crumbs.append((reader_name(found), _address(found)))
    return Page(
        title=title,
        submit=_("Save"),
        back=back,
        crumbs=crumbs,
        objection=objection(request.person, "briefs.edit_templates", None),
    )
