"""The page of an office, and how offices open, change, move and close."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from kakehashi.people import actions, panels
from kakehashi.people.models import Office, Role
from kakehashi.people.queries import chart as charts
from kakehashi.people.queries.office_hours import OfficeWork, work_at
from kakehashi.people.web import asked
from kakehashi.people.web.answers import Page, answer
from kakehashi.people.web.forms.offices import (
    CloseOfficeForm,
    EditOfficeForm,
    MoveOfficeForm,
    OpenOfficeForm,
)
from kakehashi.people.web.hours import week_lines
from kakehashi.people.web.views.person import form_page, people_crumbs
from kakehashi.policy.engine import Objections, objection
from kakehashi.policy.rows import during
from kakehashi.ui.formats import reader_name
from kakehashi.ui.trees import Branch

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.people.queries.chart import Chart, Place

VERBS = (
    "people.add_person",
    "people.close_office",
    "people.edit_office",
    "people.move_office",
    "people.open_office",
    "people.plan_days_off",
    "people.set_office_hours",
)
SOON = 3  # public holidays shown


@require_safe
def office(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where an office stands, who works there and in what, what is below it."""
    found = get_object_or_404(Office.objects.select_related("parent"), pk=pk)
    today = localdate()
    tree = charts.chart(today)
    place = tree.places.get(found.pk)
    if place is not None:
        charts.open_places(tree, [found.pk])
    context = {
        "office": found,
        "asked": {"parent": f"?parent={found.pk}", "office": f"?office={found.pk}"},
        "place": place,
        "way": tree.path(found.pk)[:-1],
        "branches": _branches(tree.roots, tree, found.pk),
        "roles": _roles(found, today),
        "work": _work(work_at(found), today, request.person.language),
        "panels": panels.panels("office_accounts", request, found),
        "no": Objections(request.person, found).each(VERBS),
    }
    return render(request, "people/office.html", context)


@form_page
def open_office(request: HttpRequest) -> HttpResponse:
    parent = Office.objects.filter(pk__in=asked.uuids(request.GET, "parent")).first()
    initial = {"parent": parent, "kind": Office.Kind.DEPARTMENT, "timezone": "Asia/Tokyo"}
    if parent:
        initial |= {"country": parent.country, "timezone": parent.timezone}
    form = OpenOfficeForm(request.POST or None, initial=initial)
    page = Page(
        title=_("Open an office"),
        submit=_("Open"),
        back=reverse("people:chart"),
        said=_("The office is open."),
        crumbs=people_crumbs(),
        objection=objection(request.person, "people.open_office", parent),
    )

    def act(told: dict) -> None:
        opened = actions.open_office(**told, by=request.person)
        page.back = office_address(opened)

    return answer(request, page, form, act)


@form_page
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Office, pk=pk)
    form = EditOfficeForm(request.POST or None, row=found)
    page = about_office(found, _("Edit"), _("Save"), _("Saved."))
    page.objection = objection(request.person, "people.edit_office", found)
    return answer(
        request,
        page,
        form,
        lambda told: actions.edit_office(office=found, **told, by=request.person),
    )


@form_page
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Office.objects.select_related("parent"), pk=pk)
    form = MoveOfficeForm(request.POST or None, row=found)
    page = about_office(found, _("Move"), _("Move"), _("The office has been moved."))
    page.lead = _("All offices below move along. Who sees which account follows at once.")
    page.objection = objection(request.person, "people.move_office", found)
    return answer(
        request,
        page,
        form,
        lambda told: actions.move_office(office=found, **told, by=request.person),
    )


@form_page
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Office, pk=pk)
    form = CloseOfficeForm(request.POST or None, row=found)
    form.initial["on"] = localdate()
    word = pgettext("an office", "Close")
    page = about_office(found, word, word, _("The end has been recorded."))
    page.lead = _("Nobody may work there afterwards, and nothing may depend on it.")
    page.kind = "danger"
    page.objection = objection(request.person, "people.close_office", found)
    return answer(
        request,
        page,
        form,
        lambda told: actions.close_office(office=found, **told, by=request.person),
    )


def _work(work: OfficeWork, today: dt.date, language: str) -> dict[str, Any]:
    """When the office is open: its week, the next public holidays, days off not yet over."""
    ahead = work.holidays(today, today + dt.timedelta(days=366), language)
    return {
        "hours": work.hours,
        "is_own": work.has_own_hours,
        "lines": week_lines(work.week),
        "region": work.region_name,
        "holidays": list(islice(ahead, SOON)),
        "days_off": sorted(
            (
                (*coming, day_off)
                for day_off in work.days_off
                if (coming := day_off.closure.coming(today)) is not None
            ),
            key=itemgetter(0),
        ),
    }


def _roles(office: Office, today: dt.date) -> Iterable[Role]:
    roles = Role.objects.filter(during(today, today), office=office)
    return roles.select_related("person").order_by("role", "person__sort_key", "person_id")


def _branches(places: list[Place], tree: Chart, here: UUID) -> list[Branch]:
    """The tree with the way to this office open and one level below it; the rest is closed."""
    way = {place.office.pk for place in tree.path(here)}
    return [
        Branch(
            label=place.label,
            href=office_address(place.office),
            note=str(place.count),
            current=place.office.pk == here,
            children=_branches(place.below, tree, here) if place.office.pk in way else [],
        )
        for place in places
    ]


def office_address(of: Office) -> str:
    return reverse("people:office", args=[of.pk])


def about_office(of: Office, title: str, submit: str, said: str) -> Page:
    """A page with a form about one office, which leads back to it."""
    return Page(
        title=title,
        submit=submit,
        back=office_address(of),
        said=said,
        crumbs=[*people_crumbs(), (reader_name(of), office_address(of))],
    )
