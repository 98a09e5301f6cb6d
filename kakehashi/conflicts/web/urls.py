"""Addresses of what the wall says about itself."""

from __future__ import annotations

from django.urls import path

from kakehashi.conflicts.web import views

app_name = "conflicts"
urlpatterns = [path("accounts/<uuid:pk>/who-sees/", views.who_sees, name="who-sees")]
