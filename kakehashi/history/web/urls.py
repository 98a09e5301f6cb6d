"""Addresses of what changed."""

from __future__ import annotations

from django.urls import path

from kakehashi.history.web import views

app_name = "history"
urlpatterns = [
    path("<slug:kind>/<str:pk>/", views.record, name="record"),
]
