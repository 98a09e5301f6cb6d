"""Addresses of balls: the list, one ball, and each thing that is done with it."""

from __future__ import annotations

from django.urls import path

from kakehashi.handoffs.web.views import acts, balls, desks

app_name = "handoffs"

urlpatterns = [
    path("", balls.ball_list, name="balls"),
    path("new/", acts.ask, name="ask"),
    path("new/whom/", acts.whom, name="whom"),
    path("courts/", balls.courts, name="courts"),
    path("under/", balls.under, name="under"),
    path("desks/", desks.desk_list, name="desks"),
    path("desks/new/", desks.open_desk, name="open-desk"),
    path("desks/<uuid:pk>/keeper/", desks.keep, name="keep-desk"),
    path("<uuid:pk>/", balls.ball, name="ball"),
    path("<uuid:pk>/answer/", acts.answer, name="answer"),
    path("<uuid:pk>/ask-back/", acts.ask_back, name="ask-back"),
    path("<uuid:pk>/record/", acts.record, name="record"),
    path("<uuid:pk>/move/", acts.move, name="move"),
    path("<uuid:pk>/remind/", acts.remind, name="remind"),
    path("<uuid:pk>/take-back/", acts.take_back, name="take-back"),
]
