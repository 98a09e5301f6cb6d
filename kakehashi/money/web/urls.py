"""The portfolio."""

from __future__ import annotations

from django.urls import path

from kakehashi.money.web import targets, views

app_name = "money"
urlpatterns = [
    path("portfolio/", views.portfolio, name="portfolio"),
    path("portfolio/portfolio.xlsx", views.workbook, name="workbook"),
    path("portfolio/portfolio.pdf", views.paper, name="paper"),
    path("portfolio/anew/", views.add_up_anew, name="add-up-anew"),
    path("portfolio/tallies/<uuid:pk>/", views.tally, name="tally"),
    path("portfolio/tallies/<uuid:pk>/file/", views.tally_file, name="tally-file"),
    path("portfolio/targets/new/", targets.set_target, name="set-target"),
    path("portfolio/targets/<uuid:pk>/", targets.change_target, name="change-target"),
    path("portfolio/targets/<uuid:pk>/drop/", targets.drop_target, name="drop-target"),
]
