"""Addresses of requests, of what is done with them, and of mail that came in."""

from __future__ import annotations

from django.urls import include, path

from kakehashi.requests.web.views import acts, mails, pages, writing

app_name = "requests"

one_request = [
    path("", pages.request_page, name="request"),
    path("accept/", acts.accept, name="accept"),
    path("answer/", acts.answer, name="answer"),
    path("ask-back/", acts.ask_back, name="ask-back"),
    path("decline/", acts.decline, name="decline"),
    path("finish/", acts.finish, name="finish"),
    path("note/", acts.note, name="note"),
    path("record-answer/", acts.record_answer, name="record-answer"),
    path("say/", acts.say, name="say"),
    path("withdraw/", acts.withdraw, name="withdraw"),
]
one_mail = [
    path("", mails.mail_page, name="mail"),
    path("accept/", mails.accept, name="accept-mail"),
    path("refuse/", mails.refuse, name="refuse-mail"),
]
urlpatterns = [
    path("requests/", pages.request_list, name="list"),
    path("requests/new/", writing.write, name="write"),
    path("requests/files/<uuid:pk>/", pages.file, name="file"),
    path("requests/<uuid:pk>/", include(one_request)),
    path("accounts/<uuid:pk>/requests/", pages.account_requests, name="account"),
    path("accounts/<uuid:pk>/requests/new/", writing.record, name="record"),
    path("accounts/<uuid:pk>/mail-in/", mails.account_mail, name="account-mail"),
    path("mail-in/", mails.stray_mail, name="stray-mail"),
    path("mail-in/<uuid:pk>/", include(one_mail)),
]
