"""The first page."""

from __future__ import annotations

from django.urls import path

from kakehashi.home.web import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("mine/", views.mine, name="mine"),
    path("figures/", views.figures, name="figures"),
    path("targets/", views.office_targets, name="office-targets"),
]
