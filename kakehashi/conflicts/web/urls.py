"""Addresses of what the wall says about itself."""

from __future__ import annotations

from django.urls import path

from kakehashi.conflicts.web import views, walls

app_name = "conflicts"
urlpatterns = [
    path("accounts/<uuid:pk>/who-sees/", views.who_sees, name="who-sees"),
    path("walls/", walls.wall_list, name="walls"),
    path("walls/new/", walls.raise_wall, name="raise-wall"),
    path("walls/<uuid:pk>/", walls.wall, name="wall"),
    path("walls/<uuid:pk>/lift/", walls.lift, name="lift-wall"),
    path("walls/<uuid:pk>/exceptions/new/", walls.exempt, name="exempt"),
    path("walls/<uuid:pk>/report/", walls.report, name="report"),
    path("walls/<uuid:pk>/report.xlsx", walls.report_file, name="report-file"),
    path(
        "walls/exceptions/<uuid:pk>/withdraw/", walls.withdraw_exemption, name="withdraw-exemption"
    ),
    path("walls/notices/<uuid:pk>/", walls.notice, name="notice"),
    path("walls/rules/<uuid:pk>/remove/", walls.remove_from_side, name="remove-from-side"),
    path("walls/sides/<uuid:pk>/add/", walls.add_to_side, name="add-to-side"),
]
