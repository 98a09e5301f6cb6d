"""Addresses of files in and out."""

from __future__ import annotations

from django.urls import path

from kakehashi.imports.web import exports, views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:kind>/new/", views.upload, name="upload"),
    path("uploads/<uuid:pk>/", views.columns, name="columns"),
    path("runs/<uuid:pk>/", views.run, name="run"),
    path("runs/<uuid:pk>/load/", views.load, name="load"),
    path("runs/<uuid:pk>/problems/", views.problems, name="problems"),
    path("exports/<uuid:pk>/", exports.export_run, name="export-run"),
    path("exports/<uuid:pk>/file/", exports.export_file, name="export-file"),
    path("<slug:kind>/export/<slug:form>/", exports.export, name="export"),
    path("<slug:kind>/export/<slug:form>/background/", exports.ask, name="ask-export"),
]
