"""Notices, what one wants of them by mail, mail that does not arrive, and the outbox page."""

from __future__ import annotations

from django.urls import path

from kakehashi.notify.web.views import delivery, notices, outbox, own, unsubscribe

app_name = "notify"
urlpatterns = [
    path("auth/outbox/", outbox.outbox, name="outbox"),
    path("auth/outbox/<uuid:pk>/", outbox.message, name="message"),
    path("auth/outbox/<uuid:pk>/html/", outbox.html, name="message-html"),
    path("auth/mail/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("notices/", notices.notices, name="notices"),
    path("notices/news/", notices.news, name="news"),
    path("notices/seen/", notices.see_all, name="see-all"),
    path("notices/<uuid:pk>/", notices.open_notice, name="open"),
    path("notices/<uuid:pk>/seen/", notices.see, name="see"),
    path("people/me/notices/", own.choices, name="choices"),
    path("mail/", delivery.undelivered, name="undelivered"),
    path("mail/try-again/", delivery.try_all, name="try-all"),
    path("mail/<uuid:pk>/try-again/", delivery.try_again, name="try-again"),
    path("mail/addresses/<uuid:pk>/lift/", delivery.lift, name="lift"),
]
