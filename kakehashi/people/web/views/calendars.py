"""Pages on which hours and days off of offices, and own hours of people, are entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kakehashi.base.hours import spans_text
from kakehashi.people import actions
from kakehashi.people.actions.calendars import NEW, WEEKDAYS
from kakehashi.people.models import DayOff, Office, OfficeHours, Person, WorkingPattern
from kakehashi.people.queries.calendars import calendar_of
from kakehashi.people.queries.office_hours import OfficeWork, work_at
from kakehashi.people.web.answers import answer, at_once
from kakehashi.people.web.forms.calendars import (
    ChangeDayOffForm,
    ChangeOwnHoursForm,
    DayOffForm,
    OfficeHoursForm,
    OwnHoursForm,
    with_week,
)
from kakehashi.people.web.views.offices import about_office, office_address
from kakehashi.people.web.views.person import about, address, form_page
from kakehashi.policy.engine import objection

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.people.web.answers import Page


# Offices


@form_page
def office_hours(request: HttpRequest, pk: UUID) -> HttpResponse:
    office = get_object_or_404(Office, pk=pk)
    work = work_at(office)
    hours = _own_or_new(work)
    form = OfficeHoursForm(request.POST or None, row=hours, country=work.country)
    page = about_office(office, _("Working hours"), _("Save"), _("The hours have been saved."))
    page.lead = _("They hold here and in offices below that have none of their own.")
    page.objection = objection(request.person, "people.set_office_hours", office)
    if work.has_own_hours and office.parent_id:
        _offer(
            page,
            _("Work as the office above"),
            reverse("people:inherit-hours", args=[office.pk]),
            hours.version,
        )
    return answer(
        request,
        page,
        form,
        lambda told: actions.set_office_hours(office=office, **with_week(told), by=request.person),
    )


@require_POST
def inherit_hours(request: HttpRequest, pk: UUID) -> HttpResponse:
    hours = get_object_or_404(OfficeHours.objects.select_related("office"), office_id=pk)
    return at_once(
        request,
        lambda version: actions.inherit_hours(hours=hours, version=version, by=request.person),
        said=_("The office works as the one above."),
        back=office_address(hours.office),
    )


@form_page
def add_day_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    office = get_object_or_404(Office, pk=pk)
    form = DayOffForm(request.POST or None)
    page = about_office(office, _("Add days off"), _("Add"), _("The days off have been added."))
    page.lead = _("Nobody here or in an office below is expected to work then.")
    page.objection = objection(request.person, "people.plan_days_off", office)
    return answer(
        request,
        page,
        form,
        lambda told: actions.add_day_off(office=office, **told, by=request.person),
    )


@form_page
def change_day_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    day_off = get_object_or_404(DayOff.objects.select_related("office"), pk=pk)
    form = ChangeDayOffForm(request.POST or None, row=day_off)
    page = about_office(
        day_off.office, _("Change days off"), _("Save"), _("The days off have been saved.")
    )
    page.objection = objection(request.person, "people.plan_days_off", day_off.office)
    _offer(
        page,
        _("Remove these days off"),
        reverse("people:remove-day-off", args=[day_off.pk]),
        day_off.version,
    )
    return answer(
        request,
        page,
        form,
        lambda told: actions.change_day_off(day_off=day_off, **told, by=request.person),
    )


@require_POST
def remove_day_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    day_off = get_object_or_404(DayOff.objects.select_related("office"), pk=pk)
    return at_once(
        request,
        lambda version: actions.remove_day_off(day_off=day_off, version=version, by=request.person),
        said=_("The days off have been removed."),
        back=office_address(day_off.office),
    )


# People


@form_page
def set_own_hours(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    week = calendar_of(person).week
    initial = dict(zip(WEEKDAYS, map(spans_text, week), strict=True))
    form = OwnHoursForm(request.POST or None, initial={**initial, "starts_on": localdate()})
    page = about(person, _("Own working hours"), _("Save"), _("The hours have been saved."))
    page.lead = _(
        "Hours other than the office's: short hours, four days a week. All staff see them."
    )
    page.objection = objection(request.person, "people.set_own_hours", person)
    return answer(
        request,
        page,
        form,
        lambda told: actions.set_own_hours(person=person, **with_week(told), by=request.person),
    )


@form_page
def change_own_hours(request: HttpRequest, pk: UUID) -> HttpResponse:
    pattern = get_object_or_404(WorkingPattern.objects.select_related("person"), pk=pk)
    form = ChangeOwnHoursForm(request.POST or None, row=pattern)
    page = about(pattern.person, _("Own working hours"), _("Save"), _("The hours have been saved."))
    page.objection = objection(request.person, "people.set_own_hours", pattern.person)
    _offer(
        page,
        _("Remove these hours"),
        reverse("people:remove-own-hours", args=[pattern.pk]),
        pattern.version,
    )
    return answer(
        request,
        page,
        form,
        lambda told: actions.change_own_hours(
            pattern=pattern, **with_week(told), by=request.person
        ),
    )


@require_POST
def remove_own_hours(request: HttpRequest, pk: UUID) -> HttpResponse:
    pattern = get_object_or_404(WorkingPattern.objects.select_related("person"), pk=pk)
    return at_once(
        request,
        lambda version: actions.remove_own_hours(
            pattern=pattern, version=version, by=request.person
        ),
        said=_("The hours have been removed."),
        back=address(pattern.person),
    )


def _own_or_new(work: OfficeWork) -> OfficeHours:
    """The office's own hours, or new ones that start with those it works by."""
    if work.has_own_hours and work.hours is not None:
        return work.hours
    week = [spans_text(spans) for spans in work.week]
    return OfficeHours(office=work.office, week=week, region=work.region, version=NEW)


def _offer(page: Page, label: str, path: str, version: int) -> None:
    """The form's other way: to take away what it changes."""
    page.template = "people/removable.html"
    page.context |= {"removal": {"label": label, "path": path, "version": version}}
