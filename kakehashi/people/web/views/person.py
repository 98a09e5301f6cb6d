"""The page of a person, and what is done with them as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kakehashi.people import actions, panels
from kakehashi.people.models import Office, Person
from kakehashi.people.queries import leaving
from kakehashi.people.queries.personal import everything_about
from kakehashi.people.queries.profile import profile
from kakehashi.people.web import asked
from kakehashi.people.web.answers import Page, answer
from kakehashi.people.web.forms.people import (
    AddPersonForm,
    AnonymiseForm,
    EditPersonForm,
    LeaveForm,
    beginning,
)
from kakehashi.people.web.hours import hours_today
from kakehashi.policy.engine import Objections, Refused, objection, require
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

form_page = require_http_methods(["GET", "HEAD", "POST"])
VERBS = (
    "people.anonymise",
    "people.edit_person",
    "people.employ",
    "people.export",
    "people.give_role",
    "people.invite",
    "people.leave",
    "people.plan_absence",
    "people.set_own_hours",
    "people.set_reporting_line",
)


@require_safe
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who somebody is, where they work, for whom, with whom."""
    found = get_object_or_404(Person, pk=pk)
    known = profile(found, localdate())
    context = {
        "person": found,
        "known": known,
        "hours": hours_today(found, known.day) if found.is_ours else None,
        "panels": panels.panels("person_accounts", request, found),
        "no": Objections(request.person, found).each(VERBS),
        "is_self": found.pk == request.person.pk,
    }
    return render(request, "people/person.html", context)


@form_page
def add(request: HttpRequest) -> HttpResponse:
    office = Office.objects.filter(pk__in=asked.uuids(request.GET, "office")).first()
    form = AddPersonForm(request.POST or None, initial=beginning(office, localdate()))
    page = Page(
        title=_("Add a person"),
        submit=_("Add"),
        back=reverse("people:chart"),
        said=_("The person has been added. Invite them, so that they can sign in."),
        crumbs=people_crumbs(),
        lead=_("A colleague with their first post. More posts, roles and lines come later."),
        objection=objection(request.person, "people.add_person", office),
    )

    def act(told: dict[str, Any]) -> None:
        added = actions.add_person(**told, by=request.person)
        page.back = address(added)

    return answer(request, page, form, act)


@form_page
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Person, pk=pk)
    form = EditPersonForm(request.POST or None, row=found)
    page = about(found, _("Edit"), _("Save"), _("Saved."))
    page.objection = objection(request.person, "people.edit_person", found)
    return answer(
        request,
        page,
        form,
        lambda told: actions.edit_person(person=found, **told, by=request.person),
    )


@require_POST
def invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Person, pk=pk)
    try:
        actions.invite(person=found, by=request.person)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(
            request, _("An invitation goes to %(address)s.") % {"address": found.email}
        )
    return redirect(address(found))


@form_page
def departure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody's last day; beside the form, what must be handed over by then."""
    found = get_object_or_404(Person, pk=pk)
    on = asked.day(request.POST or request.GET, "on")
    sole = leaving.sole_functions(found, on)
    form = LeaveForm(request.POST or None, initial={"on": on}, sole=sole)
    page = about(
        found,
        _("Record that they leave"),
        _("Record"),
        _("The last day has been recorded. Posts, roles and lines end with it."),
    )
    page.lead = _(
        "Posts, roles, reporting lines and absences end on the last day; so does sign-in."
    )
    page.kind = "danger"
    page.template = "people/departure.html"
    page.objection = objection(request.person, "people.leave", found)
    page.context = {"held": leaving.held_by(found, on), "sole": sole, "on": on}

    def act(told: dict[str, Any]) -> None:
        actions.leave(person=found, on=told["on"], by=request.person, at=now())

    return answer(request, page, form, act)


@require_safe
def data(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is stored about somebody, as a file, as far as the reader sees it."""
    found = get_object_or_404(Person, pk=pk)
    require(request.person, "people.export", found)
    return as_file(found)


@form_page
def anonymise(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Person, pk=pk)
    form = AnonymiseForm(request.POST or None, person=found)
    page = about(
        found, _("Remove personal data"), _("Remove for good"), _("The data has been removed.")
    )
    page.lead = _(
        "Names, addresses, preferences, history and mail of this person are removed for good. What "
        "they decided stays, with “a former colleague” or “a former contact”."
    )
    page.kind = "danger"
    page.objection = objection(request.person, "people.anonymise", found)

    def act(_told: dict[str, Any]) -> None:
        actions.anonymise(person=found, by=request.person, at=now())

    return answer(request, page, form, act)


def as_file(about: Person) -> HttpResponse:
    """Everything the reader sees of somebody, to keep."""
    stored = everything_about(about)
    response = JsonResponse(
        stored, encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = f'attachment; filename="person-{about.pk}.json"'
    return response


def address(of: Person) -> str:
    return reverse("people:person", args=[of.pk])


def people_crumbs() -> list[tuple[str, str]]:
    return [(pgettext("section", "People"), reverse("people:chart"))]


def about(of: Person, title: str, submit: str, said: str) -> Page:
    """A page with a form about one person, which leads back to theirs."""
    return Page(
        title=title,
        submit=submit,
        back=address(of),
        said=said,
        crumbs=[*people_crumbs(), (reader_name(of), address(of))],
    )
