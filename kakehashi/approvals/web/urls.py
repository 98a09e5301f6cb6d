"""Addresses of approvals: the list, one circulation, and each thing that is done with it."""

from __future__ import annotations

from django.urls import path

from kakehashi.approvals.web import views

app_name = "approvals"

urlpatterns = [
    path("", views.approval_list, name="list"),
    path("<uuid:pk>/", views.circulation, name="circulation"),
    path("<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:pk>/steps/<uuid:step_pk>/decision/", views.decide, name="decide"),
    path("<uuid:pk>/steps/<uuid:step_pk>/record/", views.record, name="record"),
    path("<uuid:pk>/steps/<uuid:step_pk>/take-back/", views.take_back, name="take-back"),
]
