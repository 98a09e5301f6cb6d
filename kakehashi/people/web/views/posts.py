"""Pages on which posts, roles and reporting lines begin, change and end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.people import actions
from kakehashi.people.models import Employment, Person, ReportingLine, Role
from kakehashi.people.web.answers import answer
from kakehashi.people.web.forms.base import EndForm
from kakehashi.people.web.forms.posts import ChangePostForm, EmployForm, LineForm, RoleForm
from kakehashi.people.web.views.person import about, form_page
from kakehashi.policy.engine import objection
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@form_page
def employ(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    form = EmployForm(request.POST or None, initial={"starts_on": localdate()})
    page = about(person, _("Add a post"), _("Add"), _("The post has been added."))
    page.objection = objection(request.person, "people.employ", None)
    return answer(
        request,
        page,
        form,
        lambda told: actions.employ(person=person, **told, by=request.person),
    )


@form_page
def change_post(request: HttpRequest, pk: UUID) -> HttpResponse:
    post = get_object_or_404(Employment.objects.select_related("person", "office"), pk=pk)
    form = ChangePostForm(request.POST or None, row=post, today=localdate())
    page = about(post.person, _("Change the post"), _("Save"), _("The post has been changed."))
    page.objection = objection(request.person, "people.employ", post.office)
    return answer(
        request,
        page,
        form,
        lambda told: actions.change_employment(employment=post, **told, by=request.person),
    )


@form_page
def end_post(request: HttpRequest, pk: UUID) -> HttpResponse:
    post = get_object_or_404(Employment.objects.select_related("person", "office"), pk=pk)
    form = EndForm(request.POST or None, row=post, today=localdate())
    page = about(post.person, _("End the post"), _("End"), _("The end has been recorded."))
    page.lead = reader_name(post.office)
    page.objection = objection(request.person, "people.employ", post.office)
    return answer(
        request,
        page,
        form,
        lambda told: actions.end_employment(employment=post, **told, by=request.person),
    )


@form_page
def give_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    post = person.employments.order_by("-starts_on", "-pk").select_related("office").first()
    initial = {"starts_on": localdate(), "office": post.office if post else None}
    form = RoleForm(request.POST or None, initial=initial)
    page = about(person, _("Give a role"), _("Give"), _("The role has been given."))
    page.objection = objection(request.person, "people.give_role", None)
    return answer(
        request,
        page,
        form,
        lambda told: actions.give_role(person=person, **told, by=request.person),
    )


@form_page
def end_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    role = get_object_or_404(Role.objects.select_related("person", "office"), pk=pk)
    form = EndForm(request.POST or None, row=role, today=localdate())
    page = about(role.person, _("End the role"), _("End"), _("The end has been recorded."))
    page.lead = f"{role.get_role_display()} · {reader_name(role.office)}"
    page.objection = objection(request.person, "people.give_role", role.office)
    return answer(
        request, page, form, lambda told: actions.end_role(role=role, **told, by=request.person)
    )


@form_page
def set_line(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    form = LineForm(request.POST or None, initial={"starts_on": localdate()})
    page = about(person, _("Set a reporting line"), _("Set"), _("The reporting line has been set."))
    page.objection = objection(request.person, "people.set_reporting_line", person)
    return answer(
        request,
        page,
        form,
        lambda told: actions.set_reporting_line(person=person, **told, by=request.person),
    )


@form_page
def end_line(request: HttpRequest, pk: UUID) -> HttpResponse:
    line = get_object_or_404(ReportingLine.objects.select_related("person", "superior"), pk=pk)
    form = EndForm(request.POST or None, row=line, today=localdate())
    page = about(
        line.person, _("End the reporting line"), _("End"), _("The end has been recorded.")
    )
    page.lead = reader_name(line.superior)
    page.objection = objection(request.person, "people.set_reporting_line", line.person)

    def act(told: dict[str, Any]) -> None:
        actions.end_reporting_line(line=line, **told, by=request.person)

    return answer(request, page, form, act)
