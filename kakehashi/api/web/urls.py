"""Addresses for other people's programs, and the pages on which one makes them."""

from __future__ import annotations

from django.urls import path

from kakehashi.api.web import views

app_name = "api"
urlpatterns = [
    path("feeds/<str:token>.ics", views.feed, name="feed"),
    path("people/me/feeds/", views.own_feeds, name="feeds"),
    path("people/me/feeds/<uuid:pk>/end/", views.revoke, name="revoke-feed"),
]
