"""The portfolio."""

from __future__ import annotations

from django.urls import path

from kakehashi.money.web import views

app_name = "money"
urlpatterns = [
    path("portfolio/", views.portfolio, name="portfolio"),
    path("portfolio/portfolio.xlsx", views.workbook, name="workbook"),
    path("portfolio/portfolio.pdf", views.paper, name="paper"),
]
