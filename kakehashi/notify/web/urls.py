"""The outbox page of an installation without a mail server."""

from __future__ import annotations

from django.urls import path

from kakehashi.notify.web import views

app_name = "notify"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<uuid:pk>/", views.message, name="message"),
]
