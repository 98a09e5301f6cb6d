"""Addresses of finding: all results, the palette's, and the account of an action."""

from __future__ import annotations

from django.urls import path

from kakehashi.search.web import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("palette/", views.palette, name="palette"),
    path("opened/", views.opened, name="opened"),
    path("do/<slug:action>/", views.choose, name="choose"),
]
