"""What the agency edits itself: templates of tasks and the pattern of job numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kakehashi.clients.web.answers import Page, answer
from kakehashi.policy.engine import objection, require
from kakehashi.traffic import actions, numbering
from kakehashi.traffic.models import Template
from kakehashi.traffic.queries import numbers
from kakehashi.traffic.web.forms.tasks import PatternForm, TemplateForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    rows = Template.objects.filter(closed_on=None).annotate(
        steps=Count("tasks"), longest=Max("tasks__days")
    )
    pattern = numbers.pattern()
    context = {
        "templates": rows.order_by("kind", "name"),
        "pattern": pattern,
        "sample": numbering.sample(pattern),
        "may_edit": objection(request.person, "traffic.edit_templates", None),
        "may_set": objection(request.person, "traffic.set_pattern", None),
    }
    return render(request, "traffic/templates.html", context)


def make(request: HttpRequest) -> HttpResponse:
    form = TemplateForm(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        actions.make_template(
            name=data["name"], name_en=data["name_en"], kind=data["kind"],
            lines=form.lines(), by=request.person,
        )  # fmt: skip

    page = _page(request, _("New template"))
    return answer(request, page, form, act, lambda: (_list(), _("The template is there.")))


def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    template = get_object_or_404(Template, pk=pk)
    form = TemplateForm(request.POST or None, template=template)

    def act(data: dict[str, Any]) -> None:
        actions.edit_template(
            template=template, version=data["version"] or 0, name=data["name"],
            name_en=data["name_en"], kind=data["kind"], lines=form.lines(), by=request.person,
        )  # fmt: skip

    page = _page(request, _("Edit the template"))
    page.context = {"template": template, "close": reverse("traffic:close-template", args=[pk])}
    return answer(request, page, form, act, lambda: (_list(), _("Saved.")))


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    template = get_object_or_404(Template, pk=pk)
    require(request.person, "traffic.edit_templates", None)
    actions.close_template(template=template, on=localdate(), by=request.person)
    return redirect(_list())


def pattern(request: HttpRequest) -> HttpResponse:
    """What job numbers look like from now on."""
    form = PatternForm(request.POST or None, initial={"pattern": numbers.pattern()})
    page = Page(
        title=_("Job numbers"),
        submit=_("Save"),
        back=_list(),
        crumbs=_crumbs(),
        objection=objection(request.person, "traffic.set_pattern", None),
    )

    def act(data: dict[str, Any]) -> None:
        actions.set_pattern(by=request.person, at=now(), **data)

    return answer(request, page, form, act, lambda: (_list(), _("Saved.")))


def _list() -> str:
    return reverse("traffic:templates")


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Jobs"), reverse("traffic:jobs")), (_("Templates"), _list())]


def _page(request: HttpRequest, title: str) -> Page:
    return Page(
        title=title,
        submit=_("Save"),
        back=_list(),
        crumbs=_crumbs(),
        objection=objection(request.person, "traffic.edit_templates", None),
        template="traffic/template.html",
    )
