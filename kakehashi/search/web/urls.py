"""Addresses of finding: all results, the palette's, what is at hand, the account of an action."""

from __future__ import annotations

from django.urls import path

from kakehashi.search.web import changes, views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("palette/", views.palette, name="palette"),
    path("kept/", views.kept, name="kept"),
    path("pin/", views.pin, name="pin"),
    path("unpin/", views.unpin, name="unpin"),
    path("opened/", views.opened, name="opened"),
    path("changes/", changes.changes, name="changes"),
    path("do/<slug:action>/", views.choose, name="choose"),
]
