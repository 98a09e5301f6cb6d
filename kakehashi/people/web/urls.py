"""Addresses of people and offices."""

from __future__ import annotations

from django.urls import path

from kakehashi.people.web.views import (
    absences,
    calendars,
    chart,
    offices,
    own,
    person,
    posts,
)

app_name = "people"
urlpatterns = [
    path("people/", chart.chart, name="chart"),
    path("people/list/", chart.people, name="list"),
    path("people/find/", chart.find, name="find"),
    path("people/new/", person.add, name="add"),
    path("people/me/", own.me, name="me"),
    path("people/me/email/", own.my_address, name="my-address"),
    path("people/me/language/", own.language, name="language"),
    path("people/me/data/", own.my_data, name="my-data"),
    path("people/<uuid:pk>/", person.person, name="person"),
    path("people/<uuid:pk>/edit/", person.edit, name="edit"),
    path("people/<uuid:pk>/invitation/", person.invitation, name="invite"),
    path("people/<uuid:pk>/departure/", person.departure, name="leave"),
    path("people/<uuid:pk>/data/", person.data, name="data"),
    path("people/<uuid:pk>/anonymise/", person.anonymise, name="anonymise"),
    path("people/<uuid:pk>/posts/", posts.employ, name="employ"),
    path("people/posts/<uuid:pk>/", posts.change_post, name="change-post"),
    path("people/posts/<uuid:pk>/end/", posts.end_post, name="end-post"),
    path("people/<uuid:pk>/roles/", posts.give_role, name="give-role"),
    path("people/roles/<uuid:pk>/end/", posts.end_role, name="end-role"),
    path("people/<uuid:pk>/lines/", posts.set_line, name="set-line"),
    path("people/lines/<uuid:pk>/end/", posts.end_line, name="end-line"),
    path("people/<uuid:pk>/absences/", absences.plan, name="plan-absence"),
    path("people/absences/<uuid:pk>/", absences.change, name="change-absence"),
    path("people/absences/<uuid:pk>/cancellation/", absences.cancel, name="cancel-absence"),
    path("people/<uuid:pk>/hours/", calendars.set_own_hours, name="set-own-hours"),
    path("people/hours/<uuid:pk>/", calendars.change_own_hours, name="change-own-hours"),
    path("people/hours/<uuid:pk>/removal/", calendars.remove_own_hours, name="remove-own-hours"),
    path("offices/new/", offices.open_office, name="open-office"),
    path("offices/<uuid:pk>/", offices.office, name="office"),
    path("offices/<uuid:pk>/edit/", offices.edit, name="edit-office"),
    path("offices/<uuid:pk>/place/", offices.move, name="move-office"),
    path("offices/<uuid:pk>/end/", offices.close, name="close-office"),
    path("offices/<uuid:pk>/hours/", calendars.office_hours, name="office-hours"),
    path("offices/<uuid:pk>/hours/above/", calendars.inherit_hours, name="inherit-hours"),
    path("offices/<uuid:pk>/days-off/", calendars.add_day_off, name="add-day-off"),
    path("offices/days-off/<uuid:pk>/", calendars.change_day_off, name="change-day-off"),
    path("offices/days-off/<uuid:pk>/removal/", calendars.remove_day_off, name="remove-day-off"),
]
