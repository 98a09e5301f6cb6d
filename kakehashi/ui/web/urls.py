from django.urls import path

from kakehashi.ui.web import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("glossary/", views.glossary, name="glossary"),
    path("theme/", views.theme, name="theme"),
]
